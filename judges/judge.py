"""The whole grade of one audit: the code judge and a description judge, side by side."""

from collections.abc import Sequence
from typing import Protocol

from functions.brief import Interpretation
from judges.code import judge_code
from judges.code.judge import QUERY_BUDGET
from judges.description import ClaimsJudge
from judges.description.structured import grade_claims
from judges.grade import CodeGrade, DescriptionGrade, Grade, Outcome
from judges.truth import AnyTruth
from sandbox.client import CandidateRunner, SandboxFailure


class DescriptionJudge(Protocol):
    """Anything that grades prose against the truth. It treats the prose as data, whatever the prose says."""

    def judge(self, truth: AnyTruth, description: str) -> DescriptionGrade: ...


def grade_audit(
    truth: AnyTruth,
    interpretation: Interpretation,
    runner: CandidateRunner,
    *,
    query_budget: int = QUERY_BUDGET,
    description_judges: Sequence[DescriptionJudge] | None = None,
    code_too: bool = True,
) -> Grade:
    """Grade what a team handed in. Each half is graded without the other; an empty half scores 0.

    The first of `description_judges` gives the headline of the description; None: the offline judge alone. A sandbox
    that fails is no score: the outcome is then `infrastructure`, with the description still graded. What a judge's
    model provider raises is passed on.
    """
    judges = (ClaimsJudge(),) if description_judges is None else description_judges
    described = tuple(judge.judge(truth, interpretation.description) for judge in judges)
    description = described[0] if described else None
    code: CodeGrade | None = None
    outcome, cause = description.outcome if description else Outcome.GRADED, ""
    try:
        code = judge_code(truth, interpretation.code, runner, query_budget) if code_too else None
    except SandboxFailure as failure:
        outcome, cause = Outcome.INFRASTRUCTURE, str(failure)
    prose = next((grade for grade in described if grade.reads_claims), None)
    return Grade(
        outcome=outcome,
        code=code,
        description=description,
        others=described[1:],
        claims=grade_claims(truth.claims(), interpretation.claims, prose) if interpretation.claims and prose else None,
        cause=cause,
        truth=truth.describe(),
    )
