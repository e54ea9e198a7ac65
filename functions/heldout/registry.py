"""What is held out, by category: each kind with the words by which code would call it."""

from typing import NamedTuple

from functions.brief import Category


class Kind(NamedTuple):
    """One kind of function. `names` are its families or operations, `words` are what code for it would say."""

    category: Category
    what: str
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


KINDS = (
    Kind(Category.NUMERIC, "asymmetric triangle waves", ("triangle_wave",), ("triangle wave", "sawtooth")),
    Kind(Category.NUMERIC, "sinc", ("sinc",), ("sinc",)),
    Kind(Category.NUMERIC, "damped oscillations", ("damped_oscillation",), ("damped", "damping")),
    Kind(Category.NUMERIC, "x mod n", ("modulo",), ("modulo", "mod n")),
    Kind(
        Category.NUMERIC, "piecewise linear functions with 3 to 6 knots", ("piecewise_linear",), ("piecewise linear",)
    ),
    Kind(Category.NUMERIC, "two incommensurate sinusoids", ("two_sinusoids",), ("incommensurate",)),
    Kind(
        Category.NUMERIC,
        "quantised families",
        ("quantised_gaussian", "quantised_sine", "quantised_tanh"),
        ("quantised", "quantized"),
    ),
    Kind(Category.STRING, "rail fence", ("rail fence",), ("rail fence", "rail_fence")),
    Kind(Category.STRING, "pig Latin", ("pig latin",), ("pig latin", "pig_latin")),
    Kind(Category.STRING, "sort by frequency", ("sort by frequency",), ("by frequency", "by_frequency")),
    Kind(Category.STRING, "letters mirrored only inside long words", ("mirror long words",), ("mirror_long_words",)),
    Kind(Category.STRING, "interleaved halves", ("interleave halves",), ("interleave_halves", "interleave the halves")),
    Kind(Category.STRING, "Soundex-like codes", ("sound code",), ("soundex", "sound_code")),
    Kind(Category.STRING, "check digits", ("luhn digit", "weighted check"), ("luhn", "check digit", "check_digit")),
    Kind(Category.ENTITY, "unions of three unrelated concepts"),
    Kind(Category.RELATION, "chains of two rules", words=("chainspec",)),
)


def held_out_names(category: Category) -> frozenset[str]:
    """The names of all families or operations of a category that are held out."""
    return frozenset(name for kind in KINDS if kind.category is category for name in kind.names)
