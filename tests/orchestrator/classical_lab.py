"""A lab in this process for functions of one number."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from functions.brief import Brief, Category, Interval
from tests.orchestrator.lab_here import LabHere

FloatArray = NDArray[np.float64]


class FakeLab(LabHere):
    """A lab over `answer(x, asked_before)`."""

    def __init__(
        self,
        answer: Callable[[FloatArray, NDArray[np.int64]], FloatArray],
        high: float,
        budget: int,
        low: float | None = None,
    ) -> None:
        super().__init__()
        self._answer, self._budget = answer, budget
        self._domain = Interval(low=-high if low is None else low, high=high)
        self.x: list[float] = []
        self.y: list[float] = []

    @property
    def brief(self) -> Brief:
        return Brief(
            category=Category.NUMERIC,
            input_type="float",
            domain=self._domain,
            query_budget=self._budget,
        )

    @property
    def asked(self) -> int:
        return len(self.x)

    def query(self, xs: ArrayLike) -> FloatArray:
        """What `oracle.query` does in the lab."""
        x = np.asarray(xs, dtype=np.float64)
        self.charge(x.size)
        asked = [self.x.count(v) + x.reshape(-1)[:i].tolist().count(v) for i, v in enumerate(x.reshape(-1).tolist())]
        y = self._answer(x.reshape(-1), np.array(asked, dtype=np.int64))
        y = np.where(np.isfinite(y), y, np.nan)
        self.x += x.reshape(-1).tolist()
        self.y += y.tolist()
        return y.reshape(x.shape)

    @property
    def observations(self) -> "_Seen":
        return _Seen(self)


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
