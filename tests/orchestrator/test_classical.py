"""The classical team does what its names say: plans under a budget, experiments in the lab, attacks."""

import asyncio
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from functions.brief import Brief, Category, Interval
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical import classical_role
from orchestrator.roles.classical.beliefs import nothing_new
from orchestrator.roles.classical.findings import Found, UnusableReportError, read
from orchestrator.roles.classical.planner import first_plan
from orchestrator.roles.classical.scripts import VOLLEY
from orchestrator.roles.messages import Critique, Evidence, Plan, RoleName, Standing
from sandbox.client import ExperimentResult, Status
from sandbox.toolkit.falsify import attacks
from tests.orchestrator.classical_lab import FakeLab
from tests.orchestrator.lab_here import investigate

Array = NDArray[np.float64]
HALF = 16.0


def corrupted_sine(x: Array, asked: NDArray[np.int64]) -> Array:
    """A sine that is constant between 3.25 and 6.5; without noise."""
    return np.where((x >= 3.25) & (x <= 6.5), 9.0, 2 * np.sin(0.62 * x + 1) + 0.5)


def noisy_line(x: Array, asked: NDArray[np.int64]) -> Array:
    """A line with noise that depends on input and repetition alone."""
    seeds = (np.abs(x) * 1e6).astype(np.int64) * 31 + asked * 7919
    return 0.5 * x + 3 + np.array([0.2 * np.random.default_rng(int(s)).normal() for s in seeds])


@cache
def audited(answer: object, budget: int = 100) -> tuple[Transcript, FakeLab]:
    lab = FakeLab(answer, HALF, budget)  # type: ignore[arg-type]
    return asyncio.run(investigate(lab)), lab


@pytest.mark.parametrize("budget", [1, 2, 5, 10, 30, 100, 300])
def test_any_budget_gives_the_best_so_far(budget: int) -> None:
    """From one query to three hundred: never more than allowed, and always code and a description."""
    transcript, lab = audited(corrupted_sine, budget)
    assert len(lab.x) <= budget
    evidence = transcript.evidence
    assert evidence is not None
    assert evidence.interpretation.description
    assert "def function(x)" in evidence.interpretation.code


def test_a_corrupted_sine_is_explained_and_accepted() -> None:
    """The team names family, parameters, region and silence, and its critic cannot break that."""
    transcript, _ = audited(corrupted_sine)
    evidence, critique = transcript.evidence, transcript.critique
    assert evidence is not None
    assert critique is not None
    assert critique.verdict == "accept"
    said = evidence.interpretation
    assert "sine wave in x with amplitude 2, frequency 0.62" in said.description
    assert "instead returns a constant with value 9" in said.description
    (region,) = said.regions
    assert region.where.low == pytest.approx(3.25, abs=0.1)
    assert region.where.high == pytest.approx(6.5, abs=0.1)
    assert said.noise is not None
    assert said.noise.scale == 0


def test_what_is_believed_is_claimed_too() -> None:
    """Families and parameters of base and region are in the structured claims, and so is that there is no noise."""
    evidence = audited(corrupted_sine)[0].evidence
    assert evidence is not None
    claimed = evidence.interpretation.claims
    numbers = {(c.about, c.name): c.value for c in claimed if c.kind == "parameter"}
    assert numbers["base", "amplitude"] == pytest.approx(2)
    assert numbers["base", "frequency"] == pytest.approx(0.62)
    assert numbers["region", "value"] == pytest.approx(9)
    assert {(c.kind, c.about, c.name) for c in claimed} >= {("family", "base", "sine"), ("absent", "noise", None)}


def test_noise_is_reported_with_its_size() -> None:
    """A noisy line is still a line."""
    transcript, _ = audited(noisy_line)
    evidence = transcript.evidence
    assert evidence is not None
    assert "linear function" in evidence.interpretation.description
    assert evidence.interpretation.noise is not None
    assert 0.1 < evidence.interpretation.noise.scale < 0.5


