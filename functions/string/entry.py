"""What an entry of the catalogue is: a plain Python function of a text, the English for it, and its parameters.

    @operation("move the first {amount:character} to the end", "rotate the text left by {amount}", amount=(1, 2, 3))
    def rotate_left(x: str, amount: int) -> str:
        n = amount % max(len(x), 1)
        return x[n:] + x[:n]

The name of the function is the name of the operation, its body is the reference code, the file it stands in is its
group. Phrases of operations are imperative clauses; phrases of conditions finish the sentence "if the text ...".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

Value = int | str
Parameters = Mapping[str, Value]
Result = TypeVar("Result", str, bool)


@dataclass(frozen=True)
class Entry(Generic[Result]):
    """One operation (its result is a text) or one condition (its result is a truth value)."""

    run: Callable[..., Result]
    phrases: tuple[str, ...]
    choices: Mapping[str, tuple[Value, ...]]  # the values that each parameter may have

    @property
    def name(self) -> str:
        """In English: `rotate left`."""
        return self.run.__name__.replace("_", " ")

    @property
    def group(self) -> str:
        """The name of the file it stands in."""
        return self.run.__module__.rpartition(".")[2]

    def phrase(self, parameters: Parameters, phrasing: int) -> str:
        """English that says all of it, with its parameters; phrasings are counted round."""
        template = self.phrases[phrasing % len(self.phrases)]
        return template.format(
            **{name: Count(value) if isinstance(value, int) else value for name, value in parameters.items()}
        )

    def variants(self) -> Iterator[dict[str, Value]]:
        """Every choice of its parameters."""
        for values in product(*self.choices.values()):
            yield dict(zip(self.choices, values, strict=True))

    def check(self, parameters: Parameters) -> None:
        """Raise ValueError unless these are its parameters, each with a value that it may have."""
        if set(parameters) != set(self.choices):
            raise ValueError(f"{self.name} takes {list(self.choices) or 'no parameters'}, not {list(parameters)}")
        for name, value in parameters.items():
            if value not in self.choices[name]:
                raise ValueError(f"{self.name}: {name} is one of {self.choices[name]}, not {value!r}")


def operation(*phrases: str, **choices: tuple[Value, ...]) -> Callable[[Callable[..., str]], Entry[str]]:
    """Make an operation of a function from a text (and parameters) to a text."""
    return lambda run: Entry(run, phrases, choices)


def condition(*phrases: str, **choices: tuple[Value, ...]) -> Callable[[Callable[..., bool]], Entry[bool]]:
    """Make a condition of a function from a text (and parameters) to a truth value."""
    return lambda run: Entry(run, phrases, choices)


class Count(int):
    """A number as phrases need it: `{n}` is "3", `{n:character}` "3 characters" or "character", `{n:time}` "3 times" or
    "once", `{n:th}` "3rd"."""

    def __format__(self, noun: str) -> str:
        if noun == "th":
            return str(int(self)) + {1: "st", 2: "nd", 3: "rd"}.get(int(self), "th")
        if not noun:
            return str(int(self))
        if noun == "time" and self == 1:
            return "once"
        return noun if self == 1 else f"{int(self)} {noun}s"
