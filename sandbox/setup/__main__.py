"""`python -m sandbox.setup`: make this machine ready for the strongest sandbox it can have. Safe to run again.

Where no engine can be had the audit goes on with local processes, so that is said and the exit code is still 0.
"""

import subprocess
import sys
from pathlib import Path

from sandbox.client import EngineUnavailable, SandboxFailure
from sandbox.engines import choose_engine

SCRIPTS = ("engine.sh", "base-image.sh", "gvisor.sh")


def main() -> int:
    """Run the scripts, then build the images, each step only where it is needed."""
    for script in SCRIPTS:
        if subprocess.run(["sh", Path(__file__).with_name(script)], check=False).returncode:
            break
    try:
        engine = choose_engine("auto", progress=_say)
        isolation = engine.isolation
    except (EngineUnavailable, SandboxFailure) as error:
        _say(f"sandbox: {error}")
        return 0
    if isolation.engine == "local":
        _say(f"sandbox: local processes ({isolation.runtime}), because {isolation.why}")
    return 0


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
