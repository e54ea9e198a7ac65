"""A lab in this process for functions of texts."""

from collections.abc import Callable, Sequence

from functions.brief import Brief, Category, Exemplar
from tests.orchestrator.lab_here import LabHere


class TextLab(LabHere):
    """A lab over a function of one text."""

    def __init__(
        self, function: Callable[[str], str | None], budget: int, exemplars: tuple[Exemplar, ...] = ()
    ) -> None:
        super().__init__()
        self._function, self._budget, self._exemplars = function, budget, exemplars
        self.pairs: list[tuple[str, str | None]] = []

    @property
    def brief(self) -> Brief:
        return Brief(category=Category.STRING, input_type="text", query_budget=self._budget, exemplars=self._exemplars)

    @property
    def asked(self) -> int:
        return len(self.pairs)

    def query(self, texts: Sequence[str]) -> list[str | None]:
        """What `oracle.query` does in the lab."""
        self.charge(len(texts))
        answers = [self._function(x) for x in texts]
        self.pairs += zip(texts, answers, strict=True)
        return answers
