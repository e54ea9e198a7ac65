"""A lab in this process for functions of words."""

from collections.abc import Callable, Sequence

from functions.brief import Brief, Category, Exemplar
from tests.orchestrator.lab_here import LabHere

Value = float | str | None
Answer = Callable[[Sequence[str]], Sequence[Value]]


class WordLab(LabHere):
    """A lab over a function of words: neurons and relations."""

    def __init__(self, category: Category, answer: Answer, budget: int, exemplars: tuple[Exemplar, ...] = ()) -> None:
        super().__init__()
        self._category, self._answer, self._budget, self._exemplars = category, answer, budget, exemplars
        self.pairs: list[tuple[str, Value]] = []

    @property
    def brief(self) -> Brief:
        return Brief(category=self._category, input_type="word", query_budget=self._budget, exemplars=self._exemplars)

    @property
    def asked(self) -> int:
        return len(self.pairs)

    def query(self, words: Sequence[str]) -> list[Value]:
        """What `oracle.query` does in the lab."""
        self.charge(len(words))
        answers = list(self._answer(words))
        self.pairs += zip(words, answers, strict=True)
        return answers
