"""The critic attacks the leading hypothesis with fresh queries where it is most likely to break."""

from math import ceil

from orchestrator.roles.base import Transcript
from orchestrator.roles.classical import scripts
from orchestrator.roles.classical.beliefs import notes_of
from orchestrator.roles.classical.experimenter import Notes
from orchestrator.roles.classical.findings import Blow, Blows, UnusableReportError, read
from orchestrator.roles.messages import Counterexample, Critique, Evidence, RoleName, Standing
from sandbox.client import Lab

SHARE = 5 / 6
"""Of the queries that are left, for attacks. One that breaks the hypothesis ends them: the others go to mending it."""

FEW = 4
"""Attacks on a hypothesis that already leaves something unexplained: better ask where that is."""


class Critic:
    """Accepts only what survived; sends anything else back with its counterexamples."""

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
        known = notes_of(transcript, Notes)
        strikes = ceil(lab.remaining * SHARE) if known.explained else min(FEW, -(-lab.remaining // 2))
        if strikes == 0:
            return Critique(
                hypothesis=leading, verdict="accept", reason="No query is left to attack it with: it stands untested."
            )
        script = self._script(evidence, transcript, lab, strikes)
        try:
            blows = read(await lab.run(script, purpose=f"attack {leading} where it may break"), Blows).blows
        except UnusableReportError as why:
            return Critique(hypothesis=leading, verdict="revise", reason=f"The attack failed: {why}.")
        return critique(leading, blows)

    def _script(self, evidence: Evidence, transcript: Transcript, lab: Lab, strikes: int) -> str:
        edges = [e for region in evidence.regions for e in (region.where.low, region.where.high) if e is not None]
        code = evidence.interpretation.code
        return scripts.attack(
            lab.brief, evidence.hypotheses[0].id, code, edges, notes_of(transcript, Notes).sd, strikes
        )


def critique(leading: str, blows: tuple[Blow, ...]) -> Critique:
    """The verdict on what came of the attacks."""
    broken = [blow for blow in blows if blow.broke]
    return Critique(
        hypothesis=leading,
        verdict="revise" if broken else "accept",
        attacks=tuple(
            f"{blow.kind}, x = {blow.input:.6g}: {'broke it' if blow.broke else 'survived'}" for blow in blows
        ),
        counterexamples=tuple(
            Counterexample(input=b.input, expected=b.expected, observed=b.observed, tolerance=b.tolerance)
            for b in broken
        ),
        reason=f"{leading} failed {len(broken)} of {len(blows)} attacks."
        if broken
        else f"{leading} survived all {len(blows)} attacks.",
    )
