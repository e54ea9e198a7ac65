"""Planner, experimenter and critic for functions of texts: deterministic, so that nothing is ever asked twice."""

from math import ceil
from typing import Literal

from pydantic import Field

from functions.brief import Claim, Interpretation, Noise, Record
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical import strings_scripts as scripts
from orchestrator.roles.classical.beliefs import Belief, Numbered, notes_of, nothing_new, numbered
from orchestrator.roles.classical.blows import critique
from orchestrator.roles.classical.critic import SHARE
from orchestrator.roles.classical.findings import UnusableReportError, read
from orchestrator.roles.classical.planner import fitting, worth_keeping
from orchestrator.roles.classical.strings_findings import FoundStep, FoundText, TextBlows, TextsAsked
from orchestrator.roles.messages import (
    Critique,
    Evidence,
    Measurement,
    Plan,
    RoleName,
    Standing,
)
from sandbox.client import Lab

SURVEY = 34
"""Texts in the first round: those that tell most, whatever the function."""

ROUNDS = 3
"""A function that was attacked and mended this often will not be understood by asking more of the same."""

ADAPTIVE = ("rivals", "refine", "edges")
"""Designs whose texts depend on what is found: asked while explanations are compared."""


class StringPlanner:
    """Surveys first, then looks around the texts where the leading hypothesis failed."""

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.PLANNER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Plan:
        """A plan for the next round, or word that nothing is worth measuring any more."""
        return first_plan(lab.remaining) if transcript.evidence is None else next_plan(transcript, lab.remaining)


def first_plan(queries: int) -> Plan:
    """A survey with two thirds of the queries, a sixth for rivals; the rest stays for the critic and what it finds."""
    survey = Measurement(
        design="survey", queries=min(SURVEY, -(-queries * 2 // 3)), why="texts that have many properties between them"
    )
    rivals = Measurement(design="rivals", queries=-(-queries // 6), why="texts on which explanations disagree")
    return Plan(question="What does the function do to texts?", measurements=fitting(queries, survey, rivals))


def next_plan(transcript: Transcript, queries: int) -> Plan:
    """Look around the critic's counterexamples, to see which of their properties matters."""
    alive = tuple(h.id for h in worth_keeping(transcript.hypotheses))
    rounds = sum(turn.role is RoleName.PLANNER for turn in transcript.turns)
    critique = transcript.critique
    if rounds >= ROUNDS or critique is None or not critique.counterexamples or not queries:
        return Plan(question="Is anything still worth asking?", alive=alive, finish=True)
    broken = tuple(str(c.input) for c in critique.counterexamples)
    around = Measurement(
        design="around", queries=-(-queries // 3), inputs=broken, why="change little in the texts where it failed"
    )
    rivals = Measurement(design="rivals", queries=-(-queries // 3), why="texts on which explanations disagree")
    return Plan(
        question=f"What explains the {len(broken)} texts where {critique.hypothesis} failed?",
        measurements=fitting(queries, around, rivals),
        alive=alive,
    )


class Forms(Record):
    """What the experimenter leaves in `Evidence.data`: the form behind each hypothesis, and if all is explained."""

    forms: dict[str, str] = Field(default_factory=dict)
    steps: tuple[str, ...] = ()
    explained: bool = False


class StringExperimenter:
    """Writes two scripts a turn: one asks what the plan says, one searches programs, tells rivals apart and reports."""

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.EXPERIMENTER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:
        """Evidence from this round; where an experiment failed, that, with what was believed before."""
        plan = transcript.plan or Plan(question="What does the function do to texts?")
        try:
            if (script := scripts.measure(plan)) is not None:
                read(await lab.run(script, purpose=plan.question), TextsAsked)
            adaptive = min(sum(m.queries for m in plan.measurements if m.design in ADAPTIVE), lab.remaining)
            script = scripts.explain(lab.brief, adaptive)
            found = read(await lab.run(script, purpose="search explanations and tell them apart"), FoundText)
        except UnusableReportError as why:
            return nothing_new(transcript, str(why))
        return evidence(found, transcript)


def evidence(found: FoundText, transcript: Transcript) -> Evidence:
    """What was found, as a message."""
    beliefs = [Belief(h.form, h.statement, h.code, h.support) for h in found.hypotheses]
    believed = numbered(beliefs, notes_of(transcript, Forms).forms, transcript, explained=found.explained)
    regions = (found.branch.region,) if found.branch else ()
    return Evidence(
        summary=summary(found, believed),
        hypotheses=believed.hypotheses,
        regions=regions,
        noise=Noise(),
        interpretation=Interpretation(
            description=found.description, code=found.code, regions=regions, noise=Noise(), claims=claims(found)
        ),
        data=Forms(
            forms=believed.forms, steps=tuple(step.name for step in found.steps), explained=found.explained
        ).model_dump(),
    )


def summary(found: FoundText, believed: Numbered) -> str:
    """How well the best explains the answers."""
    if (best := believed.leading) is None or not found.right:
        return f"{found.asked} answers, and no explanation."
    how = f"explains {'all' if found.explained else f'{found.right} of the'} {found.asked} answers"
    where = f", with a branch where the text {found.branch.condition}" if found.branch else ""
    return f"{best.id} {how}{where} (support {best.support:.2f} of {len(believed.forms)})."


def claims(found: FoundText) -> tuple[Claim, ...]:
    """Structured claims, where the explanation covers everything: the operations in order, by the toolkit's names."""
    if not found.explained:
        return ()
    silent = Claim(kind="absent", about="noise", text="Equal texts get equal answers.")
    base = chained(found.steps, "base")
    if found.branch is None:
        return (*base, Claim(kind="absent", about="region", text="It does the same for every input."), silent)
    where = Claim(
        kind="condition", about="region", name=found.branch.condition, text=f"if the text {found.branch.condition}"
    )
    return (*base, where, *chained(found.inside, "region"), silent)


def chained(steps: tuple[FoundStep, ...], about: Literal["base", "region"]) -> tuple[Claim, ...]:
    """One claim for each operation, with its place in the chain."""
    return tuple(
        Claim(kind="operation", about=about, name=step.name, value=place, text=step.english)
        for place, step in enumerate(steps, 1)
    )


class StringCritic:
    """Asks about texts unlike those that the hypothesis rests on; accepts only what survived."""

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.CRITIC

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Critique:
        """The attacks made, each with its result, and the verdict."""
        evidence = transcript.evidence
        if evidence is None or not evidence.hypotheses or evidence.hypotheses[0].standing is Standing.REFUTED:
            return Critique(hypothesis=None, verdict="revise", reason="There is no hypothesis to attack.")
        leading = evidence.hypotheses[0].id
        if not notes_of(transcript, Forms).explained:
            reason = f"{leading} leaves answers unexplained: there is nothing to break."
            return Critique(hypothesis=leading, verdict="revise", reason=reason)
        strikes = ceil(lab.remaining * SHARE)
        if not strikes:
            reason = "No query is left to attack it with: it stands untested."
            return Critique(hypothesis=leading, verdict="accept", reason=reason)
        given = [str(e.input) for e in lab.brief.exemplars]
        script = scripts.attack(leading, evidence.interpretation.code, given, strikes)
        try:
            blows = read(await lab.run(script, purpose=f"attack {leading} where it may break"), TextBlows).blows
        except UnusableReportError as why:
            return Critique(hypothesis=leading, verdict="revise", reason=f"The attack failed: {why}.")
        return critique(leading, blows)
