"""Which modules a source names that are worth importing once, in the process that forks, instead of in every fork.

A fork costs by what its process has mapped: with numpy twice a bare one, with scipy six times. So workers start lean,
and import what a source names when one first names it.
"""

import re

_SCIPY = ("fft", "integrate", "interpolate", "linalg", "optimize", "signal", "special", "stats")
_STANDARD = (
    "bisect collections cmath csv dataclasses datetime decimal difflib fractions functools hashlib heapq itertools json"
    " math operator random re statistics string textwrap typing unicodedata"
)
_NUMPY = ("fft", "linalg", "polynomial", "random")  # which numpy itself imports late
_PARTS = {*(f"numpy.{name}" for name in _NUMPY), *(f"scipy.{name}" for name in _SCIPY)}
KNOWN = frozenset({"numpy", "scipy", "toolkit", *_PARTS, *_STANDARD.split()})

_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+([\w, \t]+)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([\w., \t]+)", re.MULTILINE)
_DOTTED = re.compile(r"\b(?:scipy|numpy)\.\w+")


def modules_named(source: str) -> frozenset[str]:
    """The known modules that `source` names in imports or as parts of numpy and scipy. A guess: it may be wrong."""
    source = re.sub(r"\bnp\.", "numpy.", source)
    named = set(_DOTTED.findall(source))
    for modules in _IMPORT.findall(source):
        named.update(_first_words(modules))
    for package, names in _FROM.findall(source):
        named |= {package, *(f"{package}.{name}" for name in _first_words(names))}
    return frozenset(named & KNOWN) | {name.partition(".")[0] for name in named if name.startswith("toolkit.")}


def _first_words(listed: str) -> list[str]:
    return [word.split()[0] for word in listed.split(",") if word.strip()]
