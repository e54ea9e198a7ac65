"""Each hostile behaviour against each engine that promises to contain it."""

from collections.abc import Iterator

import pytest

from sandbox.check import Attempts, Verdict
from sandbox.client import Engine
from tests.hostile.behaviours import BEHAVIOURS, CANDIDATES, Behaviour, CandidateBehaviour


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
