"""What came of a critic's attacks on texts and words, and the verdict that follows from it."""

from functions.brief import Record
from orchestrator.roles.messages import Counterexample, Critique


class Blow(Record):
    """One attack and what came of it; None is undefined."""

    kind: str
    input: str
    expected: float | str | None
    observed: float | str | None
    broke: bool


def critique(leading: str, blows: tuple[Blow, ...]) -> Critique:
    """The verdict on what came of the attacks."""
    broken = [blow for blow in blows if blow.broke]
    result = f"failed {len(broken)} of {len(blows)} attacks" if broken else f"survived all {len(blows)} attacks"
    return Critique(
        hypothesis=leading,
        verdict="revise" if broken else "accept",
        attacks=tuple(f"{b.input!r} ({b.kind}): {'broke it' if b.broke else 'survived'}" for b in blows),
        counterexamples=tuple(Counterexample(input=b.input, expected=b.expected, observed=b.observed) for b in broken),
        reason=f"{leading} {result}.",
    )
