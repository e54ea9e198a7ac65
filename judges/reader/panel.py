"""Several judges of one kind, by different models: their mean, and how far they agree.

Each keeps its own grade of the same questions. A member that could not answer is left out of the mean and named; where
fewer than half could, the panel is `unscored`.
"""

from collections.abc import Sequence

from judges.grade import Answered, DescriptionGrade, Judge, Measure, Outcome
from judges.judge import DescriptionJudge
from judges.reader.agreement import alpha
from judges.truth import AnyTruth


class Panel:
    """A description judge made of others."""

    def __init__(self, members: Sequence[DescriptionJudge]) -> None:
        self._members = tuple(members)

    def judge(self, truth: AnyTruth, description: str) -> DescriptionGrade:
        """Grade prose. Raises what a member raises: a panel with an empty chair is another panel."""
        grades = [member.judge(truth, description) for member in self._members]
        spoke = [grade for grade in grades if grade.outcome is Outcome.GRADED]
        enough = 2 * len(spoke) > len(grades)
        agree = alpha(_by_question(grades))
        by_member = [Measure(name=f"score.{g.judge.model}", value=g.headline) for g in spoke]
        return DescriptionGrade(
            judge=Judge(
                name=grades[0].judge.name,
                version=grades[0].judge.version,
                model=" + ".join(grade.judge.model for grade in grades),
            ),
            outcome=Outcome.GRADED if enough else Outcome.UNSCORED,
            score=sum(grade.headline for grade in spoke) / len(spoke) if enough else 0.0,
            coverage=sum(grade.coverage for grade in grades) / len(grades),
            answers=_together(grades),
            measures=(
                *by_member,
                Measure(name="members", value=len(grades)),
                Measure(name="members.unscored", value=len(grades) - len(spoke)),
                *([Measure(name="alpha", value=agree)] if agree is not None else []),
            ),
        )


def _by_question(grades: Sequence[DescriptionGrade]) -> list[list[str | None]]:
    """For each question what each member said: its most frequent vote, where one is more frequent than any other."""
    return [[_said(answered) for answered in row] for row in zip(*(g.answers for g in grades), strict=True)]


def _said(answered: Answered) -> str | None:
    given = [vote for vote in answered.votes if vote is not None]
    counts = sorted(((given.count(vote), vote) for vote in set(given)), reverse=True)
    return counts[0][1] if counts and (len(counts) == 1 or counts[0][0] > counts[1][0]) else None


def _together(grades: Sequence[DescriptionGrade]) -> tuple[Answered, ...]:
    """Each question once, with everybody's votes in the order of the members."""
    return tuple(
        row[0].model_copy(
            update={
                "votes": tuple(vote for answered in row for vote in answered.votes),
                "credit": sum(answered.credit for answered in row) / len(row),
            }
        )
        for row in zip(*(grade.answers for grade in grades), strict=True)
    )
