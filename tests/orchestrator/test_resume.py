"""An audit that is killed at any point and continued ends as if nothing had happened. Here: at every point there is."""

from pathlib import Path

import pytest

from orchestrator.audit import audit
from orchestrator.config import Team
from orchestrator.events import Event, Experiment, Said
from orchestrator.rundir import RunDirectory
from tests.orchestrator.fakes import Experimenter, FakeEngine, Killed, canonical, parts

EVENTS = 21
BATCHES = 6  # two rounds: two halves of the experimenter's points, two points of the critic


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FakeEngine]:
    """An audit that nobody killed."""
    engine = FakeEngine()
    return audit("fake", out=tmp_path_factory.mktemp("undisturbed"), parts=parts(engine)).run, engine


def bodies(run: Path) -> list[Event]:
    """What was said and found, clocks and restarts aside."""
    return [e.event for e in RunDirectory(run).entries() if isinstance(e.event, Said | Experiment)]


def test_the_kill_points_below_are_all_there_are(undisturbed: tuple[Path, FakeEngine]) -> None:
    """The numbers that the tests below count to."""
    assert len(RunDirectory(undisturbed[0]).entries()) == EVENTS
    assert len(RunDirectory(undisturbed[0]).queries()) == BATCHES


@pytest.mark.parametrize("lived", range(1, EVENTS + 1))
def test_killed_after_any_event_it_goes_on_to_the_same_end(
    tmp_path: Path, lived: int, undisturbed: tuple[Path, FakeEngine]
) -> None:
    """Same messages, same experiments, same files; nothing is run, asked or paid twice."""
    engine, left = FakeEngine(), lived

    def die_in_time(_: Event) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    with pytest.raises(Killed):
        audit("fake", out=tmp_path, watch=die_in_time, parts=parts(engine))
    result = audit("fake", out=tmp_path, parts=parts(engine))

    assert canonical(result.run) == canonical(undisturbed[0])
    assert bodies(result.run) == bodies(undisturbed[0])
    assert (engine.ran, engine.paid) == (undisturbed[1].ran, undisturbed[1].paid)


@pytest.mark.parametrize("lived", range(BATCHES))
def test_killed_after_any_answer_the_lost_experiment_is_run_again_free_of_charge(
    tmp_path: Path, lived: int, undisturbed: tuple[Path, FakeEngine]
) -> None:
    """An answer that was paid for and lost with its experiment is given again, equal, and costs nothing."""
    engine = FakeEngine(batches_to_live=lived)
    for _ in range(3):  # the second and third life die at once, while the lost experiment is run again
        with pytest.raises(Killed):
            audit("fake", out=tmp_path, parts=parts(engine))
    engine.batches_to_live = 1000
    result = audit("fake", out=tmp_path, parts=parts(engine))

    assert canonical(result.run) == canonical(undisturbed[0])
    assert engine.paid == undisturbed[1].paid
    assert result.figures["queries.used"] == len(engine.paid)
    assert [event for event in bodies(result.run) if isinstance(event, Said)] == [
        event for event in bodies(undisturbed[0]) if isinstance(event, Said)
    ]


def test_a_torn_last_line_is_kept_aside_and_its_event_happens_again(
    tmp_path: Path, undisturbed: tuple[Path, FakeEngine]
) -> None:
    """Half a line is never read as an event, never lost, and never stands in the way."""
    engine = FakeEngine(batches_to_live=4)
    with pytest.raises(Killed):
        audit("fake", out=tmp_path, parts=parts(engine))
    (run,) = tmp_path.iterdir()
    for name in ("events.jsonl", "queries.jsonl"):
        whole = (run / name).read_bytes()
        (run / name).write_bytes(whole[:-20])
    engine.batches_to_live = 1000
    result = audit("fake", out=tmp_path, parts=parts(engine))

    assert canonical(result.run) == canonical(undisturbed[0])
    assert len([path for path in run.iterdir() if ".torn-" in path.name]) == 2


def test_an_experiment_that_changed_is_run_and_what_it_leaves_unasked_stays_spent(tmp_path: Path) -> None:
    """A recorded result is served for its own code only, and no query is refunded."""
    engine = FakeEngine(batches_to_live=1)
    with pytest.raises(Killed):
        audit("fake", out=tmp_path, team=Team.parse("critic=none"), parts=parts(engine))
    engine.batches_to_live = 1000

    class Shifted(Experimenter):
        offset = 0.5

    result = audit("fake", out=tmp_path, team=Team.parse("critic=none"), parts=parts(engine, experimenter=Shifted()))

    assert result.figures["queries.used"] == 16
    assert RunDirectory(result.run).queries()[-1].inputs[-1] == 91.5
