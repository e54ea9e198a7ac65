"""The catalogue of numeric families: every file in this folder that holds one is in it.

To add a family, add a file with a subclass of `Family`. Suites name the families they draw from, so a new one changes
no suite that exists.
"""

from functions.numeric.families.catalogue import catalogue, family_named
from functions.numeric.families.family import Family, Parameters, Span

__all__ = ["Family", "Parameters", "Span", "catalogue", "family_named"]
