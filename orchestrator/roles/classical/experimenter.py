"""The experimenter carries out the plan in the lab, fits explanations there, and reports evidence with uncertainty."""

from collections.abc import Iterator

from pydantic import Field

from functions.brief import Claim, Interpretation, Record
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical import scripts
from orchestrator.roles.classical.beliefs import Belief, Numbered, notes_of, nothing_new, numbered
from orchestrator.roles.classical.findings import Found, FoundPart, FoundRegion, Measured, UnusableReportError, read
from orchestrator.roles.messages import Evidence, Plan, RoleName
from sandbox.client import Lab

ADAPTIVE = ("edges", "rivals")
"""Designs that depend on what is found: their queries are spent while explanations are fitted."""

RESERVE = 8
"""Queries that stay for the critic where nothing explains the answers: interpolation gains from all the others."""


class Notes(Record):
    """What the experimenter leaves for later turns in `Evidence.data`: the form behind each hypothesis, its parameters,
    the noise (standard deviation of one answer) and whether nothing but noise was left unexplained."""

    forms: dict[str, str] = Field(default_factory=dict)
    parameters: dict[str, tuple[float, ...]] = Field(default_factory=dict)
    sd: float = 0.0
    explained: bool = False


class Experimenter:
    """Writes two scripts a turn: one asks what the plan says, one fits, tells rivals apart and reports."""

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.EXPERIMENTER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:
        """Evidence from this round; where an experiment failed, that, with what was believed before."""
        plan = transcript.plan or Plan(question="What does the function do?")
        notes = notes_of(transcript, Notes)
        try:
            said = await self._measure(plan, transcript, lab)
            adaptive = min(sum(m.queries for m in plan.measurements if m.design in ADAPTIVE), lab.remaining)
            known = tuple((form, notes.parameters[key]) for key, form in notes.forms.items() if key in notes.parameters)
            script = scripts.explain(lab.brief, adaptive, known, lab.remaining - RESERVE)
            found = read(await lab.run(script, purpose="fit explanations and tell them apart"), Found)
        except UnusableReportError as why:
            return nothing_new(transcript, str(why))
        return evidence(found, said, transcript, notes)

    async def _measure(self, plan: Plan, transcript: Transcript, lab: Lab) -> str:
        """Make the plan's fixed measurements. Returns what they show in a few words."""
        script = scripts.measure(plan, lab.brief, seed=len(transcript.turns))
        if script is None:
            return ""
        measured = read(await lab.run(script, purpose=plan.question), Measured)
        if measured.comparisons == 0:
            return f"{measured.asked} answers so far, none of them repeated. "
        repeated = f"{measured.asked} answers so far; {measured.comparisons} repeats "
        return repeated + (f"differ by a standard deviation of {measured.sd:.3g}. " if measured.sd else "agree. ")


def evidence(found: Found, said: str, transcript: Transcript, notes: Notes) -> Evidence:
    """What was found, as a message."""
    beliefs = [Belief(h.form, h.statement, h.code, h.support) for h in found.hypotheses]
    believed = numbered(beliefs, notes.forms, transcript, explained=found.explained)
    parameters = {key: h.p for key, h in zip(believed.forms, found.hypotheses, strict=True)}
    regions = (found.region.region,) if found.region else ()
    return Evidence(
        summary=said + summary(found, believed),
        hypotheses=believed.hypotheses,
        regions=regions,
        noise=found.noise.noise,
        interpretation=Interpretation(
            description=found.description,
            code=found.code,
            regions=regions,
            noise=found.noise.noise,
            claims=claims(found),
        ),
        data=Notes(
            forms=believed.forms, parameters=parameters, sd=found.noise.sd, explained=found.explained
        ).model_dump(),
    )


def summary(found: Found, believed: Numbered) -> str:
    """How well the best explains the answers, in one or two sentences."""
    if (best := believed.leading) is None:
        return "No explanation was found."
    how = "explains all answers" if found.explained else f"leaves residuals of {found.residual:.3g}"
    if found.explained and found.noise.sd:
        how += f" up to noise ({found.noise.kind}, scale {found.noise.scale:.3g})"
    where = f", apart from {words(found.region)}" if found.region else ""
    return f"{best.id} {how}{where} (support {best.support:.2f} of {len(believed.forms)})."


def words(region: FoundRegion) -> str:
    """Where a region is, in words."""
    if region.low is None:
        return f"everything below {region.high:.6g}"
    return f"everything above {region.low:.6g}" if region.high is None else f"{region.low:.6g} to {region.high:.6g}"


def claims(found: Found) -> tuple[Claim, ...]:
    """What is believed of the base, of the region and of noise, structured. Nothing of a base that is unknown."""
    noise, region = found.noise.noise, found.region
    about_noise = (
        Claim(kind="absent", about="noise", text="There is no noise.")
        if noise.scale == 0
        else Claim(kind="noise", about="noise", name=noise.kind, value=noise.scale, text=f"{noise.kind} noise")
    )
    about_region = (
        Claim(kind="absent", about="region", text="There is no irregular region.")
        if region is None
        else Claim(kind="interval", about="region", low=region.low, high=region.high, text=region.behaviour)
    )
    return *(claim for part in found.parts for claim in stated(part)), about_region, about_noise


def stated(part: FoundPart) -> Iterator[Claim]:
    """The families and parameters of one part, as claims."""
    who = "It" if part.about == "base" else "Inside the region it"
    for name in part.families:
        yield Claim(kind="family", about=part.about, name=name, text=f"{who} is or contains: {name.replace('_', ' ')}.")
    for name, value in part.numbers:
        text = f"The {name} is {value:.6g}."
        yield Claim(kind="parameter", about=part.about, name=name, value=value, text=text)
