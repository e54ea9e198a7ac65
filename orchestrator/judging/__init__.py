"""Which judges grade an audit, and the models that read for those that need a reader.

`choice` names them, `reader` asks a model on a judge's behalf and records each call, `bench` puts judges together,
`calls` keeps calls where there is no run.
"""

from orchestrator.judging.choice import Judging

__all__ = ["Judging"]
