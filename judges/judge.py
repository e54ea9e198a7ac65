"""The whole grade of one audit: the code judge and a description judge, side by side."""

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
    description_judge: DescriptionJudge | None = None,
) -> Grade:
    """Grade what a team handed in. Each half is graded without the other; an empty half scores 0.

    A sandbox that fails is no score: the outcome is then `infrastructure`, with the description still graded.
    """
    description = (description_judge or ClaimsJudge()).judge(truth, interpretation.description)
    code: CodeGrade | None = None
    outcome, cause = description.outcome, ""
    try:
        code = judge_code(truth, interpretation.code, runner, query_budget)
    except SandboxFailure as failure:
        outcome, cause = Outcome.INFRASTRUCTURE, str(failure)
    return Grade(
        outcome=outcome,
        code=code,
        description=description,
        claims=grade_claims(truth.claims(), interpretation.claims, description) if interpretation.claims else None,
        cause=cause,
        truth=truth.describe(),
    )
