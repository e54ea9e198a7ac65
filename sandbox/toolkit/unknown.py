"""When nothing fits: an honest interpolation, described as what it is."""

import numpy as np

from .fits import Data
from .noise import NoiseFinding
from .types import Array


def knots(data: Data) -> tuple[Array, Array]:
    """Inputs with the mean of their defined answers, in order."""
    x = np.unique(data.x[data.defined])
    return x, np.array([data.y[data.defined & (data.x == value)].mean() for value in x])


def left_out_error(data: Data) -> float:
    """Median absolute error of linear interpolation at each knot from its two neighbours."""
    x, y = knots(data)
    if len(x) < 4:
        return np.inf
    share = (x[1:-1] - x[:-2]) / (x[2:] - x[:-2])
    return float(np.median(np.abs(y[1:-1] - (y[:-2] + share * (y[2:] - y[:-2])))))


def code(data: Data) -> str:
    """Source that defines `function(x)` by straight lines between the answers."""
    x, y = knots(data)
    if not len(x):
        return 'def function(x):\n    return float("nan")\n'

    def listed(values: Array) -> str:
        return "[" + ", ".join(f"{v:.7g}" for v in values) + "]"

    return (
        f"import numpy as np\n\nX = {listed(x)}\nY = {listed(y)}\n\n\n"
        "def function(x):\n    return float(np.interp(x, X, Y))\n"
    )


def description(data: Data, noise_words: str, noise: NoiseFinding) -> str:
    """Says that the rule is unknown, and what can be said all the same."""
    x, y = knots(data)
    if not len(x):
        return "The function is unknown: no answer was defined."
    way = np.corrcoef(x, y)[0, 1] if len(x) > 2 and y.std() > 3 * noise.sd else 0.0
    trend = "mostly rises" if way > 0.5 else "mostly falls" if way < -0.5 else "has no clear trend"
    return (
        f"The rule is unknown: nothing that was tried explains the answers. Over the inputs asked it {trend}; "
        f"the smallest answer was {y.min():.4g}, the largest {y.max():.4g}. The code only interpolates. {noise_words}"
    )
