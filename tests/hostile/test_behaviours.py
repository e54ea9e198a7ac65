"""Each hostile behaviour against each engine that promises to contain it."""

from collections.abc import Iterator

import pytest

from sandbox.client import Engine, Limits, Sandbox, Status
from tests.hostile.behaviours import BEHAVIOURS, CANDIDATES, LEAK, Behaviour, CandidateBehaviour
from tests.sandbox.jobs import MemoryLog, line_job

LIMITS = Limits(experiment_s=3, memory_mb=256, processes=48, output_bytes=4000)


@pytest.fixture(scope="module")
def shared(engine: Engine) -> Iterator[Sandbox]:
    """One sandbox for all that does not use up its budget: hostile experiments follow each other as in an audit."""
    with engine.open(line_job(budget=100_000), LIMITS, MemoryLog(), "hostile") as box:
        yield box


def named(behaviour: Behaviour | CandidateBehaviour) -> str:
    """The outcome is the test's name."""
    return behaviour.name


@pytest.mark.parametrize("behaviour", [b for b in BEHAVIOURS if "remaining" not in b.script], ids=named)
def test_hostile_experiments_are_contained(engine: Engine, shared: Sandbox, behaviour: Behaviour) -> None:
    """Nothing leaks, it ends as it may, and the next experiment runs as if nothing had been."""
    contain(engine, shared, behaviour)


@pytest.mark.parametrize("behaviour", [b for b in BEHAVIOURS if "remaining" in b.script], ids=named)
def test_cheats_on_the_budget_are_contained(engine: Engine, behaviour: Behaviour) -> None:
    """The same with a budget of its own, small enough to be used up."""
    log = MemoryLog()
    with engine.open(line_job(budget=50), LIMITS, log, "hostile") as box:
        contain(engine, box, behaviour)
        assert sum(record.new for record in log) == 50 - box.remaining


def contain(engine: Engine, box: Sandbox, behaviour: Behaviour) -> None:
    """Run one behaviour, where the engine promises anything about it, and an ordinary experiment after it."""
    if behaviour.promise not in engine.isolation.promises:
        pytest.skip(f"not promised: {behaviour.promise}")
    result = box.run(behaviour.script)
    assert LEAK not in result.stdout + result.stderr, result
    assert result.status in behaviour.ends, result
    assert behaviour.prints in result.stdout, result
    after = box.run("import os, json\nfrom lab import oracle\nprint(json.dumps([oracle.remaining, os.listdir('.')]))")
    assert after.status is Status.OK, after
    assert after.stdout == f"[{box.remaining}, []]\n"


@pytest.mark.parametrize("behaviour", CANDIDATES, ids=named)
def test_hostile_candidates_are_contained(engine: Engine, behaviour: CandidateBehaviour) -> None:
    """Each input gets its own answer, whatever the code does for another."""
    if behaviour.promise not in engine.isolation.promises:
        pytest.skip(f"not promised: {behaviour.promise}")
    with engine.open_candidate(LIMITS, "hostile") as runner:
        answers = runner.evaluate(behaviour.code, [1.0, 2.0, 3.0])
    assert tuple(answer.value for answer in answers) == behaviour.values
    assert [answer.error is None for answer in answers] == [value is not None for value in behaviour.values]
