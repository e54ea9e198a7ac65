"""Fresh queries to a function whose truth nobody knows, and what the team's code gives for them."""

from functions.brief import Exemplar
from functions.target import ImportedCode, ModelNeuron
from judges.code.fidelity import NEAR_RESPONSE, Answered, fidelity, fresh_inputs
from judges.grade import Fidelity
from orchestrator.budget import BudgetSpent
from orchestrator.config import AuditConfig
from orchestrator.eventlog import EventLog
from orchestrator.events import AuditStarted, Resumed
from orchestrator.rundir import RunDirectory
from sandbox.client import Engine, Limits, OracleJob, QueryRecord, SandboxFailure

ASK = "from lab import oracle\n\noracle.query({inputs!r})\n"


class _Kept:
    """The answers, as the oracle told them to the host: the lab has no part in them."""

    def __init__(self) -> None:
        self.records: list[QueryRecord] = []

    def append(self, record: QueryRecord) -> None:
        self.records.append(record)


def measure_fidelity(
    run: RunDirectory, config: AuditConfig, target: ImportedCode | ModelNeuron, engine: Engine, log: EventLog
) -> Fidelity | None:
    """Ask a new oracle what the team did not ask, and compare. None where there is no code, or nothing fresh to ask,
    or a neuron's model may not be asked as much, or where foreign code may not run in this sandbox: only where it was
    audited, or in a container.

    Raises `SandboxFailure`, and what a neuron's provider raises.
    """
    code = run.interpretation().code
    lives = {e.provenance.isolation.engine for e in log.events if isinstance(e, AuditStarted | Resumed)}
    inputs = fresh_inputs(target, [x for record in run.queries() for x in record.inputs])
    foreign = isinstance(target, ImportedCode) and engine.isolation.engine not in {"docker", *lives}
    if not code.strip() or not inputs or foreign:
        return None
    kept = _Kept()
    brief = config.brief.model_copy(update={"query_budget": len(inputs)})
    job = OracleJob(target=config.target, secret=config.secret, brief=brief)
    try:
        with engine.open(job, Limits(), kept, config.id) as sandbox:
            sandbox.run(ASK.format(inputs=list(inputs)))
    except BudgetSpent:
        return None
    told = [Exemplar(input=x, output=y) for r in kept.records for x, y in zip(r.inputs, r.outputs, strict=True)]
    if len(told) < len(inputs):
        raise SandboxFailure("The oracle did not answer the fresh queries.")
    with engine.open_candidate(Limits(), config.id) as runner:
        answers = runner.evaluate(code, inputs)
    answered = [Answered(input=x, output=e.output) for x, e in zip(inputs, told, strict=True)]
    return fidelity(answered, answers, NEAR_RESPONSE if isinstance(target, ModelNeuron) else None)
