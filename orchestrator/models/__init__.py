"""Language models: what is asked of them and answered, what it costs, and how it is recorded and replayed.

`choice` names a model, `exchange` is one request with its reply: pure records that roles and events share. `structured`
gets a typed answer out of any model. `desk` stands between roles and providers: budgets are looked at, calls are
recorded, and nothing recorded is paid for again. `clients` is the only file that imports AutoGen's model clients.
"""

from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line, Models, Reply, Request, Tool, ToolCall

__all__ = ["Line", "ModelChoice", "Models", "Reply", "Request", "Tool", "ToolCall"]
