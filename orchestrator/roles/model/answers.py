"""The typed answers that models are asked for, and the messages that are made of them.

Answers have no defaults and no open dictionaries, as strict schemas ask. What a model may get wrong without being asked
again (an id, a sum of weights, an interval the wrong way round) is put right here; the rest was refused by its type.
"""

import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from functions.brief import Brief, Category, Input, Interpretation, Interval, Noise, NoiseKind, Record, Region
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical.beliefs import refuted
from orchestrator.roles.messages import Counterexample, Critique, Evidence, Hypothesis, Measurement, Plan, Standing

MOST = 40
"""Entries of any list that are kept."""

FEW = Field(json_schema_extra={"maxItems": 8})
"""Said in the schema, refused by nobody: without it a small model held to a grammar lists things till it is cut off."""

MANY = Field(json_schema_extra={"maxItems": MOST})

_ID = re.compile(r"H[1-9]\d{0,5}")


class MeasurementAnswer(Record):
    """One thing to measure."""

    design: Literal["survey", "zoom", "repeats", "refine", "edges", "rivals", "points"]
    queries: int
    inputs: Annotated[list[float | str | list[float]], MANY]
    low: float | None
    high: float | None
    why: str


class PlanAnswer(Record):
    """What to do in this round."""

    question: str
    measurements: Annotated[list[MeasurementAnswer], FEW]
    alive: Annotated[list[str], FEW]
    finish: bool


class HypothesisAnswer(Record):
    """One explanation. `code` defines function(x)."""

    id: str
    statement: str
    code: str
    support: float
    standing: Literal["open", "supported", "refuted"]


class RegionAnswer(Record):
    """Inputs that are treated differently: from low to high (null: open), or as the condition says."""

    low: float | None
    high: float | None
    condition: str
    behaviour: str


class NoiseAnswer(Record):
    """How repeated answers scatter. The scale is a standard deviation; for uniform noise the half-width."""

    kind: Literal["none", "gaussian", "uniform", "poisson"]
    scale: float


class EvidenceAnswer(Record):
    """What was found, and what would be handed in now."""

    summary: str
    hypotheses: Annotated[list[HypothesisAnswer], FEW]
    regions: Annotated[list[RegionAnswer], FEW]
    noise: NoiseAnswer | None
    description: str
    code: str


class SoloAnswer(EvidenceAnswer):
    """The same from one who works alone, and if they are sure of it."""

    sure: bool


class CounterexampleAnswer(Record):
    """An input that was answered differently than expected."""

    input: float | str | list[float]
    expected: float | str | None
    observed: float | str | None


class CritiqueAnswer(Record):
    """The verdict on the leading hypothesis."""

    verdict: Literal["accept", "revise"]
    attacks: Annotated[list[str], FEW]
    counterexamples: Annotated[list[CounterexampleAnswer], FEW]
    reason: str


def plan(answer: PlanAnswer, brief: Brief, remaining: int) -> Plan:
    """A plan that fits into what is left. Its words become comments in scripts: they are kept to one harmless line."""
    measurements: list[Measurement] = []
    for wanted in answer.measurements[:MOST]:
        queries = min(max(0, wanted.queries), remaining)
        remaining -= queries
        ordered = wanted.low is None or wanted.high is None or wanted.low < wanted.high
        measurements.append(
            Measurement(
                design=wanted.design,
                queries=queries,
                inputs=_inputs(wanted.inputs, brief),
                low=wanted.low if ordered else None,
                high=wanted.high if ordered else None,
                why=words(wanted.why),
            )
        )
    return Plan(
        question=words(answer.question) or "What does the function do?",
        measurements=tuple(measurements),
        alive=tuple(words(name, 20) for name in answer.alive[:MOST]),
        finish=answer.finish,
    )


