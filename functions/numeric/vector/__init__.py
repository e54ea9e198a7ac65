"""Functions of two or three numbers: one-dimensional families, each of one of the inputs, and what joins them."""

from functions.numeric.vector.generate import Recipe, generate
from functions.numeric.vector.spec import BoxCorruption, VectorSpec

__all__ = ["BoxCorruption", "Recipe", "VectorSpec", "generate"]
