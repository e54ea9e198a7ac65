"""A lab in this process for functions of words: scripts of the classical roles run with a fake `lab` module."""

import contextlib
import io
import json
import sys
import types
from collections.abc import Callable, Iterator, Sequence

import sandbox.toolkit
from functions.brief import Brief, Category, Exemplar
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.classical import classical_role
from orchestrator.roles.messages import RoleName
from orchestrator.team.plain import converse_plainly
from sandbox.client import ExperimentResult, Status

Value = float | str | None
Answer = Callable[[Sequence[str]], Sequence[Value]]


class WordLab:
    """`sandbox.client.Lab` over a function of words. Trusts the script: it is the project's own."""

    def __init__(self, category: Category, answer: Answer, budget: int, exemplars: tuple[Exemplar, ...] = ()) -> None:
        self._category, self._answer, self._budget, self._exemplars = category, answer, budget, exemplars
        self.pairs: list[tuple[str, Value]] = []
        self.scripts: list[str] = []
        self.errors: list[str] = []

    @property
    def brief(self) -> Brief:
        return Brief(category=self._category, input_type="word", query_budget=self._budget, exemplars=self._exemplars)

    @property
    def remaining(self) -> int:
        return self._budget - len(self.pairs)

    def query(self, words: Sequence[str]) -> list[Value]:
        """What `oracle.query` does in the lab."""
        if len(words) > self.remaining:
            raise RuntimeError("budget_exhausted")
        answers = list(self._answer(words))
        self.pairs += zip(words, answers, strict=True)
        return answers

    async def run(self, code: str, *, purpose: str) -> ExperimentResult:  # noqa: ARG002 - the Protocol's
        """Run a script; what it prints comes back, an exception is an error."""
        self.scripts.append(code)
        before, out = len(self.pairs), io.StringIO()
        try:
            with self._modules(), contextlib.redirect_stdout(out):
                exec(compile(code, "experiment", "exec"), {"__name__": "__main__"})  # noqa: S102
        except Exception as error:  # noqa: BLE001 - whatever the script raises is the experiment's result
            self.errors.append(f"{type(error).__name__}: {error}")
            return ExperimentResult(status=Status.ERROR, stderr=self.errors[-1], queries_used=len(self.pairs) - before)
        return ExperimentResult(status=Status.OK, stdout=out.getvalue(), queries_used=len(self.pairs) - before)

    @contextlib.contextmanager
    def _modules(self) -> Iterator[None]:
        lab = types.ModuleType("lab")
        vars(lab).update(oracle=self, observations=self, report=lambda found: print(json.dumps(found)))  # noqa: T201
        sys.modules["lab"], sys.modules["toolkit"] = lab, sandbox.toolkit
        try:
            yield
        finally:
            del sys.modules["lab"], sys.modules["toolkit"]


async def investigate_words(lab: WordLab, roles: tuple[RoleName, ...] = tuple(RoleName)) -> Transcript:
    """What the classical team says about the lab's function, from start to end."""
    said: list[Transcript] = [Transcript()]

    async def take_turn(role: Role, transcript: Transcript) -> object:
        message = await role.take_turn(transcript, lab)
        said.append(transcript.then(role.name, message))
        return message

    await converse_plainly([classical_role(name) for name in roles], Transcript(), take_turn)  # type: ignore[arg-type]
    return said[-1]