def evidence(answer: EvidenceAnswer, transcript: Transcript) -> Evidence:
    """Evidence with hypotheses by id, best first. What was refuted stays refuted; changed, it is a new hypothesis."""
    fallen = {h.id: h for h in (*transcript.hypotheses, *refuted(transcript)) if h.standing is Standing.REFUTED}
    stated = _stated(answer, transcript, fallen)
    ranked = sorted(stated, key=lambda h: (h.standing is Standing.REFUTED, -h.support))
    missing = [h for h in refuted(transcript) if h.id not in {r.id for r in ranked}]
    regions = tuple(
        Region(where=_interval(r.low, r.high), behaviour=r.behaviour, condition=r.condition)
        for r in answer.regions[:MOST]
    )
    noise = None if answer.noise is None else _noise(answer.noise)
    code = answer.code or next((h.code for h in ranked if h.standing is not Standing.REFUTED), "")
    return Evidence(
        summary=words(answer.summary, 2000),
        hypotheses=(*ranked, *missing),
        regions=regions,
        noise=noise,
        interpretation=Interpretation(description=answer.description, code=code, regions=regions, noise=noise),
    )


def critique(answer: CritiqueAnswer, leading: str, brief: Brief) -> Critique:
    """A critique of `leading`. Whoever names a counterexample does not accept."""
    broken = tuple(
        Counterexample(input=read[0], expected=c.expected, observed=c.observed)
        for c in answer.counterexamples[:MOST]
        if (read := _inputs([c.input], brief))
    )
    return Critique(
        hypothesis=leading,
        verdict="revise" if broken else answer.verdict,
        attacks=tuple(words(attack) for attack in answer.attacks[:MOST]),
        counterexamples=broken,
        reason=words(answer.reason, 1000),
    )


def words(text: str, most: int = 300) -> str:
    """Text in one line that can neither end a comment nor a docstring in a script."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]|\"\"\"|'''", " ", " ".join(text.split()))[:most].rstrip('"')


def _stated(answer: EvidenceAnswer, transcript: Transcript, fallen: dict[str, Hypothesis]) -> list[Hypothesis]:
    """The hypotheses with ids of their own and weights that add up to 1 at most."""
    known = [h.id for h in transcript.hypotheses]
    said = answer.hypotheses[:MOST]
    weights = [0.0 if h.standing == "refuted" else min(max(h.support, 0.0), 1e6) for h in said]
    total = sum(weights) or 1.0
    taken, fresh, stated = set[str](), _highest([*known, *(h.id for h in said)]), list[Hypothesis]()
    for hypothesis, weight in zip(said, weights, strict=True):
        gone = fallen.get(hypothesis.id)
        if gone is not None and gone.code.strip() == hypothesis.code.strip():
            stated += [gone.model_copy(update={"support": 0.0})] if gone.id not in taken else []
            taken.add(gone.id)
            continue
        name = hypothesis.id
        if gone is not None or name in taken or not _ID.fullmatch(name):
            fresh += 1
            name = f"H{fresh}"
        taken.add(name)
        stated.append(
            Hypothesis(
                id=name,
                statement=hypothesis.statement,
                code=hypothesis.code,
                support=weight / total,
                standing=Standing(hypothesis.standing),
            )
        )
    return stated


def _highest(ids: list[str]) -> int:
    return max((int(name[1:]) for name in ids if _ID.fullmatch(name)), default=0)


def _inputs(inputs: Sequence[float | str | list[float]], brief: Brief) -> tuple[Input, ...]:
    """Those that the function takes: numbers, vectors or texts."""
    if brief.input_type == "vector":
        return tuple(tuple(x) for x in inputs[:1000] if isinstance(x, list) and len(x) == brief.arity)
    if brief.category is Category.NUMERIC:
        return tuple(x for x in inputs[:1000] if isinstance(x, float))
    return tuple(x for x in inputs[:1000] if isinstance(x, str))


def _interval(low: float | None, high: float | None) -> Interval:
    if low is not None and high is not None and low >= high:
        return Interval(low=high, high=low) if low > high else Interval()
    return Interval(low=low, high=high)


def _noise(answer: NoiseAnswer) -> Noise:
    kind = NoiseKind(answer.kind) if answer.scale > 0 else NoiseKind.NONE
    return Noise(kind=kind, scale=answer.scale if kind is not NoiseKind.NONE else 0.0)
