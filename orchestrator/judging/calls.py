"""Where judges' calls are kept when there is no run: a file of one call a line, or nothing but memory."""

from collections.abc import Iterator
from pathlib import Path
from time import time
from types import TracebackType
from typing import IO, Self

from functions.errors import BadInput
from orchestrator.events import Event, JudgeCall
from orchestrator.result import figures_of_calls


class CallFile:
    """A log of calls. A file that is there already is refused: what was paid for is not overwritten."""

    def __init__(self, path: Path | None) -> None:
        self.name = f"{int(time() * 1e6):x}"
        self._path = path
        self._file: IO[str] | None = None
        self._calls: list[JudgeCall] = []

    @property
    def events(self) -> Iterator[Event]:
        """Nothing that was asked is served again: the same question is asked anew for each vote and text."""
        return iter(())

    @property
    def figures(self) -> dict[str, float]:
        """What all calls used."""
        return figures_of_calls([event.call for event in self._calls])

    def append(self, event: Event) -> None:
        """Record a call."""
        if isinstance(event, JudgeCall):
            self._calls.append(event)
            if self._file is not None:
                self._file.write(event.model_dump_json() + "\n")
                self._file.flush()

    def __enter__(self) -> Self:
        if self._path is not None:
            try:
                self._file = self._path.open("x", encoding="utf-8")
            except OSError as error:
                raise BadInput(f"Calls cannot be recorded in {self._path}: {error.strerror}.") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
