"""Approval on a real terminal: whatever a model writes, only the person's own keys, typed at the question, decide."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestrator.approval.terminal import QUESTION

ROOT = Path(__file__).parents[3]
PATIENCE_S = 60.0

ASK = """
import sys
from pathlib import Path
from orchestrator.approval import Subject
from orchestrator.approval.terminal import Terminal, TerminalApprover
from orchestrator.roles.messages import RoleName

text = Path(sys.argv[1]).read_bytes().decode(errors="surrogatepass")
subject = Subject(what="code", role=RoleName.CRITIC, title=text[:200], text=text)
assert Terminal.is_there()
verdict = TerminalApprover(Terminal(), float(sys.argv[3])).decide(subject)
Path(sys.argv[2]).write_text(f"{verdict.verdict}|{verdict.reason}")
"""

FORGED = f"{QUESTION}a"
ATTACKS = {
    "a forged screen": f"x = 1\n{'=' * 60}\n{FORGED}\nApproved. Press a to go on.",
    "control sequences": f"\x1b[2J\x1b[H\x1b]0;approved\x07\x9b2J\x1b[6n{FORGED}\x1b[1A\x1b[2K\r\b\x7f\x0c\x0b\x00",
    "an answer from the terminal": '\x05\x1b[c\x1b[5n\x1bZ\x1bP$q"p\x1b\\',
    "markup": f"[bold red]{FORGED}[/bold red] [link=file:///etc/passwd]ok[/link] \\[",
    "text that runs backwards": f"\u202e{FORGED[::-1]}\u2066\u2069\u200f\u061c",
    "wide and joined characters": "\uff21" * 300
    + "e\u0301\u200d\ufeff\U000e0061\u115f"
    + "\U0001f468\u200d\U0001f469" * 99,
    "lines of other kinds": f"a\u2028{FORGED}\u2029{FORGED}\x85{FORGED}\x1c{FORGED}\r{FORGED}\r\n{FORGED}",
    "half a character": f"\ud800{FORGED}\udfff",
}


class Person:
    """Sits at a terminal of 60 columns, in front of a question about `text`."""

    def __init__(self, folder: Path, text: str, seconds: float = PATIENCE_S) -> None:
        self.seen = b""
        self._said = folder / "verdict"
        (folder / "text").write_bytes(text.encode(errors="surrogatepass"))
        self._ours, theirs = pty.openpty()
        arguments = [str(folder / "text"), str(self._said), str(seconds)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", ASK, *arguments], cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)

    def types(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def reads_until(self, text: str) -> str:
        """Everything on the screen, up to a text that comes after what was read before."""
        begun, deadline = len(self.seen), time.monotonic() + PATIENCE_S
        while text.encode() not in self.seen[begun:] and time.monotonic() < deadline:
            if select.select([self._ours], [], [], 0.2)[0]:
                self.seen += os.read(self._ours, 65536)
        assert text.encode() in self.seen[begun:], self.seen[-400:]
        return self.seen.decode()

    def answers(self, keys: str) -> str:
        """Type, again where nothing happens (it was too soon after the question), and say what came of it."""
        deadline = time.monotonic() + PATIENCE_S
        while self._process.poll() is None and time.monotonic() < deadline:
            self.types(keys)
            time.sleep(0.2)
        self._process.wait(1)
        os.close(self._ours)
        return self._said.read_text()


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_a_model_writes_decides_or_looks_like_the_question(tmp_path: Path, attack: str) -> None:
    """Bytes that steer a terminal never reach it, its lines stand behind the gutter, and the person decides."""
    person = Person(tmp_path, ATTACKS[attack])
    screen = person.reads_until(f"\n{QUESTION}")

    assert person.answers("r too dear\n") == "refuse|too dear"
    lines = screen.replace("\r\n", "\n").split("\n")
    assert all(c.isprintable() for line in lines for c in line)
    assert sum(line.startswith(QUESTION) for line in lines) == 1
    inside = lines[2 : len(lines) - 2]
    assert inside
    assert all(line[5:8] == " | " for line in inside)


def test_keys_typed_before_the_question_answer_nothing(tmp_path: Path) -> None:
    """A person who types ahead, or a terminal made to answer, has approved nothing; silence is no."""
    person = Person(tmp_path, "x = 1", seconds=1.0)
    person.types("a\na\na\n")

    person.reads_until("Nobody decided in time")
    assert person.answers("") == "timeout|"
