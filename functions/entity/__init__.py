"""Synthetic neurons: word in, response between 0 and 1 out, graded by closeness to concepts of a noun taxonomy."""

from functions.entity.generate import TIERS, Recipe, Tier, generate
from functions.entity.neuron import Bias, Concept, Neuron
from functions.entity.spec import EntitySpec

__all__ = ["TIERS", "Bias", "Concept", "EntitySpec", "Neuron", "Recipe", "Tier", "generate"]
