"""How numbers and small formulas are written: in prose and in code alike, short and exact."""

import math
import re
from collections.abc import Sequence


def number(value: float) -> str:
    """The shortest exact text of a number: `3`, `-0.25`, `3.1e-05`."""
    short = format(value + 0.0, "g")  # adding 0.0 turns -0.0 into 0.0
    return short if float(short) == value else repr(value)


def times(factor: float, text: str) -> str:
    """`factor * text`, without a factor of one."""
    if factor == 1:
        return text
    return f"-{text}" if factor == -1 else f"{number(factor)} * {text}"


def plus(text: str, value: float) -> str:
    """`text + value` or `text - value`, without adding zero."""
    if value == 0:
        return text
    return f"{text} {'+' if value > 0 else '-'} {number(abs(value))}"


def less(text: str, value: float) -> str:
    """`text - value` as one operand of a product or a quotient: in brackets where it needs them."""
    return f"({plus(text, -value)})" if value else text


def polynomial(coefficients: Sequence[float], x: str) -> str:
    """`2 * x^2 - x + 3`, from the coefficients of x^0, x^1, x^2, ..."""
    text = ""
    for power, value in reversed(list(enumerate(coefficients))):
        size = abs(value) if text else value
        term = times(size, x if power == 1 else f"{x}^{power}") if power else number(size)
        if value:
            text += (" + " if value > 0 else " - ") + term if text else term
    return text or "0"


def as_python(text: str) -> str:
    """A formula as a Python expression: powers, and the functions that `math` has, by their Python names."""
    called = re.sub(r"\b(\w+)\(", lambda m: f"math.{m[0]}" if hasattr(math, m[1]) else m[0], text)
    return called.replace("^", "**").replace(" mod ", " % ")


def capital(text: str) -> str:
    """The same as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def multiple(factor: float) -> str:
    """The beginning of a noun phrase: `3 times `, or nothing for a factor of one."""
    return "" if factor == 1 else f"{number(factor)} times "


def raised(value: float) -> str:
    """The end of a noun phrase: `, raised by 7`, `, lowered by 7`, or nothing."""
    if value == 0:
        return ""
    return f", {'raised' if value > 0 else 'lowered'} by {number(abs(value))}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
