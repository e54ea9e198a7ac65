"""The offline description judge: no model, no network, the same grade every time."""

from judges.description.matching import match
from judges.description.reader import read
from judges.grade import ClaimVerdict, DescriptionGrade, Judge, Outcome
from judges.truth import Truth


class ClaimsJudge:
    """Reads claims out of prose and matches them with the true claims, both ways.

    Recall is the share of true claims that the prose supports; precision the share of its own claims that are true;
    f1 their harmonic mean. Prose without any claim that the reader understands gets 0.
    """

    identity = Judge(name="claims", version="1")

    def judge(self, truth: Truth, description: str) -> DescriptionGrade:
        """Grade prose against the truth."""
        verdicts = match(truth, read(description))
        recall, precision = _supported(verdicts.true), _supported(verdicts.made)
        return DescriptionGrade(
            judge=self.identity,
            outcome=Outcome.GRADED,
            recall=recall,
            precision=precision,
            f1=2 * recall * precision / (recall + precision) if recall and precision else 0.0,
            true_claims=verdicts.true,
            made_claims=verdicts.made,
        )


def _supported(verdicts: tuple[ClaimVerdict, ...]) -> float:
    return sum(v.verdict == "supported" for v in verdicts) / len(verdicts) if verdicts else 0.0
