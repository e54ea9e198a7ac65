"""Planner, experimenter and critic for functions of words; what differs between neurons and relations is a craft."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from pydantic import Field

from functions.brief import Brief, Claim, Interpretation, Noise, NoiseKind, Record
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical.beliefs import Belief, Numbered, notes_of, nothing_new, numbered
from orchestrator.roles.classical.blows import critique
from orchestrator.roles.classical.critic import SHARE
from orchestrator.roles.classical.findings import UnusableReportError, read
from orchestrator.roles.classical.planner import fitting, worth_keeping
from orchestrator.roles.classical.words_findings import FoundWords, WordBlows
from orchestrator.roles.messages import (
    Critique,
    Evidence,
    Measurement,
    Plan,
    RoleName,
    Standing,
)
from sandbox.client import Lab

ROUNDS = 3
"""A function that was attacked and mended this often will not be understood by asking more of the same."""

FEW = 0.05
"""Words, as a share of those asked, that an explanation may miss and still be worth attacking."""


class Craft(Protocol):
    """What is known of one category of functions of words."""

    question: str

    def survey(self, queries: int) -> Sequence[Measurement]:
        """The first round's measurements."""
        ...

    def explain(self, brief: Brief, wide: int, deep: int) -> str:
        """A script that asks `wide` words all over and `deep` words where that leads, and reports a FoundWords."""
        ...

    def attack(self, brief: Brief, hypothesis: str, code: str, strikes: int) -> str:
        """A script that tries to break code in `strikes` queries, and reports WordBlows."""
        ...

    def claims(self, found: FoundWords) -> tuple[Claim, ...]:
        """Structured claims of what explains everything."""
        ...


class Notes(Record):
    """What the experimenter leaves in `Evidence.data`: the form behind each hypothesis, and how much is explained."""

    forms: dict[str, str] = Field(default_factory=dict)
    names: tuple[str, ...] = ()
    explained: bool = False
    worth_attacking: bool = False


@dataclass(frozen=True)
class WordPlanner:
    """Surveys first, then has the words asked that tell apart what is left alive after an attack."""

    craft: Craft

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.PLANNER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Plan:
        """A plan for the next round, or word that nothing is worth measuring any more."""
        if transcript.evidence is None:
            return Plan(
                question=self.craft.question, measurements=fitting(lab.remaining, *self.craft.survey(lab.remaining))
            )
        return next_plan(transcript, lab.remaining)


def next_plan(transcript: Transcript, queries: int) -> Plan:
    """Tell apart what the critic's counterexamples leave alive, with two thirds of what is left."""
    alive = tuple(h.id for h in worth_keeping(transcript.hypotheses))
    rounds = sum(turn.role is RoleName.PLANNER for turn in transcript.turns)
    critique = transcript.critique
    broken = critique.counterexamples if critique else ()
    searching = not any(h.standing is not Standing.REFUTED for h in transcript.hypotheses)
    if rounds >= ROUNDS or not queries or not (broken or searching):
        return Plan(question="Is anything still worth asking?", alive=alive, finish=True)
    question = (
        f"What explains the {len(broken)} words where {critique.hypothesis} failed?" if critique and broken else ""
    )
    rivals = Measurement(design="rivals", queries=-(-queries * 2 // 3), why="words on which explanations disagree")
    return Plan(question=question or "What was overlooked?", measurements=fitting(queries, rivals), alive=alive)


@dataclass(frozen=True)
class WordExperimenter:
    """Writes one script a turn: it asks, follows where the answers lead, and reports what explains them."""

    craft: Craft

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.EXPERIMENTER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:
        """Evidence from this round; where an experiment failed, that, with what was believed before."""
        plan = transcript.plan or Plan(question=self.craft.question)
        queries = {m.design: m.queries for m in fitting(lab.remaining, *plan.measurements)}
        wide, deep = queries.pop("survey", 0), sum(queries.values())
        try:
            found = read(await lab.run(self.craft.explain(lab.brief, wide, deep), purpose=plan.question), FoundWords)
        except UnusableReportError as why:
            return nothing_new(transcript, str(why))
        return evidence(found, transcript, self.craft)


def evidence(found: FoundWords, transcript: Transcript, craft: Craft) -> Evidence:
    """What was found, as a message."""
    codes = (found.code, *[""] * len(found.hypotheses))  # of the best alone
    beliefs = [Belief(h.form, h.statement, code, h.support) for h, code in zip(found.hypotheses, codes, strict=False)]
    believed = numbered(beliefs, notes_of(transcript, Notes).forms, transcript, explained=found.explained)
    noise = Noise(kind=NoiseKind.UNIFORM, scale=found.noise) if found.noise else Noise()
    regions = tuple(part.region for part in found.regions)
    return Evidence(
        summary=summary(found, believed),
        hypotheses=believed.hypotheses,
        regions=regions,
        noise=noise,
        interpretation=Interpretation(
            description=found.description, code=found.code, regions=regions, noise=noise, claims=craft.claims(found)
        ),
        data=Notes(
            forms=believed.forms,
            names=found.names,
            explained=found.explained,
            worth_attacking=believed.leading is not None and found.unexplained <= FEW * found.asked,
        ).model_dump(),
    )


def summary(found: FoundWords, believed: Numbered) -> str:
    """How well the best explains the answers."""
    if (best := believed.leading) is None:
        return f"{found.asked} answers, and no explanation."
    right = found.asked - found.unexplained
    how = f"explains {'all' if found.explained else f'{right} of the'} {found.asked} answers"
    where = f", apart from {' and '.join(part.condition for part in found.regions)}" if found.regions else ""
    return f"{best.id} {how}{where} (support {best.support:.2f} of {len(believed.forms)})."


@dataclass(frozen=True)
class WordCritic:
    """Asks about subgroups, siblings and other kinds of words than those a hypothesis rests on."""

    craft: Craft

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.CRITIC

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Critique:
        """The attacks made, each with its result, and the verdict."""
        found = transcript.evidence
        if found is None or not found.hypotheses or found.hypotheses[0].standing is Standing.REFUTED:
            return Critique(hypothesis=None, verdict="revise", reason="There is no hypothesis to attack.")
        leading, strikes = found.hypotheses[0].id, ceil(lab.remaining * SHARE)
        if not notes_of(transcript, Notes).worth_attacking:
            reason = f"{leading} leaves answers unexplained: there is nothing to break."
            return Critique(hypothesis=leading, verdict="revise", reason=reason)
        if not strikes:
            reason = "No query is left to attack it with: it stands untested."
            return Critique(hypothesis=leading, verdict="accept", reason=reason)
        script = self.craft.attack(lab.brief, leading, found.interpretation.code, strikes)
        try:
            blows = read(await lab.run(script, purpose=f"attack {leading} where it may break"), WordBlows).blows
        except UnusableReportError as why:
            return Critique(hypothesis=leading, verdict="revise", reason=f"The attack failed: {why}.")
        return critique(leading, blows)


def header(title: str, brief: Brief) -> str:
    """How every script on words begins; `known()` gives all answers, with those of the brief."""
    start = f'"""{title}"""\n\nfrom lab import observations, oracle, report\nfrom toolkit import words\n\n'
    listed = "".join(f"    {(e.input, e.output)!r},\n" for e in brief.exemplars)
    given = f"GIVEN = [  # known from the beginning\n{listed}]\n" if listed else "GIVEN = []\n"
    return start + given + "\n\ndef known():\n    return GIVEN + observations.pairs\n\n\n"
