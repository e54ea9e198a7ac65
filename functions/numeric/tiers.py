"""Numeric recipes of three degrees of difficulty, over whatever families a suite names."""

from typing import Literal

from functions.numeric.recipe import Recipe

Tier = Literal["easy", "medium", "hard"]

_PROPORTIONS: dict[Tier, dict[str, float]] = {
    "easy": {"sums": 0.0, "products": 0.0, "compositions": 0.0, "noisy": 0.0, "corrupted": 0.0},
    "medium": {
        "sums": 0.15,
        "products": 0.10,
        "compositions": 0.20,
        "networks": 0.10,
        "noisy": 0.30,
        "growing": 0.2,
        "corrupted": 0.30,
    },
    "hard": {
        "sums": 0.25,
        "products": 0.20,
        "compositions": 0.30,
        "networks": 0.15,
        "deep": 0.5,
        "noisy": 0.50,
        "growing": 0.4,
        "corrupted": 0.60,
        "regions": 3,
    },
}


def tier(name: Tier, families: tuple[str, ...], replacements: tuple[str, ...]) -> Recipe:
    """Easy: one family, undisturbed. Medium: up to two parts, some noise, one region. Hard: up to three of each."""
    return Recipe.model_validate({"families": families, "replacements": replacements, **_PROPORTIONS[name]})
