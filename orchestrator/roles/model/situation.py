"""What a team knows, written for a model within a number of characters.

The full account is shortened in steps where it does not fit: older turns go first, then code and long statements.
Counterexamples are never left out.
"""

from collections.abc import Sequence

from functions.brief import Brief, Input, Record
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Critique, Evidence, Hypothesis, Plan
from orchestrator.roles.model.prompts import render


class Known(Record):
    """A counterexample with the hypothesis that it refutes."""

    hypothesis: str
    input: Input
    expected: float | str | None
    observed: float | str | None


def situation(
    transcript: Transcript,
    brief: Brief,
    remaining: int,
    guidance: Sequence[str],
    chars: int,
    *,
    plan: Plan | None = None,
    leading: str = "",
    closing: str = "",
) -> str:
    """The account that fits into `chars`, or the shortest there is."""
    hypotheses, turns = transcript.hypotheses, told(transcript)
    versions = (
        (hypotheses, turns),
        (hypotheses, turns[-6:]),
        (tuple(_without_code(h, leading) for h in hypotheses), turns[-3:]),
        (tuple(_briefly(h) for h in hypotheses), ()),
        (tuple(_briefly(h) for h in hypotheses[-12:]), ()),
    )
    text = ""
    for kept, said in versions:
        text = render(
            "situation",
            brief=brief,
            remaining=remaining,
            guidance=guidance,
            hypotheses=kept,
            counterexamples=counterexamples(transcript),
            turns=said,
            plan=plan.model_dump_json() if plan else "",
            leading=leading,
            closing=closing,
        )
        if len(text) <= chars:
            break
    return text


def counterexamples(transcript: Transcript) -> tuple[Known, ...]:
    """Every counterexample on record, each once, in the order in which they were found."""
    found: dict[Known, None] = {}
    for turn in transcript.turns:
        match turn.message:
            case Critique() as critique:
                pairs = [(critique.hypothesis or "?", c) for c in critique.counterexamples]
            case Evidence() as evidence:
                pairs = [(h.id, c) for h in evidence.hypotheses for c in h.refuted_by]
            case _:
                pairs = []
        for name, c in pairs:
            found[Known(hypothesis=name, input=c.input, expected=c.expected, observed=c.observed)] = None
    return tuple(found)


def told(transcript: Transcript) -> tuple[str, ...]:
    """Each turn in a line or two."""
    lines: list[str] = []
    for number, turn in enumerate(transcript.turns, start=1):
        match turn.message:
            case Plan() as plan:
                said = f"{plan.question} ({', '.join(f'{m.design} {m.queries}' for m in plan.measurements)})"
            case Evidence() as evidence:
                said = evidence.summary
            case Critique() as critique:
                said = f"{critique.verdict} {critique.hypothesis}: {critique.reason} {'; '.join(critique.attacks)}"
        lines.append(f"{number}. {turn.role}: {shortened(' '.join(said.split()), 800)}")
    return tuple(lines)


def shortened(text: str, most: int) -> str:
    """Head and tail of a text that is longer than `most` characters."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]} [... {len(text) - 2 * half} characters left out ...] {text[-half:]}"


def _without_code(hypothesis: Hypothesis, leading: str) -> Hypothesis:
    return hypothesis if hypothesis.id == leading else hypothesis.model_copy(update={"code": ""})


def _briefly(hypothesis: Hypothesis) -> Hypothesis:
    return hypothesis.model_copy(update={"code": "", "statement": shortened(hypothesis.statement, 160)})
