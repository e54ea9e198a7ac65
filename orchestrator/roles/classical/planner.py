"""The planner decides what is worth measuring with what is left, and which hypotheses are worth keeping."""

from functions.brief import Brief
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical.scripts import bounds
from orchestrator.roles.messages import Hypothesis, Measurement, Plan, RoleName, Standing
from sandbox.client import Lab

ROUNDS = 3
"""A function mended this often will not be understood by more of the same; sooner, where nothing fits."""

ENOUGH = 160
"""Queries that the first round can use well, however many there are."""


class Planner:
    """Surveys first, with jitter and repeats; then goes where hypotheses disagree. Keeps a reserve for the critic."""

    @property
    def name(self) -> RoleName:
        """Which role this is."""
        return RoleName.PLANNER

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Plan:
        """A plan for the next round, or word that nothing is worth measuring any more."""
        if transcript.evidence is None:
            return first_plan(lab.brief, lab.remaining)
        return next_plan(transcript, lab.brief, lab.remaining)


def first_plan(brief: Brief, queries: int) -> Plan:
    """Survey, zoom, repeats, edges and rivals; about a sixth of the queries stays for critic and second round."""
    low, high = bounds(brief)
    useful = min(queries, ENOUGH)
    survey, zoom, repeats, rivals = (max(1, useful * share // 100) for share in (40, 9, 10, 24))
    return Plan(
        question="What does the function do over its domain, and how noisy is it?",
        measurements=fitting(
            queries,
            Measurement(
                design="survey",
                queries=survey,
                low=low,
                high=high,
                why="see the whole domain, with jitter so that no oscillation hides",
            ),
            Measurement(
                design="zoom",
                queries=zoom,
                low=low / 6,
                high=high / 6,
                why="poles, kinks and fast oscillations often sit at small inputs",
            ),
            Measurement(design="repeats", queries=repeats, why="only repeats tell noise from shape"),
            Measurement(
                design="rivals",
                queries=rivals,
                low=low,
                high=high,
                why="tell hypotheses apart and pin down the edges of regions",
            ),
        ),
    )


def fitting(queries: int, *wanted: Measurement) -> tuple[Measurement, ...]:
    """The measurements in their order, cut to what is left; empty ones go."""
    out: list[Measurement] = []
    for measurement in wanted:
        share = min(measurement.queries, queries)
        queries -= share
        if share:
            out.append(measurement.model_copy(update={"queries": share}))
    return tuple(out)


def next_plan(transcript: Transcript, brief: Brief, queries: int) -> Plan:
    """Look around the critic's counterexamples, and tell what is alive apart with half of what is left."""
    alive = tuple(h.id for h in worth_keeping(transcript.hypotheses))
    rounds = sum(turn.role is RoleName.PLANNER for turn in transcript.turns)
    critique = transcript.critique
    supported = any(h.standing is Standing.SUPPORTED for h in transcript.hypotheses)
    if rounds >= (ROUNDS if supported else ROUNDS - 1) or critique is None or not critique.counterexamples:
        return Plan(question="Is anything still worth measuring?", alive=alive, finish=True)
    low, high = bounds(brief)
    broken = tuple(c.input for c in critique.counterexamples if isinstance(c.input, float))
    around = min(-(-queries // 2), 4 * len(broken) + 4)
    return Plan(
        question=f"What explains the {len(broken)} inputs where {critique.hypothesis} failed?",
        measurements=fitting(
            queries,
            Measurement(
                design="refine",
                queries=around,
                inputs=broken,
                low=low,
                high=high,
                why="look around the inputs where the leading hypothesis failed",
            ),
            Measurement(
                design="rivals",
                queries=queries // 3,
                low=low,
                high=high,
                why="tell what is left alive apart, pin down edges",
            ),
        ),
        alive=alive,
    )


def worth_keeping(hypotheses: tuple[Hypothesis, ...]) -> tuple[Hypothesis, ...]:
    """Whatever is not refuted and is not hopelessly behind; at least one."""
    standing = [h for h in hypotheses if h.standing is not Standing.REFUTED]
    return tuple(h for h in standing if h.support > 1e-6) or tuple(standing[:1])
