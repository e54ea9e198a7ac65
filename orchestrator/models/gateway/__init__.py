"""The model gateway: language models for a submission, which has no network and no key. Off unless it is turned on.

    policy = GatewayPolicy.read(Path("gateway.toml"))      # part of what an audit means, so part of its configuration
    with serving.open_gateway(engine, policy, log, lifetime_s, run=..., label=...) as gateway:
        engine.run_submission(..., beside=gateway.surroundings)
        gateway.check()       # raises what the audit must stop for
    gateway.spent             # calls, tokens, US dollars, those of earlier lives included

`check` raises `GatewayLost` (cause: agent) where the submission took the gateway down, `ProviderFailure`
(infrastructure; a retry helps), and `ModelUnavailable` or `BadInput` where the organiser has something to mend. A spent
budget, a request that is refused, a model that is not on offer are errors for the submission to read; the audit goes
on. `open_gateway` raises `SandboxFailure` (infrastructure): nobody could reach the gateway yet.

`policy` says what is allowed; `wire` reads OpenAI's requests and writes its answers, pure; `desk` keeps the budgets,
asks the providers and records each call as an event; `serving` ties it to an engine. What runs in the container, and
finds where a request ends, is `sandbox.gateway`.
"""

from orchestrator.models.gateway.policy import GatewayPolicy

__all__ = ["GatewayPolicy"]
