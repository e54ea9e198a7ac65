"""What a relation is: a column of a table looked up by another one, and a class of inputs that gets another answer."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from functions.brief import Record
from functions.data import Form, TableRef, canonical, table
from functions.relation.catalogue import CONDITIONS, Rule, rules

Row = Mapping[str, str]
_CLEAN = r"^[^=\\\"\r\n]*$"  # what tables may hold, and so what reference code can quote


class Cell(Record):
    """Inputs whose row has `value` in `column`: the countries whose continent is Africa."""

    column: str
    value: str


class Departure(Record):
    """What happens to the inputs of one class in the place of the rule.

    - `column`: another column of the table is given, `text` names it
    - `fixed`: `text` is given whatever the input
    - `echo`: the input itself, as the table writes it
    - `undefined`: nothing
    """

    where: Cell | Form
    answer: Literal["column", "fixed", "echo", "undefined"]
    text: Annotated[str, Field(pattern=_CLEAN, max_length=100)] = ""

    def answer_to(self, row: Row, source: str) -> str | None:
        """The answer to the word in column `source` of a row."""
        match self.answer:
            case "column":
                return row[self.text] or None
            case "fixed":
                return self.text
            case "echo":
                return row[source]
            case "undefined":
                return None


class Lookup(Record):
    """From the column `source` of a table to its column `target`; undefined for whatever is not in the first.

    A word is read as `functions.data.canonical` says. A word that stands in several rows leads nowhere, and so does an
    empty cell. Inputs of the class named by `departure` get another answer.
    """

    table: TableRef
    source: str
    target: str
    departure: Departure | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        names = {(rule.table, rule.source, rule.target) for rule in rules().values()}
        departure = self.departure
        targets = [self.target, *([departure.text] if departure and departure.answer == "column" else [])]
        for target in targets:
            if (self.table.name, self.source, target) not in names:
                raise ValueError(f"the catalogue has no rule from {self.source!r} to {target!r} in {self.table.name!r}")
        where = departure.where if departure else None
        if isinstance(where, Cell) and (self.table.name, where.column) not in CONDITIONS:
            raise ValueError(f"no class of inputs can be told by {where.column!r} in {self.table.name!r}")
        return self

    @property
    def rule(self) -> Rule:
        """Its entry in the catalogue."""
        return self.rule_to(self.target)

    def rule_to(self, target: str) -> Rule:
        """The entry in the catalogue of the rule that gives another column."""
        wanted = self.table.name, self.source, target
        return next(rule for rule in rules().values() if (rule.table, rule.source, rule.target) == wanted)

    def rows(self) -> Mapping[str, Row]:
        """The domain: every word, in canonical form and the table's order, with its row."""
        return _rows(self.table.name, self.source)

    def class_of(self, where: Cell | Form) -> frozenset[str]:
        """The words of the domain that belong to a class of inputs."""
        if isinstance(where, Form):
            return frozenset(word for word in self.rows() if where.holds(word))
        return frozenset(word for word, row in self.rows().items() if row[where.column] == where.value)

    def departing(self) -> frozenset[str]:
        """The words for which the rule does not hold."""
        return self.class_of(self.departure.where) if self.departure else frozenset()

    def answers(self) -> Mapping[str, str | None]:
        """Every word of the domain with its answer (None: undefined)."""
        return _answers(self)

    def answer(self, word: str) -> str | None:
        """What the relation gives for a word."""
        return _answers(self).get(canonical(word))


@lru_cache(maxsize=64)
def _rows(name: str, source: str) -> Mapping[str, Row]:
    return table(name).lookup(source)


@lru_cache(maxsize=256)
def _answers(lookup: Lookup) -> Mapping[str, str | None]:
    rows, departure = lookup.rows(), lookup.departure
    found: dict[str, str | None] = {word: row[lookup.target] or None for word, row in rows.items()}
    if departure:
        found |= {word: departure.answer_to(rows[word], lookup.source) for word in lookup.departing()}
    return found
