"""The classical team as a submission: its roles talk in this process, and their experiments run in a lab's worker
below it, as they do inside the harness. What the worker's experiments ask is passed on to the oracle.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys

from functions.brief import Brief
from orchestrator.budget import BudgetSpent, Ending
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.classical import classical_role
from orchestrator.roles.messages import Message, RoleName
from orchestrator.team.plain import converse_plainly
from sandbox.client import ExperimentResult, Status
from sandbox.direct import DECLINED
from sandbox.protocol import Frame, Lines, decode, encode, items, read_frame, text, write_all

TURNS = 30
EXPERIMENT_S = 60.0
MODULES = ["numpy", "scipy.optimize", "toolkit"]  # most experiments want them: imported once, not in every fork


class Oracle:
    """The oracle's socket, and everything that was answered at it."""

    def __init__(self, path: str) -> None:
        self._sock = socket.socket(socket.AF_UNIX)
        self._sock.connect(path)
        self._lines = Lines()
        self.seen: list[tuple[object, object]] = []

    def pass_on(self, line: bytes) -> bytes:
        """The reply to a line as an experiment wrote it; what was answered is remembered."""
        reply = self._exchange(line + b"\n")
        if "outputs" in reply:
            self.seen += zip(items(decode(line), "inputs"), items(reply, "outputs"), strict=True)
        return encode(reply)

    def ask(self, **request: object) -> Frame:
        """The reply to a request of our own."""
        reply = self._exchange(encode(request))
        if "error" in reply:
            raise RuntimeError(f"{request['op']} was refused: {reply}")
        return reply

    def _exchange(self, line: bytes) -> Frame:
        write_all(self._sock.fileno(), line)
        reply = read_frame(self._sock.fileno(), self._lines)
        if reply is None:
            raise EOFError("the oracle hung up")
        return reply


class Workshop:
    """`sandbox.client.Lab` over a lab's worker in this container."""

    def __init__(self, oracle: Oracle) -> None:
        self._oracle = oracle
        self._worker: subprocess.Popen[bytes] | None = None
        self._told = 0
        self.brief = Brief.model_validate_json(json.dumps(oracle.ask(op="brief")["brief"]))

    @property
    def remaining(self) -> int:
        """Queries left."""
        return int(str(self._oracle.ask(op="status")["remaining"]))

    async def run(self, code: str, *, purpose: str) -> ExperimentResult:
        """Run one script. A worker that was lost is replaced."""
        print(purpose, flush=True)  # noqa: T201 - kept for its author
        asked = len(self._oracle.seen)
        try:
            reply = self._send(code)
        except (EOFError, OSError):
            reply = {"status": Status.LOST.value, "retire": True}
        if reply.pop("retire", True):
            self._end_worker()
        known = {name: value for name, value in reply.items() if name in ExperimentResult.model_fields}
        return ExperimentResult.model_validate({**known, "queries_used": len(self._oracle.seen) - asked})

    def _send(self, code: str) -> Frame:
        worker = self._worker or self._start_worker()
        new = self._oracle.seen[self._told :]
        self._told = len(self._oracle.seen)
        frame: Frame = {"code": code, "x": [x for x, _ in new], "y": [y for _, y in new]}
        reply = self._exchange(worker, frame)
        while "ask" in reply:
            answer = self._oracle.pass_on(text(reply, "ask").encode("latin-1").rstrip(b"\n"))
            reply = self._exchange(worker, {"line": answer.decode("latin-1")})
        return reply

    def _start_worker(self) -> "subprocess.Popen[bytes]":
        scratch = f"{os.environ['TMPDIR']}/scratch"
        os.makedirs(scratch, exist_ok=True)
        self._worker = subprocess.Popen(
            [sys.executable, "-P", "-m", "lab.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"TMPDIR": scratch, "HOME": scratch},
        )
        self._told, self._from_worker = 0, Lines()
        setup = {
            "scratch": scratch, "socket": "\0classical", "relay": True, "lifetime_s": 36000.0,
            "experiment_s": EXPERIMENT_S, "output_bytes": 64_000, "open_files": 128, "file_mb": 64,
            "address_space_mb": 0, "processes": 0, "refuse": False, "ahead": False,
        }  # fmt: skip
        self._exchange(self._worker, setup)
        self._exchange(self._worker, {"preload": MODULES})
        return self._worker

    def _exchange(self, worker: "subprocess.Popen[bytes]", frame: Frame) -> Frame:
        assert worker.stdin is not None  # noqa: S101 - pipes, as asked for
        assert worker.stdout is not None  # noqa: S101
        write_all(worker.stdin.fileno(), encode(frame))
        reply = read_frame(worker.stdout.fileno(), self._from_worker)
        if reply == DECLINED:  # the line between oracle and host, whose folder came with the oracle's volumes
            reply = read_frame(worker.stdout.fileno(), self._from_worker)
        if reply is None:
            raise EOFError("the worker is gone")
        return reply

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()
            self._worker = None


class Table:
    """Where turns are taken, by the harness's rules; `transcript` is what was said so far."""

    def __init__(self, lab: Workshop) -> None:
        self._lab = lab
        self._remaining_at_start: list[int] = []
        self.transcript = Transcript()

    async def take_turn(self, role: Role, transcript: Transcript) -> Message:
        """Give a role the floor. Raises `BudgetSpent` where turns or queries are."""
        turn = len(transcript.turns)
        if turn >= TURNS:
            raise BudgetSpent(Ending.TURNS, "All turns are taken.")
        if turn % 3 == 0 and turn > 0 and self._remaining_at_start[turn - 3] == 0:
            raise BudgetSpent(Ending.QUERIES, "All queries are asked.")
        self._remaining_at_start.append(self._lab.remaining)
        message = await role.take_turn(transcript, self._lab)
        message = type(message).model_validate_json(message.model_dump_json())  # as it is heard in the harness
        self.transcript = transcript.then(role.name, message)
        return message


def main() -> None:
    """Investigate, and hand in the best."""
    oracle = Oracle(os.environ["INQUEST_SOCKET"])
    oracle.ask(op="hello", version=1)
    table = Table(Workshop(oracle))
    roles = [classical_role(name) for name in RoleName]
    try:
        print(asyncio.run(converse_plainly(roles, Transcript(), table.take_turn)))  # noqa: T201
    except BudgetSpent as spent:
        print(spent)  # noqa: T201
    evidence = table.transcript.evidence
    if evidence is not None:
        oracle.ask(op="submit", interpretation=evidence.interpretation.model_dump(mode="json"))


if __name__ == "__main__":
    main()
