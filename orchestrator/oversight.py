"""Who is asked before what counts, and where a replay takes decisions and answers from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from functions.errors import BadInput
from orchestrator.approval import Approver, Overseer, What
from orchestrator.eventlog import EventLog
from orchestrator.events import Decided, Event
from orchestrator.rundir import RunDirectory


@dataclass(frozen=True)
class Oversight:
    """Who is asked before what counts. In a replay, what was decided in the recorded audit is decided again."""

    approve: tuple[What, ...]
    approver: Approver | None
    replay: Path | None

    def of_attempt(self, number: int) -> "Oversight":
        """The same for one attempt, which hands nothing in."""
        below = self.replay and RunDirectory(self.replay).attempt_path(number)
        return replace(self, approve=tuple(what for what in self.approve if what != "final"), replay=below)

    def overseer(self, log: EventLog, recorded: Sequence[Event]) -> Overseer | None:
        """None where nobody is to be asked, and nobody was."""
        decided = [event for event in (*recorded, *log.events) if isinstance(event, Decided)]
        if self.approve and self.approver is None:
            raise BadInput("There is nobody to ask for approval.")
        if not self.approve and not decided:
            return None
        return Overseer(self.approve, self.approver, log.append, decided)


def recorded_in(replay: Path | None) -> tuple[Event, ...]:
    """The events of the run that is to be replayed. Raises `BadInput` for what is no run."""
    if replay is None:
        return ()
    if not RunDirectory(replay).exists:
        raise BadInput(f"{replay} holds no audit.json: it is no run that could be replayed.")
    return tuple(entry.event for entry in RunDirectory(replay).entries())
