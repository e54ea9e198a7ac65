"""String functions: a catalogue of operations and conditions, how they are put together, and the words and code that
tell it.

To add an operation, write its function in the file of its kind under `operations/` and an example in the tests.
"""

from functions.string.catalogue import conditions, operations
from functions.string.generate import TIERS, Recipe, generate
from functions.string.meaning import LIMIT
from functions.string.spec import StringSpec
from functions.string.steps import Branch, Property, Step
from functions.string.texts import probes

__all__ = [
    "LIMIT",
    "TIERS",
    "Branch",
    "Property",
    "Recipe",
    "Step",
    "StringSpec",
    "conditions",
    "generate",
    "operations",
    "probes",
]
