"""Kinds of operations, the steps they become with parameters, and programs: chains of steps.

An operation is an ordinary Python function of a text and its parameters. The same source that runs here is what is
handed in, so an explanation cannot say something else than what was tested.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

Parameter = str | int
Parameters = tuple[Parameter, ...]
Pair = tuple[str, str]

MOST = 4000
"""Characters. A text that grows beyond this on the way belongs to no explanation worth having."""


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of operation. `choices` are parameters worth trying unseen; `infer` reads them off one pair of texts.

    `needs` is what always holds of the texts before and after it (see `relation`): cheap to see, and it rules out most.
    """

    run: Callable[..., str]
    say: str | Callable[..., str]  # English in the imperative, with {0}, {1} for the parameters, or made of them
    choices: tuple[Parameters, ...]
    infer: Callable[[str, str], Iterable[Parameters]] | None
    needs: int
    wordwise: bool
    cost: float  # how much less likely than a plain operation it is thought to be beforehand

    @property
    def name(self) -> str:
        """The name of its function."""
        return self.run.__name__


def operation(
    say: str | Callable[..., str],
    *choices: Parameter | Parameters,
    infer: Callable[[str, str], Iterable[Parameters]] | None = None,
    needs: int = 0,
    wordwise: bool = False,
    cost: float = 0.0,
) -> Callable[[Callable[..., str]], Kind]:
    """Make a function a kind of operation. Choices that are not tuples are single parameters."""
    listed = tuple(c if isinstance(c, tuple) else (c,) for c in choices)
    if not listed and infer is None:
        listed = ((),)

    def make(run: Callable[..., str]) -> Kind:
        return Kind(run, say, listed, infer, needs, wordwise, cost)

    return make


LONGER, SHORTER, SAME_LENGTH, SAME_CHARACTERS, SAME_BUT_SPACES, AROUND, SAME_BUT_CASE, NUMBER, NUMBERED = (
    1 << i for i in range(9)
)
"""What can hold between the text before a step and the text after it; a kind `needs` one of them, or 0: none.

`LONGER`: all characters are still there, in order, perhaps with more between. `SHORTER`: none is new. `AROUND`: the
text is still there in one piece. `NUMBER`: what comes out is one. `NUMBERED`: it has a digit.
"""

NUMBERS = {
    "zer",
    "one",
    "two",
    "thr",
    "fou",
    "fiv",
    "six",
    "sev",
    "eig",
    "nin",
    "ten",
    "ele",
    "twe",
    "thi",
    "fif",
    "for",
}


ALL = (1 << 9) - 1


@lru_cache(maxsize=4096)
def nature(after: str) -> int:
    """What holds of a text that comes out, whatever went in."""
    if not after:
        return NUMBER | NUMBERED
    number = NUMBER if after.isdecimal() or after[:3] in NUMBERS else 0
    return number | (NUMBERED if any(c in "0123456789" for c in after) else 0)


def relation(before: str, after: str) -> int:
    """All that holds of a pair of texts."""
    n, m = len(before), len(after)
    if before == after:
        return ALL  # any kind may leave a text alone
    flags = nature(after)
    if n == m:
        if sorted(before) == sorted(after):
            flags |= SAME_CHARACTERS | SAME_BUT_SPACES
        return flags | SAME_LENGTH | (SAME_BUT_CASE if before.lower() == after.lower() else 0)
    if " " in before and sorted(before.replace(" ", "")) == sorted(after.replace(" ", "")):
        flags |= SAME_BUT_SPACES
    if n > m:
        return flags | (SHORTER if runs_through(after, before) else 0)
    if before in after:
        return flags | AROUND | LONGER
    return flags | (LONGER if runs_through(before, after) else 0)


def runs_through(short: str, long: str) -> bool:
    """Are the characters of one text found in the other, in order?"""
    rest = iter(long)
    return all(c in rest for c in short)


WHOLE = ""
SCOPES = {
    WHOLE: "",
    "each word": "in each word, ",
    "each word, gaps closed": "in each word, with single spaces between words, ",
    "first word": "in the first word, ",
    "last word": "in the last word, ",
    "every other word": "in every other word, beginning with the first, ",
    "every second word": "in every other word, beginning with the second, ",
}


@dataclass(frozen=True)
class Step:
    """One operation with its parameters, on the whole text or on words of it (`SCOPES`)."""

    kind: Kind
    parameters: Parameters = ()
    scope: str = WHOLE

    def __call__(self, text: str) -> str:
        """The text after this step. Raises ValueError where it has no meaning for this text."""
        out = _on_words(self, text) if self.scope else self.kind.run(text, *self.parameters)
        if len(out) > MOST:
            raise ValueError("too long")
        return out

    @property
    def cost(self) -> float:
        """How much less likely than a plain operation it is thought to be beforehand."""
        return 1 + self.kind.cost + 0.02 * len(self.parameters) + (0.3 if self.scope else 0)


def words_in_scope(words: list[str], scope: str) -> list[int]:
    """Which of the words a scope means; between two spaces there is none."""
    every = [i for i, word in enumerate(words) if word]
    picked = {
        "first word": every[:1],
        "last word": every[-1:],
        "every other word": every[::2],
        "every second word": every[1::2],
    }
    return picked.get(scope, every)


def words_of(text: str, scope: str) -> list[str]:
    """The words of a text, as a scope counts them."""
    return text.split() if scope == "each word, gaps closed" else text.split(" ")


def _on_words(step: Step, text: str) -> str:
    words = words_of(text, step.scope)
    for i in words_in_scope(words, step.scope):
        words[i] = step.kind.run(words[i], *step.parameters)
    return " ".join(words)


Program = tuple[Step, ...]


def run(program: Program, text: str) -> str | None:
    """The text after all steps; None where one of them has no meaning for it."""
    try:
        for step in program:
            text = step(text)
    except (ValueError, IndexError, ZeroDivisionError):
        return None
    return text


def cost(program: Program) -> float:
    """Less is more likely beforehand."""
    return sum(step.cost for step in program)


@cache
def steps_of(kind: Kind) -> tuple[Step, ...]:
    """The kind with each of its choices, on the whole text and, where that makes sense, on words."""
    scopes = tuple(SCOPES) if kind.wordwise else (WHOLE,)
    return tuple(Step(kind, parameters, scope) for scope in scopes for parameters in kind.choices)
