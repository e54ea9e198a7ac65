"""A model gateway for one audit: the desk on the host, tied to a container that only its submission can reach."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from orchestrator.events import Event
from orchestrator.models.choice import ModelChoice
from orchestrator.models.desk import Log
from orchestrator.models.gateway.desk import GatewayDesk
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.models.ledger import Spent, check_priced
from orchestrator.models.provider import PATIENT, Patience, Provider
from sandbox.client import Limits
from sandbox.engines.gateway_link import AnswerBody, Gateway
from sandbox.submission import Surroundings


@runtime_checkable
class GatewayEngine(Protocol):
    """An engine that can hold a gateway: both can."""

    def open_gateway(
        self, models: Sequence[str], at_once: int, answer: AnswerBody, limits: Limits, label: str
    ) -> Gateway: ...


class ModelGateway:
    """A gateway at work, as whoever runs the submission sees it."""

    def __init__(self, link: Gateway, desk: GatewayDesk) -> None:
        self._link, self._desk = link, desk

    @property
    def surroundings(self) -> Surroundings:
        """What the submission's container is given: the socket's volume, and `INQUEST_MODEL_SOCKET`."""
        mounts = (self._link.mount,) if self._link.mount else ()
        return Surroundings(volumes_from=mounts, environment=self._link.environment)

    @property
    def spent(self) -> Spent:
        """What the submission's calls have used, in all lives of the audit."""
        return self._desk.spent

    def check(self) -> None:
        """Raises what the audit must stop for (see the package), and costs nothing: it may be asked again and again."""
        self._desk.check()
        self._link.check()


def _real_clients(model: ModelChoice) -> Provider:
    from orchestrator.models.clients import open_provider

    return open_provider(model)


@contextmanager
def open_gateway(
    engine: GatewayEngine,
    policy: GatewayPolicy,
    log: Log,
    lifetime_s: float,
    *,
    run: str,
    label: str,
    open_provider: Callable[[ModelChoice], Provider] = _real_clients,
    patience: Patience = PATIENT,
    replay: Iterable[Event] | None = None,
) -> Iterator[ModelGateway]:
    """Start a gateway, and end it when the submission has ended. Calls under way are waited for: they are paid for.

    `log` is the audit's: calls are appended to it from another thread, and what it holds is served before anybody is
    asked. `lifetime_s` is when the container ends by itself, `run` this run's name for providers, `label` the audit's
    id. Raises `SandboxFailure` where it cannot be started, and `BadInput` where a cost is to be kept and nobody
    knows a price.
    """
    check_priced(policy.models, policy.budget)
    policy = policy.model_copy(update={"seconds": min(policy.seconds, lifetime_s)})  # nobody is waited for beyond it
    desk = GatewayDesk(run, policy, log, open_provider, patience, replay)
    limits = Limits(lifetime_s=lifetime_s)
    with engine.open_gateway(policy.names, policy.at_once, desk.answer, limits, label) as link:
        yield ModelGateway(link, desk)
