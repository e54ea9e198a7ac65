"""What is believed of a function: a program, and perhaps a condition under which another one is followed."""

from collections.abc import Sequence
from dataclasses import dataclass

from .conditions import Condition
from .kind import Program, cost, run


@dataclass(frozen=True)
class Explanation:
    """`main`, but `inside` where `condition` holds of the text. `inside` None: something else that is not known."""

    main: Program
    condition: Condition | None = None
    inside: Program | None = None

    def __call__(self, text: str) -> str | None:
        """What it says the answer is; None where it has none."""
        if self.condition is not None and self.inside is not None and self.condition(text):
            return run(self.inside, text)
        return run(self.main, text)

    @property
    def cost(self) -> float:
        """Less is more likely beforehand."""
        if self.condition is None:
            return cost(self.main)
        return cost(self.main) + self.condition.cost + (cost(self.inside) if self.inside is not None else 3.0)

    @property
    def steps(self) -> int:
        """Steps in all."""
        return len(self.main) + len(self.inside or ())


def hits(explanation: Explanation, questions: Sequence[str], answers: Sequence[str | None]) -> int:
    """Which answers it gets right, as bits."""
    return sum(1 << i for i, (x, y) in enumerate(zip(questions, answers, strict=True)) if explanation(x) == y)
