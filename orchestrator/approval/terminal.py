"""Approval by a person at the terminal. What agents wrote is shown so that it cannot pass for anything else.

Every line of it begins with a gutter and its number, is wrapped by us so that no part of it can begin a line, and has
its control, invisible and direction-changing characters spelled out. What was typed before the question is discarded.
"""

import os
import select
import shlex
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from orchestrator.approval import Subject, Verdict

SLICE_S = 0.2
"""How often a wait looks whether it was given up."""

QUESTION = "[a]pprove  [e]dit  [r]efuse REASON  [g]uide TEXT  [s]top > "


class Screen(Protocol):
    """Where a person reads and types."""

    @property
    def width(self) -> int: ...

    def write(self, text: str) -> None: ...

    def read(self, seconds: float) -> str | None:
        """A line that was typed after this was called; None: none came in time."""
        ...

    def edit(self, text: str) -> str | None:
        """The text as an editor left it; None: unchanged, or given up."""
        ...

    def close(self) -> None:
        """A `read` under way returns None."""
        ...


class TerminalApprover:
    """Asks on a screen, for `seconds` at most; then nothing is run. `pause` holds back whatever else draws there."""

    name = "terminal"

    def __init__(
        self, screen: Screen, seconds: float, pause: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> None:
        self._screen, self._seconds, self._pause = screen, seconds, pause

    def decide(self, subject: Subject) -> Verdict:
        """Show it, and ask until there is a verdict."""
        with self._pause():
            for line in shown(subject, self._screen.width):
                self._screen.write(line + "\n")
            return self._ask(subject)

    def close(self) -> None:
        """Give up a question that waits."""
        self._screen.close()

    def _ask(self, subject: Subject) -> Verdict:
        deadline, guidance = time.monotonic() + self._seconds, list[str]()
        while True:
            self._screen.write(QUESTION)
            typed = self._screen.read(deadline - time.monotonic())
            if typed is None:
                self._screen.write("\nNobody decided in time: it is not run.\n")
                return Verdict(verdict="timeout", guidance=" ".join(guidance))
            word, _, rest = typed.strip().partition(" ")
            match word:
                case "a":
                    return Verdict(verdict="approve", guidance=" ".join(guidance))
                case "s":
                    return Verdict(verdict="stop", guidance=" ".join(guidance))
                case "r":
                    return Verdict(verdict="refuse", reason=rest.strip(), guidance=" ".join(guidance))
                case "g" if rest.strip():
                    guidance.append(rest.strip())
                    self._screen.write("The team will be told before its next turn. And this?\n")
                case "e" if subject.what == "code":
                    edited = self._screen.edit(subject.text)
                    if edited is not None:
                        return Verdict(verdict="edit", code=edited, guidance=" ".join(guidance))
                    self._screen.write("Nothing was changed.\n")
                case _:
                    self._screen.write("One letter, please, and for r and g some words. Only code can be edited.\n")


def shown(subject: Subject, width: int) -> Iterator[str]:
    """The screen before the question, line by line. Every line that an agent wrote begins with the gutter."""
    rule = "=" * min(width, 78)
    action = {"code": "wants to run this code", "plan": "has this plan", "final": "wants to hand in this"}[subject.what]
    yield rule
    yield f"The {subject.role.value} {action}. All that stands right of a | was written by it:"
    yield from _guttered("why", subject.title, width)
    for number, line in enumerate(subject.text.split("\n"), start=1):
        yield from _guttered(str(number), line, width)
    yield rule


def spelled(text: str) -> str:
    """The text with everything that cannot be seen spelled out, as Python would write it."""
    return "".join(
        "    " if c == "\t" else c if c.isprintable() and not unicodedata.combining(c) else _escape(c) for c in text
    )


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode()


def _guttered(name: str, text: str, width: int) -> Iterator[str]:
    room = max(20, width - 9)
    visible = spelled(text) if "\n" not in text else spelled(" / ".join(text.split("\n")))
    cells = [visible[i : i + room // 2] for i in range(0, len(visible), room // 2)] if _wide(visible) else None
    pieces = cells or [visible[i : i + room] for i in range(0, len(visible), room)] or [""]
    for number, piece in enumerate(pieces):
        yield f"{name if number == 0 else '':>5} | {piece}"


def _wide(text: str) -> bool:
    return any(unicodedata.east_asian_width(c) in "WF" for c in text)


class Terminal:
    """The controlling terminal's screen: questions on stderr, answers from stdin."""

    def __init__(self) -> None:
        self._closed = threading.Event()

    @staticmethod
    def is_there() -> bool:
        """Is there a person who could answer?"""
        return sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def width(self) -> int:
        """Columns."""
        return os.get_terminal_size(sys.stderr.fileno()).columns

    def write(self, text: str) -> None:
        """Show text as it is: spelled out by who calls."""
        sys.stderr.write(text)
        sys.stderr.flush()

    def read(self, seconds: float) -> str | None:
        """A line typed from now on; None: none in time, the end of the input, or closed."""
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)  # keys pressed before the question answer nothing
        deadline = time.monotonic() + seconds
        while not self._closed.is_set() and time.monotonic() < deadline:
            if select.select([sys.stdin], [], [], SLICE_S)[0]:
                return sys.stdin.readline() or None
        return None

    def edit(self, text: str) -> str | None:
        """Open the user's editor on a file of its own."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "experiment.py"
            path.write_text(text, errors="surrogatepass")
            done = subprocess.run([*shlex.split(os.environ.get("EDITOR", "vi")), path], check=False)
            edited = path.read_text(errors="replace")
        return edited if done.returncode == 0 and edited != text else None

    def close(self) -> None:
        """Give up waiting."""
        self._closed.set()
