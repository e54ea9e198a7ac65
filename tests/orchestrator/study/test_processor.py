"""Processor time goes to what it was spent on."""

from judges.grade import Outcome
from orchestrator.events import Event, Graded, Said, TurnStarted
from orchestrator.roles.messages import Plan, RoleName
from orchestrator.study.processor import HostCpu, ProcessorClock


def test_time_belongs_to_what_the_next_event_ends() -> None:
    """Turns to the agents, up to a grade to the judges, all else to ourselves; every event is passed on."""
    times = iter([10.0, 11.0, 13.0, 16.0, 20.0])
    heard: list[Event] = []
    clock = ProcessorClock(heard.append, lambda: next(times))
    events: list[Event] = [
        TurnStarted(turn=0, role=RoleName.PLANNER, remaining=9),
        Said(turn=0, role=RoleName.PLANNER, message=Plan(question="?", measurements=())),
        Graded(outcome=Outcome.GRADED),
    ]
    for event in events:
        clock.heard(event)

    assert heard == events
    assert clock.read() == HostCpu(agents=2.0, grading=3.0, rest=5.0)
