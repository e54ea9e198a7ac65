"""The catalogue of numeric families: every file in this folder that holds one is in it.

To add a family, add a file with a subclass of `Family`. Suites name the families they draw from, so a new one changes
no suite that exists. Those in `functions.heldout.numeric` are apart: specs may be made of them, ordinary recipes not.
"""

from functions.numeric.families.catalogue import catalogue, drawn_from, family_named, held_out
from functions.numeric.families.family import Family, Parameters, Span

__all__ = ["Family", "Parameters", "Span", "catalogue", "drawn_from", "family_named", "held_out"]
