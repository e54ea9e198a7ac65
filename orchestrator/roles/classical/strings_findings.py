"""What experiments on functions of texts report."""

from functions.brief import Record, Region
from orchestrator.roles.classical.blows import Blow


class FoundBranch(Record):
    """Where it does something else, completing "if the text ...", and what; both in English."""

    condition: str
    behaviour: str

    @property
    def region(self) -> Region:
        """As it is handed in."""
        return Region(behaviour=self.behaviour, condition=f"the text {self.condition}")


class FoundStep(Record):
    """One operation of a chain: the name that the toolkit has for it, and English in the imperative."""

    name: str
    english: str


class FoundProgram(Record):
    """One explanation; `form` names it the same whenever it is found again."""

    form: str
    statement: str
    code: str
    support: float


class FoundText(Record):
    """The report of an `explain` script: the best explanation with its steps in order, `inside` those of its branch."""

    description: str
    code: str
    explained: bool
    asked: int
    right: int
    branch: FoundBranch | None
    steps: tuple[FoundStep, ...]
    inside: tuple[FoundStep, ...]
    hypotheses: tuple[FoundProgram, ...]


class TextBlow(Blow):
    """One attack on a function of texts."""

    expected: str | None
    observed: str | None


class TextBlows(Record):
    """The report of an `attack` script."""

    blows: tuple[TextBlow, ...]


class TextsAsked(Record):
    """The report of a `measure` script."""

    asked: int
