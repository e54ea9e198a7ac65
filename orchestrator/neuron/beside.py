"""A neuron beside an engine: what its oracles cannot answer for, the model does, and no container holds its concept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager

from functions.errors import BadInput
from functions.target import ModelNeuron, parse_target
from orchestrator.config import AuditConfig
from orchestrator.events import Event
from orchestrator.models.choice import ModelChoice
from orchestrator.models.desk import Log
from orchestrator.models.ledger import check_priced
from orchestrator.models.provider import Patience, Provider
from orchestrator.neuron.bounds import bounds
from orchestrator.neuron.desk import NeuronDesk
from sandbox.client import (
    ANSWERED_BY_HOST,
    HOST_ANSWER_S,
    CandidateRunner,
    Engine,
    Isolation,
    Limits,
    OracleJob,
    QueryLog,
    QueryRecord,
    Sandbox,
)


@contextmanager
def neuron_beside(
    engine: Engine,
    config: AuditConfig,
    run: str,
    log: Log,
    open_provider: Callable[[ModelChoice], Provider],
    patience: Patience,
    replay: Iterable[Event] | None = None,
) -> Iterator[Engine]:
    """The engine; where the target is a model's neuron, one whose oracles it answers for. See `NeuronDesk`."""
    target = parse_target(config.target)
    if not isinstance(target, ModelNeuron):
        yield engine
        return
    with closing(NeuronDesk(run, target, bounds(config.budget), log, open_provider, patience, replay)) as desk:
        yield _Beside(engine, desk)


def check_neuron(config: AuditConfig) -> None:
    """Raises `BadInput` where the target is a neuron whose model cannot be read, or not be asked as is meant."""
    target = parse_target(config.target)
    if isinstance(target, ModelNeuron):
        check_priced((ModelChoice.parse(target.model),), bounds(config.budget))
        if config.team.image is not None:
            raise BadInput("A neuron that is a model's answers is for teams: a submission cannot be run against it.")
    elif config.budget.neuron is not None:
        raise BadInput("This function is not answered by a model, so there is nothing that a neuron may use.")


class _Beside:
    """An engine. Its experiments may take as much longer as the host may take for a batch."""

    def __init__(self, engine: Engine, desk: NeuronDesk) -> None:
        self._engine, self._desk = engine, desk

    @property
    def isolation(self) -> Isolation:
        """The engine's."""
        return self._engine.isolation

    def open(self, job: OracleJob, limits: Limits, log: QueryLog, label: str) -> Sandbox:
        """Start a lab, and an oracle that is told nothing but to ask."""
        job = job.model_copy(update={"target": ANSWERED_BY_HOST})
        longer = {
            "experiment_s": limits.experiment_s + HOST_ANSWER_S,
            "lifetime_s": limits.lifetime_s + 2 * HOST_ANSWER_S,
        }
        return self._engine.open(job, limits.model_copy(update=longer), _Answering(log, self._desk), label)

    def open_candidate(self, limits: Limits, label: str) -> CandidateRunner:
        """The engine's."""
        return self._engine.open_candidate(limits, label)

    def reap(self) -> int:
        """The engine's."""
        return self._engine.reap()


class _Answering:
    """A query log beside a neuron: an `AnsweringLog`."""

    def __init__(self, log: QueryLog, desk: NeuronDesk) -> None:
        self._log, self._desk = log, desk

    def append(self, record: QueryRecord) -> None:
        self._log.append(record)

    def answer(self, words: Sequence[str]) -> Sequence[float | None]:
        return self._desk.answer(words)
