"""The judges of descriptions that were chosen, put together with their readers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

from functions.brief import Interpretation
from functions.spec import AnySpec
from judges.description import ClaimsJudge
from judges.grade import Grade
from judges.judge import DescriptionJudge, grade_audit
from judges.reader.panel import Panel
from judges.reader.prediction import PredictionJudge
from judges.reader.unit_test import UnitTestJudge
from orchestrator.grading import Judge
from orchestrator.judging.choice import JudgeName, Judging
from orchestrator.judging.reader import JudgeLog, RecordedReader
from orchestrator.models.choice import ModelChoice
from orchestrator.models.desk import Log
from orchestrator.models.provider import Patience, Provider
from sandbox.client import CandidateRunner


@contextmanager
def chosen_judges(
    judging: Judging,
    run: str,
    log: Log,
    open_provider: Callable[[ModelChoice], Provider],
    patience: Patience,
) -> Iterator[Judge]:
    """All of them as one, with clients open. `run` is this grading's name for providers."""
    with description_judges(judging, run, log, open_provider, patience) as described:

        def judge(
            truth: AnySpec, interpretation: Interpretation, runner: CandidateRunner, *, query_budget: int
        ) -> Grade:
            return grade_audit(
                truth,
                interpretation,
                runner,
                query_budget=query_budget,
                description_judges=described,
                code_too="code" in judging.judges,
            )

        yield judge


@contextmanager
def description_judges(
    judging: Judging,
    run: str,
    log: Log,
    open_provider: Callable[[ModelChoice], Provider],
    patience: Patience,
) -> Iterator[tuple[DescriptionJudge, ...]]:
    """Those of descriptions, in their order."""
    with ExitStack() as stack:
        turn = 0
        judges: list[DescriptionJudge] = []
        for name in judging.judges:
            if name == "code":
                continue
            if name == "claims":
                judges.append(ClaimsJudge())
                continue
            members: list[DescriptionJudge] = []
            for model in judging.readers:
                reader = RecordedReader(model, run, JudgeLog(log, name, turn), turn, open_provider, patience)
                members.append(_reading(name, stack.enter_context(closing(reader)), judging.votes))
                turn += 1
            judges.append(members[0] if len(members) == 1 else Panel(members))
        yield tuple(judges)


def _reading(name: JudgeName, reader: RecordedReader, votes: int) -> DescriptionJudge:
    return UnitTestJudge(reader, votes=votes) if name == "unit-test" else PredictionJudge(reader, votes=votes)
