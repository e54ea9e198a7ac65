"""A lab in this process: scripts of the classical roles run with a fake `lab` module. Its kinds say what it answers."""

import contextlib
import io
import json
import sys
import types
from abc import ABC, abstractmethod
from collections.abc import Iterator

import sandbox.toolkit
from functions.brief import Brief
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.classical import classical_role
from orchestrator.roles.messages import RoleName
from orchestrator.team.plain import converse_plainly
from sandbox.client import ExperimentResult, Status


class LabHere(ABC):
    """A `sandbox.client.Lab`. Trusts the script: it is the project's own. Scripts see it as `oracle`."""

    def __init__(self) -> None:
        self.scripts: list[str] = []
        self.errors: list[str] = []

    @property
    @abstractmethod
    def brief(self) -> Brief:
        """What the team is told."""

    @property
    @abstractmethod
    def asked(self) -> int:
        """Queries so far."""

    @property
    def observations(self) -> object:
        """What scripts see as `lab.observations`."""
        return self

    @property
    def remaining(self) -> int:
        return self.brief.query_budget - self.asked

    def charge(self, queries: int) -> None:
        """Raises where so many more are too many."""
        if queries > self.remaining:
            raise RuntimeError("budget_exhausted")

    async def run(self, code: str, *, purpose: str) -> ExperimentResult:  # noqa: ARG002 - the Protocol's
        """Run a script; what it prints comes back, an exception is an error."""
        self.scripts.append(code)
        before, out, stderr = self.asked, io.StringIO(), ""
        try:
            with self._modules(), contextlib.redirect_stdout(out):
                exec(compile(code, "experiment", "exec"), {"__name__": "__main__"})  # noqa: S102
        except Exception as error:  # noqa: BLE001 - whatever the script raises is the experiment's result
            stderr = f"{type(error).__name__}: {error}"
            self.errors.append(stderr)
        return ExperimentResult(
            status=Status.ERROR if stderr else Status.OK,
            stdout=out.getvalue(),
            stderr=stderr,
            queries_used=self.asked - before,
        )

    @contextlib.contextmanager
    def _modules(self) -> Iterator[None]:
        lab = types.ModuleType("lab")
        report = lambda found: print(json.dumps(found))  # noqa: T201, E731
        vars(lab).update(oracle=self, observations=self.observations, report=report)
        sys.modules["lab"], sys.modules["toolkit"] = lab, sandbox.toolkit
        try:
            yield
        finally:
            del sys.modules["lab"], sys.modules["toolkit"]


async def investigate(lab: LabHere, roles: tuple[RoleName, ...] = tuple(RoleName)) -> Transcript:
    """What the classical team says about the lab's function, from start to end."""
    said: list[Transcript] = [Transcript()]

    async def take_turn(role: Role, transcript: Transcript) -> object:
        message = await role.take_turn(transcript, lab)
        said.append(transcript.then(role.name, message))
        return message

    await converse_plainly([classical_role(name) for name in roles], Transcript(), take_turn)  # type: ignore[arg-type]
    return said[-1]
