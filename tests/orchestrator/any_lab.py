"""A lab in this process for a function of any category, and the whole conversation of a classical team in it."""

from collections.abc import Sequence

import numpy as np

from functions.brief import Brief, Category
from functions.noise import audit_secret
from functions.numeric.vector import VectorSpec
from functions.spec import AnySpec
from orchestrator.config import Team
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical import classical_role
from orchestrator.roles.messages import RoleName
from orchestrator.team import stand_in
from orchestrator.team.conversation import next_speaker, verdict
from tests.orchestrator.lab_here import LabHere


class AnyLab(LabHere):
    """A lab over a spec."""

    def __init__(self, spec: AnySpec, budget: int, seed: int) -> None:
        super().__init__()
        self._spec, self._secret = spec, audit_secret(spec.sha256, seed)
        self._brief = spec.brief(budget)
        self._asked: list[object] = []
        self._answers: list[object] = []

    @property
    def brief(self) -> Brief:
        return self._brief

    @property
    def asked(self) -> int:
        return len(self._asked)

    @property
    def x(self) -> np.ndarray:
        return np.array(self._asked)

    @property
    def y(self) -> np.ndarray:
        return np.array(self._answers)

    @property
    def pairs(self) -> list[tuple[object, object]]:
        return list(zip(self._asked, self._answers, strict=True))

    def query(self, xs: Sequence[object]) -> object:
        """What `oracle.query` does in the lab."""
        if self._spec.category is not Category.NUMERIC:
            answers = list(self._spec.answer(list(xs), self._before(list(xs)), self._secret))  # type: ignore[union-attr, arg-type]
            return self._noted(list(xs), answers)
        x = np.asarray(xs, dtype=np.float64)
        rows = x.reshape(-1, x.shape[-1]) if isinstance(self._spec, VectorSpec) else x.reshape(-1)
        listed = [tuple(row) if isinstance(row, list) else row for row in rows.tolist()]
        y = self._spec.sample(rows, np.array(self._before(listed), dtype=np.int64), self._secret)  # type: ignore[union-attr]
        y = np.where(np.isfinite(y), y, np.nan)
        self._noted(listed, y.tolist())
        return y if isinstance(self._spec, VectorSpec) else y.reshape(x.shape)

    def _before(self, xs: Sequence[object]) -> list[int]:
        return [(self._asked + list(xs[:i])).count(x) for i, x in enumerate(xs)]

    def _noted(self, xs: Sequence[object], answers: list[object]) -> list[object]:
        self.charge(len(xs))
        self._asked += xs
        self._answers += answers
        return answers


async def investigate_any(lab: AnyLab, team: Team, turns: int) -> Transcript:
    """What a classical team says in at most so many turns, by the rules that audits follow."""
    transcript, began = Transcript(), list[int]()
    while verdict(team.present, transcript) is None and len(began) < turns:
        round_began = len(began) - len(team.present)
        if round_began >= 0 and len(began) % len(team.present) == 0 and began[round_began] == 0:
            break  # a round that began without a query left is the last
        began.append(lab.remaining)
        speaker, heard = next_speaker(team.present, transcript), transcript
        if speaker is RoleName.EXPERIMENTER and team.planner is None:
            plan = stand_in(team.way, lab.brief, lab.remaining, transcript)
            heard = transcript.then(RoleName.PLANNER, plan) if plan else transcript
        transcript = transcript.then(speaker, await classical_role(speaker).take_turn(heard, lab))
    return transcript
