"""Numeric functions: families, how they are joined, corrupted and disturbed, and the words and code that tell it."""

from functions.numeric.spec import Corruption, NumericSpec

__all__ = ["Corruption", "NumericSpec"]
