"""Replaying an audit offline: recorded replies take the place of providers, and a difference is an error, loudly."""

from collections.abc import Iterable
from itertools import zip_longest

from orchestrator.events import Event, ModelCall, Said
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line, Rejected, ReplayDiffers, Reply, Request
from orchestrator.models.provider import Provider


class Cassette:
    """The calls of a recorded audit, served in their order. `take` is an `open_provider`."""

    def __init__(self, events: Iterable[Event], done: int = 0) -> None:
        """`done` calls are in the new run's own log already, and are served from there."""
        self._calls = [event for event in events if isinstance(event, ModelCall)]
        self._next = done

    def take(self, _: ModelChoice) -> Provider:
        """A provider that answers as recorded, for whichever model."""
        return _Recorded(self)

    def play(self, request: Request) -> ModelCall:
        """The next recorded call. Raises `ReplayDiffers` where it was another, or none."""
        if self._next >= len(self._calls):
            raise ReplayDiffers(f"The replay asks a call more than the {len(self._calls)} that are recorded.")
        call = self._calls[self._next]
        if call.request.key != request.key:
            where = f"call {call.index + 1} of turn {call.turn + 1} ({call.role})"
            raise ReplayDiffers(f"The replay differs from the record at {where}: {_difference(call.request, request)}.")
        self._next += 1
        return call


def check_same(recorded: Iterable[Event], replayed: Iterable[Event]) -> None:
    """Raises `ReplayDiffers` naming the first message that differs, or is missing on either side."""
    before, after = (tuple(e for e in events if isinstance(e, Said)) for events in (recorded, replayed))
    for number, pair in enumerate(zip_longest(before, after), start=1):
        if pair[0] != pair[1]:
            role = (pair[0] or pair[1]).role
            raise ReplayDiffers(f"The replay differs from the record in what is said in turn {number} ({role}).")


class _Recorded:
    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette

    async def complete(self, request: Request, identity: str, seconds: float) -> Reply:  # noqa: ARG002 - a Provider
        call = self._cassette.play(request)
        if call.reply is None:
            raise Rejected(call.rejection)
        return call.reply

    async def close(self) -> None: ...


def _difference(recorded: Request, asked: Request) -> str:
    """The first thing that differs, in words."""
    for name in ("model", "tools", "tool_choice", "format", "answer_schema"):
        if getattr(recorded, name) != getattr(asked, name):
            return f"its {name.replace('_', ' ')} is another"
    if len(recorded.lines) != len(asked.lines):
        return f"{len(asked.lines)} messages instead of {len(recorded.lines)}"
    number = next(n for n, pair in enumerate(zip(recorded.lines, asked.lines, strict=True)) if pair[0] != pair[1])
    return f"message {number + 1}, {_first_difference(recorded.lines[number], asked.lines[number])}"


def _first_difference(recorded: Line, asked: Line) -> str:
    if recorded.text == asked.text:
        return "its tool calls"
    at = next((n for n, (a, b) in enumerate(zip(recorded.text, asked.text, strict=False)) if a != b), None)
    at = min(len(recorded.text), len(asked.text)) if at is None else at
    return f"from character {at + 1}: {asked.text[at : at + 60]!r} instead of {recorded.text[at : at + 60]!r}"
