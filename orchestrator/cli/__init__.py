"""The command line: `inquest`. One file for each group of commands; nothing heavy is imported for `--help`.

Every command takes `--json` and then prints one object on stdout, with `outcome` beside a flat map `figures` wherever
it measures. Exit codes are in `cli.exits`. Text that agents wrote reaches a terminal only through `cli.terminal`.
"""

from orchestrator.cli.app import main

__all__ = ["main"]
