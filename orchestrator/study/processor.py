"""What an audit's process spends its processor on: the time between two events belongs to what the second one ends."""

import os
from collections.abc import Callable

from pydantic import NonNegativeFloat

from functions.brief import Record
from orchestrator.events import Event, Experiment, Graded, Said


class HostCpu(Record):
    """Processor seconds of the process that audited, and of what it waited for.

    `agents`: turns, but for what ran in the lab; `grading`: the judges, but for the candidate's container; `rest`:
    opening sandboxes, writing files, the report.
    """

    agents: NonNegativeFloat = 0.0
    grading: NonNegativeFloat = 0.0
    rest: NonNegativeFloat = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return self.agents + self.grading + self.rest


class ProcessorClock:
    """Hears an audit's events as they are recorded, and passes them on to `watch`."""

    def __init__(self, watch: Callable[[Event], None], clock: Callable[[], float] | None = None) -> None:
        self._watch, self._clock = watch, clock or cpu_s
        self._last = self._clock()
        self._spent = {"agents": 0.0, "grading": 0.0, "rest": 0.0}

    def heard(self, event: Event) -> None:
        """Charge what was spent since the last event."""
        match event:
            case Said() | Experiment():
                self._charge("agents")
            case Graded():
                self._charge("grading")
            case _:
                self._charge("rest")
        self._watch(event)

    def read(self) -> HostCpu:
        """What was spent up to now."""
        self._charge("rest")
        return HostCpu.model_validate({name: round(seconds, 4) for name, seconds in self._spent.items()})

    def _charge(self, what: str) -> None:
        now = self._clock()
        self._spent[what] += max(0.0, now - self._last)
        self._last = now


def cpu_s() -> float:
    """Processor seconds of this process so far, and of the children it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
