"""Formulas in prose, read and evaluated without ever executing text.

A recursive-descent parser over a closed list of functions, capped in length and depth. It reads what people write:
`2.5 sin(0.3 x + 1) + 4`, `|x - 3|`, `x^2`, `3/(x + 1)`, `max(0, x)`, `5 if x < 3 else 7`; a factor may stand beside
another without a sign.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np

from judges.truth import FloatArray, defined

MAX_CHARACTERS = 400  # a formula is read no further
MAX_DEPTH = 24
MAX_NODES = 300

Unary = Callable[[FloatArray], FloatArray]


def _step(x: FloatArray) -> FloatArray:
    return np.where(x >= 0, 1.0, 0.0)


# fmt: off
UNARY: dict[str, Unary] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "exp": np.exp, "log": np.log, "ln": np.log, "sqrt": np.sqrt,
    "abs": np.abs, "fabs": np.abs, "tanh": np.tanh, "sinh": np.sinh, "cosh": np.cosh, "floor": np.floor,
    "ceil": np.ceil, "sign": np.sign, "signum": np.sign, "sgn": np.sign, "cbrt": np.cbrt, "atan": np.arctan,
    "arctan": np.arctan, "step": _step, "heaviside": _step, "log10": np.log10, "log2": np.log2,
}
BINARY: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "max": np.fmax, "min": np.fmin, "mod": np.mod, "pow": np.power,
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power, "and": np.multiply,
    "!=": np.not_equal, "<": np.less, ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal,
}
# fmt: on
CONSTANTS = {"pi": np.pi, "e": np.e}


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True)
class Variable:
    """The input x, or a letter that the text defines (`where u = sin(x)`)."""

    name: str = "x"


@dataclass(frozen=True)
class Apply:
    """An operator or function of the lists above, on one or two expressions; `if` takes condition, then, else."""

    name: str
    arguments: tuple["Expression", ...]


Expression = Number | Variable | Apply


def evaluate(expression: Expression, x: FloatArray) -> FloatArray:
    """The values at `x`, NaN where undefined."""
    return evaluate_in(expression, {"x": x})


def evaluate_in(expression: Expression, given: Mapping[str, FloatArray]) -> FloatArray:
    """The values where letters stand for these, all of one shape; NaN where undefined."""
    with np.errstate(all="ignore"):
        return defined(_value(expression, given))


def _value(expression: Expression, given: Mapping[str, FloatArray]) -> FloatArray:
    match expression:
        case Number(value):
            return np.full_like(given["x"], value)
        case Variable(name):
            return given[name]
        case Apply(name, (only,)):
            return UNARY[name](_value(only, given))
        case Apply(name, (left, right)):
            return BINARY[name](_value(left, given), _value(right, given)).astype(np.float64)
        case Apply(_, (condition, then, otherwise)):
            return np.where(_value(condition, given) > 0, _value(then, given), _value(otherwise, given))
    raise ValueError(f"no such expression: {expression!r}")  # the parser makes none


def size(expression: Expression) -> int:
    """How many nodes it has."""
    return 1 + (sum(size(a) for a in expression.arguments) if isinstance(expression, Apply) else 0)


def variables(expression: Expression) -> frozenset[str]:
    """The letters in it."""
    match expression:
        case Number():
            return frozenset()
        case Variable(name):
            return frozenset({name})
        case Apply(_, arguments):
            return frozenset().union(*(variables(argument) for argument in arguments))


def mentions_x(expression: Expression) -> bool:
    """Does it depend, as written, on x?"""
    return "x" in variables(expression)


def substitute(expression: Expression, name: str, by: Expression) -> Expression:
    """The expression with a letter replaced by what it stands for."""
    match expression:
        case Variable(found) if found == name:
            return by
        case Apply(function, arguments):
            return Apply(function, tuple(substitute(argument, name, by) for argument in arguments))
        case _:
            return expression


@dataclass(frozen=True)
class Parsed:
    """An expression, and the place in the text where it ends."""

    expression: Expression
    end: int


def parse_prefix(text: str, start: int = 0, letters: frozenset[str] = frozenset()) -> Parsed | None:
    """The longest formula in x and `letters` that starts at `start`, or None. Text is expected in lower case."""
    return _Parser(text[start : start + MAX_CHARACTERS], start, letters | {"x"}).longest()


_TOKEN = re.compile(
    r"\s*(?:((?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)|((?:np|numpy|math)\.)?([a-z_]+\d*)|(\*\*|!=|[<>]=?|[-+*/^()|,;]))"
)
_NAMES = frozenset([*UNARY, *CONSTANTS, "max", "min", "pow", "polyline"])
MAX_KNOTS = 20
_COMPARISONS = ("<", ">", "<=", ">=", "!=")


class _NotAFormulaError(Exception):
    """Raised inside the parser alone: what follows cannot go on a formula."""


class _Parser:
    """Keeps a place in the text; each method reads one level of precedence and leaves the place after it."""

    def __init__(self, text: str, offset: int, letters: frozenset[str]) -> None:
        self.text, self.offset, self.letters = text, offset, letters
        self.at = self.depth = self.bars = 0

    def longest(self) -> Parsed | None:
        try:
            expression = self.choice()
        except _NotAFormulaError:
            return None
        return Parsed(expression, self.offset + self.at) if size(expression) <= MAX_NODES else None

    def peek(self) -> tuple[str, int]:
        """The next symbol (empty at the end or before anything that is not a formula) and where it ends."""
        found = _TOKEN.match(self.text, self.at)
        if not found:
            return "", self.at
        symbol = found[1] or found[3] or found[4]
        if found[3]:
            symbol = self._known(found[3])
            return symbol, found.start(3) + len(symbol)
        return ("^" if symbol == "**" else symbol), found.end()

    def _known(self, word: str) -> str:
        """A known name or letter, or an `x` that stands before more (`xsin`); anything else is prose."""
        if word in self.letters or word in _NAMES or word in ("if", "else", "mod"):
            return word
        return "x" if re.fullmatch(r"x(?:sin|cos|tanh|exp|log|ln)", word) else ""

    def take(self, *wanted: str) -> str:
        symbol, end = self.peek()
        if symbol and symbol in wanted:
            self.at = end
            return symbol
        return ""

    def choice(self) -> Expression:
        then = self.sum()
        before = self.at
        if not self.take("if"):
            return then
        chosen = self.attempt(lambda: self.rest_of_choice(then), before)
        return then if chosen is None else chosen

    def rest_of_choice(self, then: Expression) -> Expression:
        condition = self.condition()
        if not self.take("else"):
            raise _NotAFormulaError
        return Apply("if", (condition, then, self.choice()))

    def condition(self) -> Expression:
        """A comparison, or a chain of two (`3 <= x <= 5`)."""
        left, sign, middle = self.sum(), self.comparison(), self.sum()
        first = Apply(sign, (left, middle))
        if self.peek()[0] not in _COMPARISONS:
            return first
        return Apply("and", (first, Apply(self.comparison(), (middle, self.sum()))))

    def comparison(self) -> str:
        sign = self.take(*_COMPARISONS)
        if not sign:
            raise _NotAFormulaError
        return sign

    def sum(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _NotAFormulaError
        left = self.product()
        while True:
            before = self.at
            sign = self.take("+", "-")
            if not sign:
                break
            right = self.attempt(self.product, before)
            if right is None:
                break
            left = Apply(sign, (left, right))
        self.depth -= 1
        return left

    def attempt(self, read: Callable[[], Expression], before: int) -> Expression | None:
        """What `read` reads; None, with the place back at `before`, where it is not a formula."""
        depth, bars = self.depth, self.bars
        try:
            return read()
        except _NotAFormulaError:
            self.at, self.depth, self.bars = before, depth, bars
            return None

    def product(self) -> Expression:
        left = self.signed()
        while True:
            before = self.at
            operator = self.take("*", "/", "mod")
            if not operator and not self._beside():
                return left
            right = self.attempt(self.signed if operator else self.power, before)
            if right is None:
                return left
            left = Apply(operator or "*", (left, right))

    def _beside(self) -> bool:
        """Does a factor stand here without a sign? A number does not (`x 3` is prose), nor a bar inside bars."""
        symbol, _ = self.peek()
        return symbol == "(" or (symbol == "|" and not self.bars) or symbol in self.letters or symbol in _NAMES

    def signed(self) -> Expression:
        if self.take("+"):
            return self.signed()
        if self.take("-"):
            return Apply("*", (Number(-1.0), self.signed_operand()))
        return self.power()

    def signed_operand(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _NotAFormulaError
        operand = self.signed()
        self.depth -= 1
        return operand

    def power(self) -> Expression:
        base = self.atom()
        before = self.at
        if self.take("^"):
            exponent = self.attempt(self.signed_operand, before)
            return base if exponent is None else Apply("^", (base, exponent))
        return base

    def atom(self) -> Expression:
        symbol, end = self.peek()
        self.at = end
        if symbol and (symbol[0].isdigit() or symbol[0] == "."):
            return Number(float(symbol))
        if symbol in self.letters:
            return Variable(symbol)
        if symbol == "(":
            return self.closed(")")
        if symbol == "|":
            self.bars += 1
            inside = self.closed("|")
            self.bars -= 1
            return Apply("abs", (inside,))
        if symbol in CONSTANTS:
            return Number(CONSTANTS[symbol])
        if symbol == "polyline":
            return self.polyline()
        if symbol in UNARY or symbol in BINARY:
            return self.call(symbol)
        raise _NotAFormulaError

    def closed(self, bracket: str) -> Expression:
        inside = self.choice()
        if not self.take(bracket):
            raise _NotAFormulaError
        return inside

    def polyline(self) -> Expression:
        """`polyline(x; (1, 2), (3, 4))`: straight lines between knots, level before and after."""
        self.require("(")
        at = self.sum()
        self.require(";", ",")
        knots = [self.knot()]
        while self.take(",") and len(knots) < MAX_KNOTS:
            knots.append(self.knot())
        self.require(")")
        return _lines(at, knots)

    def knot(self) -> tuple[float, float]:
        self.require("(")
        x = self.signed()
        self.require(",")
        y = self.signed()
        self.require(")")
        return _number(x), _number(y)

    def require(self, *wanted: str) -> None:
        if not self.take(*wanted):
            raise _NotAFormulaError

    def call(self, name: str) -> Expression:
        if not name.isalnum():
            raise _NotAFormulaError
        if name in UNARY and self.peek()[0] in self.letters:  # `sin x`
            return Apply(name, (self.power(),))
        if not self.take("("):
            raise _NotAFormulaError
        arguments = [self.choice()]
        while name in BINARY and self.take(","):
            arguments.append(self.choice())
        if not self.take(")") or (name in BINARY and len(arguments) < 2):
            raise _NotAFormulaError
        return (
            reduce(lambda a, b: Apply(name, (a, b)), arguments[1:], arguments[0])
            if name in BINARY
            else Apply(name, (arguments[0],))
        )


def _number(expression: Expression) -> float:
    if variables(expression):
        raise _NotAFormulaError
    return float(evaluate(expression, np.zeros(1))[0])


def _lines(at: Expression, knots: list[tuple[float, float]]) -> Expression:
    """The last piece first: `then` to the left of a knot, `otherwise` beyond it."""
    line: Expression = Number(knots[-1][1])
    for (x1, y1), (x2, y2) in reversed(list(pairwise(knots))):
        if x2 <= x1:
            raise _NotAFormulaError
        rise = Apply("*", (Number((y2 - y1) / (x2 - x1)), Apply("-", (at, Number(x1)))))
        line = Apply("if", (Apply("<", (at, Number(x2))), Apply("+", (Number(y1), rise)), line))
    return Apply("if", (Apply("<", (at, Number(knots[0][0]))), Number(knots[0][1]), line))
