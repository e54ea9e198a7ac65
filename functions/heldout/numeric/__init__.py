"""Numeric families that only held-out suites draw from: one file each, like those of `functions.numeric.families`.

Specs made of them are specs like any other. Add none here that the toolkit's library could fit.
"""

from functions.heldout.numeric.recipe import HELD_OUT_1

__all__ = ["HELD_OUT_1"]
