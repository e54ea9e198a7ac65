"""The experimenter's own tools: where to ask, what the answers mean, and how to say it.

    xs = toolkit.survey(low, high, 40)                     # where to ask: survey, zoom, pairs, gaps, rivals, bisect
    found = toolkit.investigate(x, y, low, high)           # explanations ranked by BIC, region, noise
    found.description, found.code, found.as_json()

Each file holds one idea and can be used alone: `designs`, `noise`, `data`, `families`, `compose`, `fits`, `regions`,
`select`, `screen`, `varpro`, `joined`, `composed`, `settle`, `simpler`, `search`, `combed`, `prune`, `explain`,
`wording`, `broken`, `unknown`, `sharpen`, `falsify`. Everything is deterministic and bounded by counted work.
`multivariate` and the files that begin with it are for functions of two and three numbers.
"""

from .designs import around, bisect, gaps, largest_steps, pairs, rivals, survey, zoom
from .falsify import attacks, confront, curve_of
from .investigate import Findings, investigate
from .noise import NoiseFinding, Scatter, classify, scatter
from .sharpen import sharpen

__all__ = [
    "Findings",
    "NoiseFinding",
    "Scatter",
    "around",
    "attacks",
    "bisect",
    "classify",
    "confront",
    "curve_of",
    "gaps",
    "investigate",
    "largest_steps",
    "pairs",
    "rivals",
    "scatter",
    "sharpen",
    "survey",
    "zoom",
]