def test_the_same_function_gives_the_same_audit() -> None:
    """Roles keep no state and read no clock: two audits say the same, word for word, query for query."""
    (one, first), (two, second) = audited(noisy_line), audited.__wrapped__(noisy_line)
    assert one == two
    assert first.x == second.x
    assert first.scripts == second.scripts


def test_roles_speak_in_their_own_kind() -> None:
    """A planner plans, an experimenter gives evidence, a critic criticises."""
    transcript, _ = audited(corrupted_sine)
    for turn in transcript.turns:
        expected = {RoleName.PLANNER: Plan, RoleName.EXPERIMENTER: Evidence, RoleName.CRITIC: Critique}[turn.role]
        assert isinstance(turn.message, expected)


@pytest.mark.parametrize("queries", [1, 3, 10, 100, 300])
def test_a_first_plan_fits_the_budget_and_leaves_the_critic_some(queries: int) -> None:
    """Never more than there is; from ten queries on, the critic has some left."""
    brief = Brief(category=Category.NUMERIC, input_type="float", domain=Interval(low=-8, high=8), query_budget=queries)
    planned = sum(m.queries for m in first_plan(brief, queries).measurements)
    assert 0 < planned <= queries
    if queries >= 10:
        assert planned <= 0.9 * queries


def test_a_refuted_hypothesis_is_marked_and_its_id_is_not_used_again() -> None:
    """When the critic breaks H1, the next evidence says so, and the mended explanation has another id."""
    lab = FakeLab(corrupted_sine, HALF, 100)
    planner, experimenter = classical_role(RoleName.PLANNER), classical_role(RoleName.EXPERIMENTER)

    async def story() -> Evidence:
        transcript = Transcript()
        transcript = transcript.then(RoleName.PLANNER, await planner.take_turn(transcript, lab))
        transcript = transcript.then(RoleName.EXPERIMENTER, await experimenter.take_turn(transcript, lab))
        broken = Critique.model_validate(
            {
                "hypothesis": "H1",
                "verdict": "revise",
                "counterexamples": [{"input": 1.0, "expected": 2.0, "observed": 5.0, "tolerance": 0.1}],
            }
        )
        transcript = transcript.then(RoleName.CRITIC, broken)
        transcript = transcript.then(RoleName.PLANNER, await planner.take_turn(transcript, lab))
        evidence = await experimenter.take_turn(transcript, lab)
        assert isinstance(evidence, Evidence)
        return evidence

    evidence = asyncio.run(story())
    (fallen,) = [h for h in evidence.hypotheses if h.id == "H1"]
    assert fallen.standing is Standing.REFUTED
    assert fallen.refuted_by[0].input == 1.0
    assert evidence.hypotheses[0].id != "H1"
    assert len({h.id for h in evidence.hypotheses}) == len(evidence.hypotheses)


def test_the_critic_breaks_a_wrong_hypothesis() -> None:
    """Evidence that overlooks the irregular region is sent back with counterexamples."""
    evidence = audited(corrupted_sine)[0].evidence
    assert evidence is not None
    wrong = evidence.model_copy(
        update={
            "interpretation": evidence.interpretation.model_copy(
                update={"code": "import math\n\n\ndef function(x):\n    return 2 * math.sin(0.5 * x)\n"}
            )
        }
    )
    critic = classical_role(RoleName.CRITIC)
    fresh = FakeLab(corrupted_sine, HALF, 20)
    fresh.query(np.linspace(-15, 15, 9))
    critique = asyncio.run(critic.take_turn(Transcript().then(RoleName.EXPERIMENTER, wrong), fresh))
    assert isinstance(critique, Critique)
    assert critique.verdict == "revise"
    assert critique.counterexamples
    assert critique.hypothesis == evidence.hypotheses[0].id


