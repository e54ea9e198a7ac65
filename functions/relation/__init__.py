"""Relations: word in, word out, looked up in a table; undefined outside of it, perhaps with an exception."""

from functions.relation.generate import TIERS, Recipe, Tier, generate
from functions.relation.rule import Cell, Departure, Lookup
from functions.relation.spec import RelationSpec

__all__ = ["TIERS", "Cell", "Departure", "Lookup", "Recipe", "RelationSpec", "Tier", "generate"]
