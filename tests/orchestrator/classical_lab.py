"""A lab in this process: scripts of the classical roles run against a function, with a fake `lab` module."""

import contextlib
import io
import json
import sys
import types
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

import sandbox.toolkit
from functions.brief import Brief, Category, Interval
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.classical import classical_role
from orchestrator.roles.messages import RoleName
from orchestrator.team.plain import converse_plainly
from sandbox.client import ExperimentResult, Status

FloatArray = NDArray[np.float64]


class FakeLab:
    """`sandbox.client.Lab` over `answer(x, asked_before)`. Trusts the script: it is the project's own."""

    def __init__(
        self,
        answer: Callable[[FloatArray, NDArray[np.int64]], FloatArray],
        high: float,
        budget: int,
        low: float | None = None,
    ) -> None:
        self._answer, self._budget = answer, budget
        self._domain = Interval(low=-high if low is None else low, high=high)
        self.x: list[float] = []
        self.y: list[float] = []
        self.scripts: list[str] = []

    @property
    def brief(self) -> Brief:
        return Brief(
            category=Category.NUMERIC,
            input_type="float",
            domain=self._domain,
            query_budget=self._budget,
        )

    @property
    def remaining(self) -> int:
        return self._budget - len(self.x)

    def query(self, xs: ArrayLike) -> FloatArray:
        """What `oracle.query` does in the lab."""
        x = np.asarray(xs, dtype=np.float64)
        if x.size > self.remaining:
            raise RuntimeError("budget_exhausted")
        asked = [self.x.count(v) + x.reshape(-1)[:i].tolist().count(v) for i, v in enumerate(x.reshape(-1).tolist())]
        y = self._answer(x.reshape(-1), np.array(asked, dtype=np.int64))
        y = np.where(np.isfinite(y), y, np.nan)
        self.x += x.reshape(-1).tolist()
        self.y += y.tolist()
        return y.reshape(x.shape)

    async def run(self, code: str, *, purpose: str) -> ExperimentResult:  # noqa: ARG002 - the Protocol's
        """Run a script; what it prints comes back, an exception is an error."""
        self.scripts.append(code)
        before, out = len(self.x), io.StringIO()
        try:
            with self._modules(), contextlib.redirect_stdout(out):
                exec(compile(code, "experiment", "exec"), {"__name__": "__main__"})  # noqa: S102
        except Exception as error:  # noqa: BLE001 - whatever the script raises is the experiment's result
            return ExperimentResult(
                status=Status.ERROR,
                stdout=out.getvalue(),
                stderr=f"{type(error).__name__}: {error}",
                queries_used=len(self.x) - before,
            )
        return ExperimentResult(status=Status.OK, stdout=out.getvalue(), queries_used=len(self.x) - before)

    @contextlib.contextmanager
    def _modules(self) -> Iterator[None]:
        lab = types.ModuleType("lab")
        vars(lab).update(oracle=self, observations=_Seen(self), report=lambda found: print(json.dumps(found)))  # noqa: T201
        sys.modules["lab"], sys.modules["toolkit"] = lab, sandbox.toolkit
        try:
            yield
        finally:
            del sys.modules["lab"], sys.modules["toolkit"]


class _Seen:
    """`lab.observations`."""

    def __init__(self, lab: FakeLab) -> None:
        self._lab = lab

    @property
    def x(self) -> FloatArray:
        return np.array(self._lab.x)

    @property
    def y(self) -> FloatArray:
        return np.array(self._lab.y)


async def investigate(lab: FakeLab, roles: tuple[RoleName, ...] = tuple(RoleName)) -> Transcript:
    """What the classical team says about the lab's function, from start to end."""
    said: list[Transcript] = [Transcript()]

    async def take_turn(role: Role, transcript: Transcript) -> object:
        message = await role.take_turn(transcript, lab)
        said.append(transcript.then(role.name, message))
        return message

    await converse_plainly([classical_role(name) for name in roles], Transcript(), take_turn)  # type: ignore[arg-type]
    return said[-1]
