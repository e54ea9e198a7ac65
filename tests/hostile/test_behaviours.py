"""Each hostile behaviour against each engine that promises to contain it."""

# ruff: noqa: ARG002 - fakes fill Protocols whole

from collections.abc import Iterator, Sequence

import pytest

from sandbox.check import Attempts, Verdict
from sandbox.check.candidates import CandidateBehaviour
from sandbox.client import (
    Answer,
    CandidateRunner,
    Engine,
    ExperimentResult,
    Isolation,
    Limits,
    OracleJob,
    QueryLog,
    Sandbox,
    Status,
)
from sandbox.policy import Promise
from tests.hostile.behaviours import BEHAVIOURS, CANDIDATES, Behaviour
from tests.orchestrator.fakes import Closes


@pytest.fixture(scope="module")
def attempts(engine: Engine) -> Iterator[Attempts]:
    """Behaviours follow each other in one sandbox, as in an audit."""
    attempting = Attempts(engine)
    yield attempting
    attempting.close()


def named(behaviour: Behaviour | CandidateBehaviour) -> str:
    """The outcome is the test's name."""
    return behaviour.name


def contained(verdict: Verdict) -> None:
    """What is not promised is skipped, so that the summary says it."""
    if verdict.contained is None:
        pytest.skip(f"not promised: {verdict.promise}")
    assert verdict.contained, verdict.happened


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=named)
def test_hostile_experiments_are_contained(attempts: Attempts, behaviour: Behaviour) -> None:
    """Nothing leaks, it ends as it may, it leaves nothing, and the next experiment runs as if nothing had been."""
    contained(attempts.experiment(behaviour))


@pytest.mark.parametrize("behaviour", CANDIDATES, ids=named)
def test_hostile_candidates_are_contained(attempts: Attempts, behaviour: CandidateBehaviour) -> None:
    """Each input gets its own answer, whatever the code does for another."""
    contained(attempts.candidate(behaviour))


def test_there_are_a_hundred_behaviours_with_names_of_their_own() -> None:
    """The table is what the threat model and `inquest sandbox check` count."""
    names = [behaviour.name for behaviour in (*BEHAVIOURS, *CANDIDATES)]
    assert len(names) >= 100
    assert len(set(names)) == len(names)


class Leaky(Closes):
    """An engine that promises everything and contains nothing."""

    isolation = Isolation(engine="leaky", runtime="none", promises=tuple(Promise))
    remaining, submitted = 50, None

    def open(self, job: OracleJob, limits: Limits, log: QueryLog, label: str) -> Sandbox:
        return self

    def open_candidate(self, limits: Limits, label: str) -> CandidateRunner:
        return self

    def reap(self) -> int:
        return 0

    def run(self, code: str) -> ExperimentResult:
        return ExperimentResult(status=Status.OK, stdout="LEAKED everything\n")

    def evaluate(self, code: str, inputs: Sequence[float | str]) -> tuple[Answer, ...]:
        return tuple(Answer(value=42.0) for _ in inputs)


def test_an_attack_that_succeeds_is_a_broken_promise() -> None:
    """A check that cannot fail shows nothing: where nothing is contained, every verdict says so."""
    verdicts = list(Attempts(Leaky()).every())
    assert len(verdicts) == len(BEHAVIOURS) + len(CANDIDATES)
    assert not any(verdict.contained for verdict in verdicts)
    assert "leaked: LEAKED everything" in verdicts[0].happened
