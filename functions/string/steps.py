"""What a string function is made of: operations in a row, and a branch where another row holds."""

from typing import Annotated, NamedTuple, Self

from pydantic import Field, StrictInt, StrictStr, model_validator

from functions.brief import Record
from functions.string.catalogue import condition_named, operation_named
from functions.string.entry import Entry
from functions.string.meaning import LIMIT

Values = dict[str, StrictInt | StrictStr]


class Step(Record):
    """One operation with its parameters."""

    operation: str
    parameters: Values = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known(self) -> Self:
        self.entry.check(self.parameters)
        return self

    @property
    def entry(self) -> Entry[str]:
        """The operation in the catalogue."""
        return operation_named(self.operation)

    def apply(self, x: str) -> str:
        """The text that it makes of x."""
        return self.entry.run(x, **self.parameters)

    def phrase(self, phrasing: int) -> str:
        """An imperative clause that says all of it."""
        return self.entry.phrase(self.parameters, phrasing)


class Property(Record):
    """One condition on the input with its parameters."""

    condition: str
    parameters: Values = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known(self) -> Self:
        self.entry.check(self.parameters)
        return self

    @property
    def entry(self) -> Entry[bool]:
        """The condition in the catalogue."""
        return condition_named(self.condition)

    def holds(self, x: str) -> bool:
        """Does x have this property?"""
        return self.entry.run(x, **self.parameters)

    def phrase(self, phrasing: int) -> str:
        """What finishes the sentence `if the text ...`."""
        return self.entry.phrase(self.parameters, phrasing)


Chain = Annotated[tuple[Step, ...], Field(max_length=3)]


class Branch(Record):
    """Inputs that have the property go through other steps; without steps they come back unchanged."""

    when: Property
    steps: Chain = ()


class Body(NamedTuple):
    """All that decides what a function returns."""

    steps: tuple[Step, ...]
    branch: Branch | None = None


def output(body: Body, x: str) -> str | None:
    """What the function returns for x: the steps in order, or those of the branch; None where undefined."""
    if len(x) > LIMIT:
        return None
    steps = body.branch.steps if body.branch is not None and body.branch.when.holds(x) else body.steps
    for step in steps:
        x = step.apply(x)
    return x if len(x) <= LIMIT else None
