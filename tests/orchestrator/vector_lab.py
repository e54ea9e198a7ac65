"""A lab in this process for functions of several numbers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

import sandbox.toolkit.multivariate_attack  # noqa: F401 scripts import it from the package, which the fake lab lends them
from functions.brief import Brief, Category, Interval
from tests.orchestrator.classical_lab import FakeLab, FloatArray


class VectorLab(FakeLab):
    """The same lab over `answer(rows, asked_before)`; one row is one query."""

    def __init__(
        self,
        answer: Callable[[FloatArray, NDArray[np.int64]], FloatArray],
        domains: tuple[Interval, ...],
        budget: int,
    ) -> None:
        super().__init__(answer, high=1.0, budget=budget)
        self._domains = domains

    @property
    def brief(self) -> Brief:
        return Brief(category=Category.NUMERIC, input_type="vector", domains=self._domains, query_budget=self._budget)

    def query(self, xs: ArrayLike) -> FloatArray:
        """What `oracle.query` does in the lab."""
        rows = np.asarray(xs, dtype=np.float64).reshape(-1, len(self._domains))
        self.charge(len(rows))
        seen = list[list[float]](self.x)  # type: ignore[arg-type]
        asked = [(seen + rows[:i].tolist()).count(row) for i, row in enumerate(rows.tolist())]
        y = self._answer(rows, np.array(asked, dtype=np.int64))
        y = np.where(np.isfinite(y), y, np.nan)
        self.x += rows.tolist()
        self.y += y.tolist()
        return y