def test_the_critic_spends_no_query_on_what_is_broken() -> None:
    """Attacks end with the volley that broke the hypothesis; one that stands is attacked with most of what is left."""
    evidence = audited(corrupted_sine)[0].evidence
    assert evidence is not None
    wrong = evidence.interpretation.model_copy(update={"code": "def function(x):\n    return 100.0\n"})
    asked = []
    for interpretation in (wrong, evidence.interpretation):
        lab = FakeLab(corrupted_sine, HALF, 40)
        lab.query(np.linspace(-15, 15, 10))
        said = Transcript().then(RoleName.EXPERIMENTER, evidence.model_copy(update={"interpretation": interpretation}))
        asyncio.run(classical_role(RoleName.CRITIC).take_turn(said, lab))
        asked.append(len(lab.x) - 10)
    assert asked[0] == VOLLEY
    assert asked[1] >= 0.8 * 30


def test_attacks_leave_no_stretch_out_and_go_far_beyond_the_domain() -> None:
    """They look into the least sampled stretch and past both ends, never again at what closer samples have shown."""
    x = np.concatenate([np.linspace(-10, 0, 40), [0.001, 10.0]])
    planned = attacks(np.sign, x, -10.0, 10.0, 20)
    assert len(planned) == 20
    inputs = np.array([attack.input for attack in planned])
    assert np.any(np.abs(inputs - 5) < 0.01)
    assert inputs.min() < -20
    assert inputs.max() > 20
    assert not np.any(np.abs(inputs - 0.0005) < 1e-4)


@pytest.mark.parametrize(
    ("status", "stdout", "words"),
    [
        (Status.OK, "", "no report"),
        (Status.OK, "hello", "not the report expected"),
        (Status.OK, '{"description": 3}', "not the report expected"),
        (Status.OK, "[" * 5000, "not the report expected"),
        (Status.TIMEOUT, "{}", "timeout"),
        (Status.ERROR, "", "boom"),
    ],
)
def test_a_wrong_or_missing_report_is_said_to_be_unusable(status: Status, stdout: str, words: str) -> None:
    """Whatever an experiment leaves behind, reading it ends in a report or in words that say why not."""
    with pytest.raises(UnusableReportError, match=words):
        read(ExperimentResult(status=status, stdout=stdout, stderr="Traceback\nboom"), Found)


class DeadLab(FakeLab):
    """A lab whose experiments are all lost."""

    async def run(self, code: str, *, purpose: str) -> ExperimentResult:  # noqa: ARG002 - the Protocol's
        return ExperimentResult(status=Status.LOST)


def test_an_experiment_that_is_lost_becomes_evidence_that_says_so() -> None:
    """The experimenter does not raise; it says that there is nothing new, and why."""
    lab = DeadLab(corrupted_sine, HALF, 50)
    experimenter = classical_role(RoleName.EXPERIMENTER)
    plan = first_plan(lab.brief, 50)
    evidence = asyncio.run(experimenter.take_turn(Transcript().then(RoleName.PLANNER, plan), lab))
    assert isinstance(evidence, Evidence)
    assert "lost" in evidence.summary
    assert not evidence.hypotheses


def test_nothing_new_keeps_what_was_believed() -> None:
    """A failed experiment takes no interpretation away."""
    transcript, _ = audited(noisy_line)
    before = transcript.evidence
    assert before is not None
    after = nothing_new(transcript, "the lab died")
    assert after.interpretation == before.interpretation
    assert [h.id for h in after.hypotheses] == [h.id for h in before.hypotheses]


def test_scripts_are_self_contained_and_say_what_they_are_for() -> None:
    """Each begins with a docstring, imports what it uses and ends in a report."""
    _, lab = audited(corrupted_sine)
    assert 3 <= len(lab.scripts) <= 9
    for script in lab.scripts:
        assert script.startswith('"""')
        assert "from lab import observations, oracle, report" in script
        assert script.rstrip().splitlines()[-1].startswith("report(")
