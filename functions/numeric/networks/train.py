"""`python -m functions.numeric.networks.train FILE`: draws formulas, trains networks on them, keeps those that learned.

Full-batch Adam (Kingma and Ba, arXiv 1412.6980) on the mean squared error over an even grid, many networks at once.
Inputs are scaled to -1..1 and outputs to unit spread; both scalings are folded into the weights afterwards, which are
rounded to four digits. Equal on one machine; on another the last digits may differ.
"""

import sys
from collections.abc import Iterator
from itertools import chain, count, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from functions.arrays import FloatArray
from functions.identity import canonical_json
from functions.numeric import NumericSpec, quality
from functions.numeric.families import catalogue
from functions.numeric.generate import generate
from functions.numeric.network import Network, values
from functions.numeric.recipe import Recipe

WIDTHS = (8, 12, 16, 24, 32)
EACH = 48  # networks of each width
STEPS, RATE = 2_500, 0.02
POINTS = 121  # of the grid that networks are trained on
TOGETHER = 4  # networks are trained at once: little overhead, and all of it stays in the cache
LEARNED = 0.97  # of the formula's variance is explained by a network that learned
DEPARTURES = 4  # more are no longer worth telling

Parameters = list[FloatArray]  # (networks, units): weights, biases, outputs; (networks, 1): offsets


def main() -> int:
    """Train the pool and write it to the file that is named."""
    networks = [network for width in WIDTHS for network in islice(_learned(width), EACH)]
    lines = ",\n".join(canonical_json(network) for network in _unlike(networks))
    Path(sys.argv[1]).write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(networks)} networks")  # noqa: T201
    return 0


def explained(network: Network, points: int = 1_001) -> float:
    """The share of the formula's variance over the trained inputs that the network explains; 1 is all of it."""
    x = np.linspace(network.trained.low or 0.0, network.trained.high or 0.0, points)
    formula = values(network.approximates, x)
    return 1 - float(np.mean((values(network, x) - formula) ** 2) / np.var(formula))


def _learned(width: int) -> Iterator[Network]:
    """Networks of so many units that learned their formula well enough to be described by it, and can be seen."""
    formulas = _formulas(width)
    for network in chain.from_iterable(trained(list(islice(formulas, TOGETHER)), width) for _ in count()):
        visible = quality.flaw(NumericSpec(domain=network.trained, expression=network)) is None
        if visible and explained(network) > LEARNED and len(network.departures(narrowest=0.0)) <= DEPARTURES:
            yield network


def _unlike(networks: list[Network]) -> Iterator[Network]:
    """Without those that do what one before them does."""
    kept: list[tuple[Network, FloatArray]] = []
    for network in networks:
        mine = quality.fingerprint(NumericSpec(domain=network.trained, expression=network))
        if not any(network.trained == other.trained and quality.alike(mine, theirs) for other, theirs in kept):
            kept.append((network, mine))
            yield network


def _formulas(width: int) -> Iterator[NumericSpec]:
    """Endless undisturbed functions that are defined everywhere in their domain and nowhere run away."""
    families = tuple(name for name in catalogue() if name not in ("constant", "linear"))
    recipe = Recipe(families=families, replacements=families, noisy=0.0, corrupted=0.0)
    for index in count():
        spec = generate(width, index, recipe)
        y = spec.evaluate(np.linspace(spec.domain.low or 0.0, spec.domain.high or 0.0, 5_001))
        low, high = quality.usual_range(y)
        if not np.isnan(y).any() and np.ptp(y) < 4 * (high - low):
            yield spec


def trained(specs: list[NumericSpec], width: int, steps: int = STEPS) -> Iterator[Network]:
    """One network of so many units on each function, after so many steps."""
    lows = np.array([[spec.domain.low or 0.0] for spec in specs])
    highs = np.array([[spec.domain.high or 0.0] for spec in specs])
    middles, halves = (lows + highs) / 2, (highs - lows) / 2
    grid = np.linspace(-1, 1, POINTS)
    y = np.stack(
        [spec.evaluate(middle + half * grid) for spec, middle, half in zip(specs, middles, halves, strict=True)]
    )
    means, spreads = y.mean(axis=1, keepdims=True), y.std(axis=1, keepdims=True)
    weights, biases, outputs, offsets = _adam(grid, (y - means) / spreads, width, steps)
    folded = [weights / halves, biases - weights * middles / halves, outputs * spreads, offsets * spreads + means]
    for spec, w, b, v, c in zip(specs, *folded, strict=True):
        yield Network.model_validate(
            {
                "approximates": spec.expression,
                "trained": spec.domain,
                "weights": _four_digits(w),
                "biases": _four_digits(b),
                "outputs": _four_digits(v),
                "offset": _four_digits(c)[0],
            }
        )


def _adam(x: FloatArray, y: FloatArray, width: int, steps: int) -> Parameters:
    """Trained parameters; x is (points,), y is (networks, points)."""
    parameters = _start(y.shape[0], width)
    first, second = [np.zeros_like(p) for p in parameters], [np.zeros_like(p) for p in parameters]
    for step in range(1, steps + 1):
        rate = RATE * (1 + np.cos(np.pi * step / steps)) / 2
        for p, m, v, slope in zip(parameters, first, second, _slopes(x, y, *parameters), strict=True):
            m += 0.1 * (slope - m)
            v += 0.001 * (slope**2 - v)
            p -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return parameters


def _start(networks: int, width: int) -> Parameters:
    """Units that bend all over the inputs, to either side, and hardly count yet."""
    random = np.random.default_rng(width)
    shape = networks, width
    weights = random.choice([-1.0, 1.0], shape) * random.uniform(1, 4, shape)
    biases = -weights * random.uniform(-1.1, 1, shape)
    return [weights, biases, random.normal(0, 0.3 / np.sqrt(width), shape), np.zeros((networks, 1))]


def _slopes(
    x: FloatArray, y: FloatArray, weights: FloatArray, biases: FloatArray, outputs: FloatArray, offsets: FloatArray
) -> Parameters:
    """The gradient of the mean squared error in each parameter."""
    bent = weights[:, :, None] * x + biases[:, :, None]  # (networks, units, points)
    hidden = np.maximum(bent, 0.0)
    error = ((outputs[:, None, :] @ hidden)[:, 0] + offsets - y) * (2 / x.size)
    through = (error[:, None] * (bent > 0)) * outputs[:, :, None]
    return [through @ x, through.sum(axis=2), (hidden @ error[:, :, None])[:, :, 0], error.sum(axis=1, keepdims=True)]


def _four_digits(row: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(float(f"{value:.4g}") + 0.0 for value in row)


if __name__ == "__main__":
    sys.exit(main())
