"""`python -m orchestrator.cli`: the console script, where it is not installed."""

from orchestrator.cli import main

main()
