"""What is believed from turn to turn: hypotheses that keep their ids, and the notes that an experimenter leaves."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from functions.brief import Record
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Evidence, Hypothesis, Standing

N = TypeVar("N", bound=Record)


class Belief(NamedTuple):
    """One explanation; `form` names it the same whenever it is found again."""

    form: str
    statement: str
    code: str
    support: float


class Numbered(NamedTuple):
    """Beliefs as hypotheses, best first, the latest refuted one behind them; and the form behind each id."""

    hypotheses: tuple[Hypothesis, ...]
    forms: dict[str, str]

    @property
    def leading(self) -> Hypothesis | None:
        """The best of those that stand."""
        return self.hypotheses[0] if self.forms else None


def numbered(
    beliefs: Iterable[Belief], before: Mapping[str, str], transcript: Transcript, *, explained: bool
) -> Numbered:
    """Give beliefs, best first, their ids. `before` has the form behind each id so far; `explained`: does the best
    explain all answers? A form keeps its id until it is refuted; mended, it is a new hypothesis."""
    fallen = refuted(transcript)
    gone = {h.id for h in (*transcript.hypotheses, *fallen) if h.standing is Standing.REFUTED}
    ids = {form: key for key, form in before.items() if key not in gone}
    fresh = len(transcript.hypotheses)
    ranked, forms = list[Hypothesis](), dict[str, str]()
    for belief in beliefs:
        if not (key := ids.pop(belief.form, "")):
            fresh += 1
            key = f"H{fresh}"
        standing = Standing.SUPPORTED if explained and not forms else Standing.OPEN
        forms[key] = belief.form
        ranked.append(
            Hypothesis(id=key, statement=belief.statement, code=belief.code, support=belief.support, standing=standing)
        )
    return Numbered((*ranked, *fallen), forms)


def refuted(transcript: Transcript) -> list[Hypothesis]:
    """The hypothesis that the latest critique broke, marked as refuted with its counterexamples; or none."""
    critique = transcript.critique
    if critique is None or not critique.counterexamples:
        return []
    return [
        h.model_copy(
            update={
                "standing": Standing.REFUTED,
                "refuted_by": (*h.refuted_by, *critique.counterexamples),
                "support": 0.0,
            }
        )
        for h in transcript.hypotheses
        if h.id == critique.hypothesis and h.standing is not Standing.REFUTED
    ]


def nothing_new(transcript: Transcript, why: str) -> Evidence:
    """Evidence that an experiment failed; beliefs stay, marked by what the critic has shown since."""
    before = transcript.evidence or Evidence(summary="")
    return before.model_copy(
        update={"summary": f"Nothing new: {why}.", "hypotheses": tuple(refuted(transcript)) or before.hypotheses}
    )


def notes_of(transcript: Transcript, kind: type[N]) -> N:
    """The notes in the latest evidence; empty ones where it came from another kind of experimenter."""
    evidence = transcript.evidence
    if evidence is None or not set(evidence.data) <= set(kind.model_fields):
        return kind()
    return kind.model_validate(evidence.data)
