"""What experiments on functions of words report."""

from functions.brief import Record, Region
from orchestrator.roles.classical.blows import Blow


class FoundPart(Record):
    """A part of the words where it behaves otherwise, and how; both in English."""

    condition: str
    behaviour: str

    @property
    def region(self) -> Region:
        """As it is handed in."""
        return Region(behaviour=self.behaviour, condition=self.condition)


class FoundReading(Record):
    """One explanation; `form` names it the same whenever it is found again."""

    form: str
    statement: str
    support: float


class FoundWords(Record):
    """The report of an `explain` script. `names` are concepts, or the rule; `noise` is the half-width of uniform noise.

    `unexplained` counts the words, of all that were `asked`, which the best explanation does not explain.
    """

    description: str
    code: str
    explained: bool
    asked: int
    unexplained: int
    noise: float
    names: tuple[str, ...]
    regions: tuple[FoundPart, ...]
    hypotheses: tuple[FoundReading, ...]


class WordBlows(Record):
    """The report of an `attack` script."""

    blows: tuple[Blow, ...]
