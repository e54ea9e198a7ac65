"""Where an audit stands: the fold of its events. Resuming is folding and going on.

Turns that have their message are whole. Experiments of the one turn that may have none are served from their events
when the turn is taken again. Everything else that a continued audit needs follows from these records.
"""

from collections.abc import Sequence

from pydantic import Field

from functions.brief import Interpretation, Record
from orchestrator.budget import Ending, Used
from orchestrator.events import AuditStarted, Ended, Entry, Experiment, Graded, Resumed, Said, Submitted, TurnStarted
from orchestrator.roles.base import Transcript, Turn
from orchestrator.roles.messages import RoleName
from sandbox.client import QueryRecord


class History(Record):
    """What the events say. `seconds` is the wall clock of all lives, the pauses between them left out."""

    transcript: Transcript = Transcript()
    remaining: int  # queries left after the last whole turn, as the team sees it
    experiments: int = 0  # in whole turns
    unfinished: tuple[Experiment, ...] = ()  # of the turn after the last whole one
    remaining_at_start: tuple[int, ...] = ()  # queries left when each whole turn began
    submitted: Interpretation | None = None  # by a submission, which has no transcript
    by_role: dict[RoleName, Used] = Field(default_factory=dict)  # in whole turns
    ended: Ended | None = None
    seconds: float = 0.0

    @property
    def turn(self) -> int:
        """The number of the turn that comes next."""
        return len(self.transcript.turns)

    @property
    def best(self) -> Interpretation:
        """What is handed in if the audit ends now: the latest evidence says; empty before there is any.

        Empty too where a person refused to hand it in.
        """
        if self.ended is not None and self.ended.reason is Ending.REFUSED:
            return Interpretation()
        if self.submitted is not None:
            return self.submitted
        evidence = self.transcript.evidence
        return evidence.interpretation if evidence else Interpretation()


def fold(entries: Sequence[Entry], query_budget: int) -> History:
    """Where an audit with these entries stands. An empty log is an audit that has not begun."""
    events = [entry.event for entry in entries]
    said = [e for e in events if isinstance(e, Said)]
    experiments = [e for e in events if isinstance(e, Experiment)]
    whole = [e for e in experiments if e.turn < len(said)]
    begun = {e.turn: e.remaining for e in events if isinstance(e, TurnStarted)}
    return History(
        transcript=Transcript(turns=tuple(Turn(role=e.role, message=e.message) for e in said)),
        remaining=whole[-1].remaining if whole else query_budget,
        experiments=len(whole),
        unfinished=tuple(e for e in experiments if e.turn == len(said)),
        remaining_at_start=tuple(begun.get(turn, query_budget) for turn in range(len(said))),
        submitted=next((e.interpretation for e in events if isinstance(e, Submitted)), None),
        by_role=_by_role(entries, whole),
        ended=next((e for e in events if isinstance(e, Ended)), None),
        seconds=_seconds(entries),
    )


def settled(entries: Sequence[Entry], batches: Sequence[QueryRecord]) -> tuple[list[QueryRecord], list[QueryRecord]]:
    """Split recorded batches: those of experiments with a recorded result, and those paid for by lost experiments."""
    done = [e.event for e in entries if isinstance(e.event, Experiment)]
    owned = {line for e in done for line in range(e.first_batch, min(e.end_batch, len(batches)))}
    mine = [b for line, b in enumerate(batches) if line in owned]
    return mine, [b for line, b in enumerate(batches) if line not in owned]


def _by_role(entries: Sequence[Entry], whole: Sequence[Experiment]) -> dict[RoleName, Used]:
    """What each role used in its whole turns. Seconds are those from the latest start of a turn to its message."""
    used, began = dict[RoleName, Used](), 0.0
    for entry in entries:
        match entry.event:
            case TurnStarted():
                began = entry.at
            case Said(role=role, turn=turn):
                mine, before = [e for e in whole if e.turn == turn], used.get(role, Used())
                used[role] = Used(
                    turns=before.turns + 1,
                    experiments=before.experiments + len(mine),
                    queries=before.queries + sum(e.result.queries_used for e in mine),
                    seconds=before.seconds + max(0.0, entry.at - began),
                )
    return used


def _seconds(entries: Sequence[Entry]) -> float:
    """Sum over lives of the time from a life's first entry to its last, up to the first grade."""
    total, begin, last = 0.0, 0.0, 0.0
    for entry in entries:
        if isinstance(entry.event, AuditStarted | Resumed):
            total, begin = total + last - begin, entry.at
        last = entry.at
        if isinstance(entry.event, Graded):
            break
    return max(0.0, total + last - begin)
