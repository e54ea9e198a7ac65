"""Structured claims beside the prose: graded exactly, checked against the prose, and reported apart.

So no team wins by format: they change neither recall nor precision of the prose.
"""

from collections.abc import Sequence

from functions.brief import Claim
from judges.grade import ClaimVerdict, DescriptionGrade, StructuredGrade

NEAR = 0.01  # relative: values and bounds
MAX_CLAIMS = 200  # more are not read, and count as false


def grade_claims(true: Sequence[Claim], made: Sequence[Claim], prose: DescriptionGrade) -> StructuredGrade:
    """Each claim handed in against the true ones, one to one; and the share of them that the prose says too."""
    left = list(true)
    verdicts: list[ClaimVerdict] = []
    for claim in made[:MAX_CLAIMS]:
        match = next((t for t in left if same(t, claim)), None)
        if match is not None:
            left.remove(match)
        verdicts.append(ClaimVerdict(claim=claim, verdict="supported" if match is not None else "unsupported"))
    right = len(true) - len(left)
    recall, precision = right / len(true) if true else 0.0, right / len(made) if made else 0.0
    said = [v.claim for v in (*prose.true_claims, *prose.made_claims) if v.verdict == "supported"]
    said += [v.claim for v in prose.made_claims if v.verdict != "supported"]
    echoed = sum(any(_says(s, claim) for s in said) for claim in made[:MAX_CLAIMS])
    return StructuredGrade(
        recall=recall,
        precision=precision,
        f1=2 * recall * precision / (recall + precision) if right else 0.0,
        in_prose=echoed / len(made) if made else 0.0,
        claims=tuple(verdicts),
    )


def same(true: Claim, made: Claim) -> bool:
    """The same statement, whatever its text: kind, part and name equal, numbers within 1 %."""
    fields = (true.kind, true.about, _name(true)) == (made.kind, made.about, _name(made))
    pairs = ((true.value, made.value), (true.low, made.low), (true.high, made.high))
    return fields and all(_near(a, b) for a, b in pairs)


def _says(said: Claim, claim: Claim) -> bool:
    """Does a claim that was read in the prose say this one? Readers do not always know a parameter's exact name."""
    if (said.kind, said.about) != (claim.kind, claim.about):
        return False
    if claim.kind == "parameter":
        return _near(said.value, claim.value)
    return same(said, claim) or (claim.kind == "family" and _name(claim) in _name(said).split(" or "))


def _name(claim: Claim) -> str:
    return (claim.name or "").strip().lower()


def _near(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= max(NEAR * abs(a), 1e-9)
