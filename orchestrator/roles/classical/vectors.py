"""Planner, experimenter and critic for functions of two and three numbers. What they know is `toolkit.multivariate`."""

from pydantic import Field

from functions.brief import INPUT_NAMES, Brief, Claim, Interpretation, Interval, Record, Region
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical.beliefs import Belief, notes_of, nothing_new, numbered
from orchestrator.roles.classical.findings import FoundNoise, UnusableReportError, read
from orchestrator.roles.classical.planner import fitting, worth_keeping
from orchestrator.roles.messages import (
    Counterexample,
    Critique,
    Evidence,
    Measurement,
    Plan,
    RoleName,
    Standing,
)
from sandbox.client import Lab

ROUNDS = 3
SURVEY = 90
"""Percent of the queries for the first round; the others are for the critic and for what it breaks."""
MOST = 8
"""Attacks in one turn."""

Side = tuple[float | None, float | None]


class FoundPart(Record):
    """One part: its input (None: a distance, or no single one), the names it may be called by, and its numbers."""

    about: str
    input: str | None
    families: tuple[str, ...]
    numbers: tuple[tuple[str, float], ...]


class FoundVector(Record):
    """The report of a `study` script. `box` has lower and upper bound for each input, None where it is open."""

    description: str
    code: str
    noise: FoundNoise
    box: tuple[Side, ...] | None
    behaviour: str
    explained: bool
    named: bool
    form: str
    residual: float
    parts: tuple[FoundPart, ...] = ()


class Blow(Record):
    """One attack and what came of it; None is undefined."""

    kind: str
    input: tuple[float, ...]
    expected: float | None
    observed: float | None
    tolerance: float
    broke: bool


class Blows(Record):
    """The report of an `attack` script."""

    blows: tuple[Blow, ...]


class Notes(Record):
    """What the experimenter leaves in `Evidence.data`: the form behind each hypothesis, noise, if a rule is named."""

    forms: dict[str, str] = Field(default_factory=dict)
    sd: float = 0.0
    named: bool = False


