"""A language model that reads for a judge: an AutoGen agent, asked one question at a time, each call recorded."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeVar

from functions.brief import Record
from judges.reader.asking import Question, prompts_version
from orchestrator.budget import Budget
from orchestrator.events import Event, Graded, JudgeCall, ModelCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.desk import Desk, Log
from orchestrator.models.exchange import Line
from orchestrator.models.provider import Patience, Provider
from orchestrator.models.structured import NoAnswer, ask_for
from orchestrator.team.consultation import consult

T = TypeVar("T", bound=Record)

UNBOUNDED = Budget(calls=1_000_000, tokens=10**12)
"""Judges ask a fixed number of questions, so nothing else bounds them."""

SECONDS = 3600.0
"""The longest that a question may be tried, however often a provider asks for patience."""


class JudgeLog:
    """The calls of one judge's reader within a log: those of the grading under way."""

    def __init__(self, log: Log, judge: str, turn: int) -> None:
        self._log, self._judge, self._turn = log, judge, turn

    @property
    def events(self) -> Iterator[Event]:
        """The calls since the last grade."""
        events = list(self._log.events)
        last = max((n for n, event in enumerate(events) if isinstance(event, Graded)), default=-1)
        calls = (event.call for event in events[last + 1 :] if isinstance(event, JudgeCall))
        return (call for call in calls if call.turn == self._turn)

    def append(self, event: Event) -> None:
        """Record a call."""
        if not isinstance(event, ModelCall):
            raise TypeError(f"A reader makes calls, and no {type(event).__name__}.")
        self._log.append(JudgeCall(judge=self._judge, call=event))


class RecordedReader:
    """A `judges.reader.asking.Reader`. Used outside of an event loop, it brings its own; close it."""

    def __init__(
        self,
        model: ModelChoice,
        run: str,
        log: JudgeLog,
        turn: int,
        open_provider: Callable[[ModelChoice], Provider],
        patience: Patience,
    ) -> None:
        self._model = model
        self._desk = Desk(run, UNBOUNDED, log, open_provider, patience)
        self._desk.begin_turn(turn, "judge", lambda: SECONDS)
        self._loop = asyncio.Runner()

    @property
    def model(self) -> str:
        """As a person writes it."""
        return self._model.label

    def answer(self, question: Question, form: type[T]) -> T | None:
        """See `Reader`. Raises `Rejected`, `ProviderFailure` and `ModelUnavailable`."""
        return self._loop.run(self._answer(question, form))

    def close(self) -> None:
        """Close the client and its loop."""
        self._loop.run(self._desk.close())
        self._loop.close()

    async def _answer(self, question: Question, form: type[T]) -> T | None:
        async def think(asked: str) -> T:
            lines = (Line(by="system", text=question.system), Line(by="user", text=asked))
            return await ask_for(self._desk, self._model, lines, form, prompts_version())

        try:
            return await consult(question.user, form, think)
        except NoAnswer:
            return None
