"""The experimenter carries out the plan in the lab, fits explanations there, and reports evidence with uncertainty."""

from collections.abc import Iterator

from pydantic import Field

from functions.brief import Claim, Interpretation, Record
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical import scripts
from orchestrator.roles.classical.findings import Found, FoundPart, FoundRegion, Measured, UnusableReportError, read
from orchestrator.roles.messages import Evidence, Hypothesis, Plan, RoleName, Standing
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
        notes = notes_of(transcript)
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


def notes_of(transcript: Transcript) -> Notes:
    """The notes in the latest evidence; empty where it came from another kind of experimenter."""
    evidence = transcript.evidence
    if evidence is None or not set(evidence.data) <= set(Notes.model_fields):
        return Notes()
    return Notes.model_validate(evidence.data)


def nothing_new(transcript: Transcript, why: str) -> Evidence:
    """Evidence that an experiment failed; beliefs stay, marked by what the critic has shown since."""
    before = transcript.evidence or Evidence(summary="")
    return before.model_copy(
        update={"summary": f"Nothing new: {why}.", "hypotheses": tuple(refuted(transcript)) or before.hypotheses}
    )


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


def evidence(found: Found, said: str, transcript: Transcript, notes: Notes) -> Evidence:
    """What was found, as a message. A form keeps its id until it is refuted; mended, it is a new hypothesis."""
    fallen = refuted(transcript)
    gone = {h.id for h in transcript.hypotheses if h.standing is Standing.REFUTED} | {h.id for h in fallen}
    ids = {form: key for key, form in notes.forms.items() if key not in gone}
    fresh = len(transcript.hypotheses)
    ranked, forms, parameters = list[Hypothesis](), dict[str, str](), dict[str, tuple[float, ...]]()
    for place, hypothesis in enumerate(found.hypotheses):
        key = ids.pop(hypothesis.form, "")
        if not key:
            fresh += 1
            key = f"H{fresh}"
        leads = place == 0 and found.explained
        forms[key], parameters[key] = hypothesis.form, hypothesis.p
        ranked.append(
            Hypothesis(
                id=key,
                statement=hypothesis.statement,
                code=hypothesis.code,
                support=hypothesis.support,
                standing=Standing.SUPPORTED if leads else Standing.OPEN,
            )
        )
    regions = (found.region.region,) if found.region else ()
    return Evidence(
        summary=said + summary(found, ranked),
        hypotheses=(*ranked, *fallen),
        regions=regions,
        noise=found.noise.noise,
        interpretation=Interpretation(
            description=found.description,
            code=found.code,
            regions=regions,
            noise=found.noise.noise,
            claims=claims(found),
        ),
        data=Notes(forms=forms, parameters=parameters, sd=found.noise.sd, explained=found.explained).model_dump(),
    )


def summary(found: Found, ranked: list[Hypothesis]) -> str:
    """How well the best explains the answers, in one or two sentences."""
    if not ranked:
        return "No explanation was found."
    how = "explains all answers" if found.explained else f"leaves residuals of {found.residual:.3g}"
    if found.explained and found.noise.sd:
        how += f" up to noise ({found.noise.kind}, scale {found.noise.scale:.3g})"
    where = f", apart from {words(found.region)}" if found.region else ""
    return f"{ranked[0].id} {how}{where} (support {ranked[0].support:.2f} of {len(ranked)})."


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