class VectorPlanner:
    """Surveys with most of the queries; then has asked around what the critic broke."""

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.PLANNER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Plan:
        """A plan for the next round, or word that nothing is worth measuring any more."""
        if transcript.evidence is None:
            survey = Measurement(
                design="survey",
                queries=-(-lab.remaining * SURVEY // 100),
                why="points all over, lines along each input through a low and a high answer, repeats",
            )
            return Plan(question="Which inputs matter, and what joins them?", measurements=(survey,))
        return next_plan(transcript, lab.remaining)


def next_plan(transcript: Transcript, queries: int) -> Plan:
    """Look for what explains the critic's counterexamples, with most of what is left."""
    alive = tuple(h.id for h in worth_keeping(transcript.hypotheses))
    rounds = sum(turn.role is RoleName.PLANNER for turn in transcript.turns)
    critique = transcript.critique
    if rounds >= ROUNDS or not queries or critique is None or not critique.counterexamples:
        return Plan(question="Is anything still worth measuring?", alive=alive, finish=True)
    refine = Measurement(design="refine", queries=-(-queries * 2 // 3), why="where the leading hypothesis failed")
    question = f"What explains the {len(critique.counterexamples)} inputs where {critique.hypothesis} failed?"
    return Plan(question=question, measurements=fitting(queries, refine), alive=alive)


class VectorExperimenter:
    """Writes one script a turn: it asks, takes the function apart, and reports."""

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.EXPERIMENTER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:
        """Evidence from this round; where an experiment failed, that, with what was believed before."""
        plan = transcript.plan or Plan(question="What does the function do?")
        queries = sum(m.queries for m in fitting(lab.remaining, *plan.measurements))
        try:
            found = read(await lab.run(study_script(lab.brief, queries), purpose=plan.question), FoundVector)
        except UnusableReportError as why:
            return nothing_new(transcript, str(why))
        return evidence(found, transcript)


class VectorCritic:
    """Asks far from all that was asked, and beyond the domain."""

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.CRITIC

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Critique:
        """The attacks made, each with its result, and the verdict."""
        found = transcript.evidence
        if found is None or not found.hypotheses or found.hypotheses[0].standing is Standing.REFUTED:
            return Critique(hypothesis=None, verdict="revise", reason="There is no hypothesis to attack.")
        leading, strikes, notes = found.hypotheses[0].id, min(MOST, -(-lab.remaining // 2)), notes_of(transcript, Notes)
        if not notes.named:
            return Critique(hypothesis=leading, verdict="accept", reason=f"{leading} claims no rule that could break.")
        if not strikes:
            reason = "No query is left to attack it with: it stands untested."
            return Critique(hypothesis=leading, verdict="accept", reason=reason)
        script = attack_script(lab.brief, leading, found.interpretation.code, notes.sd, strikes)
        try:
            blows = read(await lab.run(script, purpose=f"attack {leading} where it may break"), Blows).blows
        except UnusableReportError as why:
            return Critique(hypothesis=leading, verdict="revise", reason=f"The attack failed: {why}.")
        return critique(leading, blows)


def evidence(found: FoundVector, transcript: Transcript) -> Evidence:
    """What was found, as a message."""
    belief = Belief(found.form, found.form, found.code, 1.0)
    believed = numbered([belief], notes_of(transcript, Notes).forms, transcript, explained=found.explained)
    (key,) = believed.forms
    regions: tuple[Region, ...] = ()
    if found.box is not None:
        box = tuple(Interval(low=low, high=high) for low, high in found.box)
        regions = (Region(box=box, behaviour=found.behaviour),)
    how = "explains all answers" if found.explained else f"leaves residuals of {found.residual:.3g}"
    return Evidence(
        summary=f"{key} {how}{', apart from a box' if regions else ''}." if found.named else "No formula was found.",
        hypotheses=believed.hypotheses,
        regions=regions,
        noise=found.noise.noise,
        interpretation=Interpretation(
            description=found.description,
            code=found.code,
            regions=regions,
            noise=found.noise.noise,
            claims=claims(found) if found.named else (),
        ),
        data=Notes(forms=believed.forms, sd=found.noise.sd, named=found.named).model_dump(),
    )


def claims(found: FoundVector) -> tuple[Claim, ...]:
    """What is believed, structured."""
    noise = found.noise.noise
    out = [
        Claim(kind="absent", about="noise", text="There is no noise.")
        if noise.scale == 0
        else Claim(kind="noise", about="noise", name=noise.kind, value=noise.scale, text=f"{noise.kind} noise")
    ]
    if found.box is None:
        out.append(Claim(kind="absent", about="region", text="There is no irregular region."))
    for name, (low, high) in zip(INPUT_NAMES, found.box or (), strict=False):
        if low is not None or high is not None:
            text = f"It is irregular where {name} is in a range."
            out.append(Claim(kind="interval", about="region", input=name, low=low, high=high, text=text))
    for part in found.parts:
        about = "region" if part.about == "region" else "base"
        for family in part.families:
            text = f"It has {family.replace('_', ' ')} in it."
            out.append(Claim(kind="family", about=about, input=part.input, name=family, text=text))
        for number, value in part.numbers:
            text = f"The {number} is {value:.6g}."
            out.append(Claim(kind="parameter", about=about, input=part.input, name=number, value=value, text=text))
    return tuple(out)


def critique(leading: str, blows: tuple[Blow, ...]) -> Critique:
    """The verdict on what came of the attacks."""
    broken = [blow for blow in blows if blow.broke]
    return Critique(
        hypothesis=leading,
        verdict="revise" if broken else "accept",
        attacks=tuple(
            f"{b.kind}, at ({', '.join(f'{v:.6g}' for v in b.input)}): {'broke it' if b.broke else 'survived'}"
            for b in blows
        ),
        counterexamples=tuple(
            Counterexample(input=b.input, expected=b.expected, observed=b.observed, tolerance=b.tolerance)
            for b in broken
        ),
        reason=f"{leading} failed {len(broken)} of {len(blows)} attacks."
        if broken
        else f"{leading} survived all {len(blows)} attacks.",
    )


def study_script(brief: Brief, queries: int) -> str:
    """A script that asks up to so many rows and reports what explains all answers."""
    return (
        _header("Which inputs matter, what joins them, and where does that not hold?", brief)
        + f"found = multivariate.study(observations.x, observations.y, oracle.query, DOMAINS, {queries})\n"
        + "report(found.as_json())\n"
    )


def attack_script(brief: Brief, hypothesis: str, code: str, sd: float, strikes: int) -> str:
    """A script that asks where a hypothesis is most likely to break, and reports each blow."""
    return (
        _header(f"Where is {hypothesis} most likely to break, and does it?", brief)
        + f"NOISE = {sd!r}  # standard deviation of one answer\n\n# {hypothesis}, as it was stated\n{code}\n\n"
        + "low, high = np.array(DOMAINS).T\n"
        + f"planned = multivariate_attack.attacks(observations.x, low, high, {strikes})\n"
        + "blows = multivariate_attack.confront(function, planned, oracle.query, observations.y, NOISE)\n"
        + 'report({"blows": blows})\n'
    )


def _header(title: str, brief: Brief) -> str:
    domains = ", ".join(f"({d.low!r}, {d.high!r})" for d in brief.domains)
    return (
        f'"""{title}"""\n\nimport numpy as np\nfrom lab import observations, oracle, report\n'
        f"from toolkit import multivariate, multivariate_attack\n\nDOMAINS = ({domains})\n"
    )
