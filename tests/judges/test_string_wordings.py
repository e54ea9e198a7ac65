"""How well texts that were written without the catalogue's phrases are read: the classical scientists' own."""

from collections.abc import Iterator

from functions.string.behaviour import outputs
from functions.string.catalogue import held_out_operations, operation_named, operations
from functions.string.entry import Value
from functions.string.steps import Body, Step
from functions.string.texts import probes
from judges.description.strings import read
from judges.description.wordings import WORDINGS
from sandbox.toolkit.strings.kind import Step as Guess
from sandbox.toolkit.strings.library import library
from sandbox.toolkit.strings.prose import say_step

TEXTS = probes()[:40]


def _known() -> dict[tuple[str | None, ...], tuple[str, dict[str, Value]]]:
    """Each operation of the catalogue with its parameters, by what it does."""
    entries = operations() | held_out_operations()
    steps = ((name, parameters) for name, entry in entries.items() for parameters in entry.variants())
    return {
        outputs(Body((Step(operation=name, parameters=parameters),)), TEXTS): (name, parameters)
        for name, parameters in steps
    }


def _statements() -> Iterator[tuple[str, str, tuple[str | None, ...]]]:
    """What the library says of its operations that are in the catalogue too, with the name there and what they do."""
    known = _known()
    begins = {row[:3] for row in known}
    for guess in (Guess(kind, parameters) for kind in library() for parameters in kind.choices):
        if tuple(guess.kind.run(text, *guess.parameters) for text in TEXTS[:3]) in begins:
            row = tuple(guess.kind.run(text, *guess.parameters) for text in TEXTS)
            if row in known:
                yield f"It does one thing: {say_step(guess)}.", known[row][0], row


def _is_read(names: list[str], statement: str, row: tuple[str | None, ...]) -> bool:
    """Does what was read do the same?"""
    said = [(s.name, s.parameters(operation_named(s.name).choices)) for s in read(statement).steps]
    steps = tuple(Step(operation=name, parameters=p) for name, p in said if p is not None)
    return len(steps) == len(names) and outputs(Body(steps), TEXTS) == row


def test_nine_in_ten_statements_of_the_classical_library_are_read_as_the_right_operation() -> None:
    """The reader is not tied to the catalogue's own phrases, and seldom takes one operation for another."""
    right, wrong, statements = 0, 0, list(_statements())
    for statement, name, row in statements:
        names = [said.name for said in read(statement).steps]
        good = names == [name] or (bool(names) and _is_read(names, statement, row))
        right += good
        wrong += bool(names) and not good
    assert len(statements) > 150
    assert right / len(statements) > 0.9
    assert wrong / len(statements) < 0.06


def test_other_words_are_for_operations_that_exist_and_each_clause_means_one() -> None:
    """A misspelt name would silently read nothing, a clause under two names would read either."""
    assert set(WORDINGS) <= set(operations() | held_out_operations())
    clauses = [clause for several in WORDINGS.values() for clause in several]
    assert len(clauses) == len(set(clauses))
