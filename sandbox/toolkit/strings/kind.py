"""Kinds of operations, the steps they become with parameters, and programs: chains of steps.

An operation is an ordinary Python function of a text and its parameters. The same source that runs here is what is
handed in, so an explanation cannot say something else than what was tested.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from .groups import LETTERS
from .prior import surprise_of_step

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


(
    LONGER,
    SHORTER,
    SAME_LENGTH,
    SAME_CHARACTERS,
    SAME_BUT_SPACES,
    AROUND,
    SAME_BUT_CASE,
    NUMBER,
    NUMBERED,
    SAME_OUTLINE,
    ONE_NEW,
    ALIKE,
    NO_LETTERS,
    SAME_LETTERS,
    SAME_SET,
    SAME_START,
) = (1 << i for i in range(16))
"""What can hold between the text before a step and the text after it; a kind `needs` one of them, or 0: none.

`LONGER`: all characters are still there, in order, perhaps with more between. `SHORTER`: none is new. `AROUND`: the
text is still there in one piece. `NUMBER`: what comes out is one, also in hexadecimal. `NUMBERED`: it has a digit.
`SAME_OUTLINE`: letters became letters, digits became digits, and all else stayed. `ONE_NEW`: what changed became one
and the same character. `ALIKE`: many of its different characters are still there. `NO_LETTERS`: none comes out.
`SAME_LETTERS`: they are the same in the same order, whatever the case. `SAME_SET`: so are the different characters,
digits and brackets apart. `SAME_START`: both begin with the same character.
"""

NUMBERS = {"zer one two thr fou fiv six sev eig nin ten ele twe thi fif for"[i : i + 3] for i in range(0, 64, 4)}
HEXADECIMAL = frozenset("0123456789abcdef")
OUTLINE = {ord(c): "a" if c.isalpha() else "0" for c in f"{LETTERS}0123456789"}

NOT_LETTERS = {i: None for i in range(128) if not chr(i).isalpha()}
NUMBERING = set("0123456789()")

ALL = (1 << 16) - 1

STILL_THERE = 0.3
"""Of a text's different characters, for it to be `ALIKE` what became of it."""

SHORT = 8
"""Characters; a shorter text is `ALIKE` anything."""


@lru_cache(maxsize=4096)
def nature(after: str) -> int:
    """What holds of a text that comes out, whatever went in."""
    if not after:
        return NUMBER | NUMBERED | NO_LETTERS
    number = after.isdecimal() or after[:3] in NUMBERS or (len(after) < 6 and HEXADECIMAL.issuperset(after))
    numbered = any(c in "0123456789" for c in after)
    silent = not any(c in LETTERS for c in after)
    return (NUMBER if number else 0) | (NUMBERED if numbered else 0) | (NO_LETTERS if silent else 0)


def relation(before: str, after: str) -> int:
    """All that holds of a pair of texts."""
    n, m = len(before), len(after)
    if before == after:
        return ALL  # any kind may leave a text alone
    flags = nature(after) | _letters(before, after) | (SAME_START if before[:1] == after[:1] else 0)
    if n == m:
        return flags | SAME_LENGTH | _in_place(before, after)
    if " " in before and sorted(before.replace(" ", "")) == sorted(after.replace(" ", "")):
        flags |= SAME_BUT_SPACES
    if n > m and runs_through(after, before):
        return flags | SHORTER | ALIKE
    if runs_through(before, after):
        return flags | ALIKE | LONGER | (AROUND if before in after else 0)
    return flags | (ALIKE if alike(before, after) else 0)


def _letters(before: str, after: str) -> int:
    """What holds of the letters and of the different characters of two texts."""
    same = before.lower().translate(NOT_LETTERS) == after.lower().translate(NOT_LETTERS)
    return (SAME_LETTERS if same else 0) | (SAME_SET if set(before) - NUMBERING == set(after) - NUMBERING else 0)


def _in_place(before: str, after: str) -> int:
    """What holds of two texts of one length."""
    flags = 0
    if sorted(before) == sorted(after):
        flags |= SAME_CHARACTERS | SAME_BUT_SPACES
    if before.translate(OUTLINE) == after.translate(OUTLINE):
        flags |= SAME_OUTLINE
    if before.lower() == after.lower():
        flags |= SAME_BUT_CASE
    new = [b for a, b in zip(before, after, strict=True) if a != b]
    if new.count(new[0]) == len(new):
        flags |= ONE_NEW
    return flags | (ALIKE if alike(before, after) else 0)


def alike(before: str, after: str) -> bool:
    """Are many of the different characters of a text in the other too?"""
    held = set(before)
    return len(before) < SHORT or len(held & set(after)) >= STILL_THERE * len(held)


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
        """How surprising it would be, see `prior`."""
        return surprise_of_step(self.kind.name, self.kind.cost, len(self.parameters), bool(self.scope))


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
