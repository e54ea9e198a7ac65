"""Formulas in prose: what is read, and that nothing is ever executed."""

import numpy as np
import pytest

from judges.description.expression import MAX_NODES, evaluate, parse_prefix, size
from judges.description.formulas import take_formulas
from judges.truth import FloatArray

X: FloatArray = np.array([-2.5, 0.5, 2.0, 7.0])


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2.5 sin(0.3 x + 1) + 4", lambda x: 2.5 * np.sin(0.3 * x + 1) + 4),
        ("|x - 3| + 2", lambda x: np.abs(x - 3) + 2),
        ("-x^2 + 3x - 1", lambda x: -(x**2) + 3 * x - 1),
        ("2*x**3", lambda x: 2 * x**3),
        ("3/(x + 1)", lambda x: 3 / (x + 1)),
        ("2(x - 3)(x + 1)", lambda x: 2 * (x - 3) * (x + 1)),
        ("e^(-x^2/2)", lambda x: np.exp(-(x**2) / 2)),
        ("max(0, x) - min(x, 1)", lambda x: np.maximum(0, x) - np.minimum(x, 1)),
        ("np.sin(x) + math.floor(x)", lambda x: np.sin(x) + np.floor(x)),
        ("2^-x", lambda x: 2.0**-x),
        ("5 if x < 1 else 7 if x < 3 else 9", lambda x: np.select([x < 1, x < 3], [5.0, 7.0], 9.0)),
        ("4 if 0 <= x <= 2 else -4", lambda x: np.where((x >= 0) & (x <= 2), 4.0, -4.0)),
    ],
)
def test_a_formula_means_what_people_mean_by_it(text: str, meaning) -> None:  # type: ignore[no-untyped-def]
    """Implicit products, bars, powers before signs, choices: as written by hand or in Python."""
    parsed = parse_prefix(text)
    assert parsed is not None
    assert parsed.end == len(text)
    assert np.allclose(evaluate(parsed.expression, X), meaning(X))


@pytest.mark.parametrize(
    ("text", "formula"),
    [("2x + 1 between 3 and 5", "2x + 1"), ("x^2. Then", "x^2"), ("3 x and more", "3 x"), ("2x + see below", "2x")],
)
def test_prose_ends_a_formula(text: str, formula: str) -> None:
    """The longest prefix that is a formula is taken, and no more."""
    parsed = parse_prefix(text)
    assert parsed is not None
    assert text[: parsed.end] == formula


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')",
        "x.__class__",
        "(lambda: x)()",
        "open(x)",
        "(" * 5000 + "x",
        "-" * 5000 + "x",
        "sin(" * 100 + "x",
        "x" + "+x" * 199,
        "exp(x",
        "",
    ],
)
def test_anything_else_is_no_formula_or_harmless(text: str) -> None:
    """Names outside the closed list, unbounded depth and unbounded size are refused, without an exception."""
    parsed = parse_prefix(text)
    assert parsed is None or size(parsed.expression) <= 1


def test_undefined_values_are_nan_without_a_warning() -> None:
    """Overflow, poles and logarithms of negative numbers are undefined, as everywhere."""
    for text in ("log(x)", "1/(x - 2)", "exp(exp(exp(x)))", "1e999 x", "(-8)^(x/3)"):
        parsed = parse_prefix(text)
        assert parsed is not None
        assert not np.isinf(evaluate(parsed.expression, X)).any()


def test_letters_stand_for_what_the_text_defines() -> None:
    """`where u = ...` is put in; with a letter that nothing defines there is no formula of the output."""
    _, found = take_formulas("y = 3 * tanh(u) + v, where u = sin(v) and v = 2 * x")
    assert len(found) == 1
    assert np.allclose(evaluate(found[0].expression, X), 3 * np.tanh(np.sin(2 * X)) + 2 * X)
    assert not any(f.whole for f in take_formulas("y = 3 * tanh(u) + 1, where w = sin(x)")[1])


def test_definitions_cannot_blow_up() -> None:
    """Each letter a product of the one before: growth is stopped by a cap, not by memory."""
    bomb = (
        "y = "
        + "*".join("a" * 90)
        + "".join(f", where {a} = " + "*".join(b * 90) for a, b in zip("abcdg", "bcdgh", strict=True))
    )
    _, found = take_formulas(bomb + ", where h = x")
    assert all(size(f.expression) <= MAX_NODES for f in found)
