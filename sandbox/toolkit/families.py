"""The shapes a scientist knows. Each is a curve a * g(x; q) with an amplitude `a` first and its other parameters after.

A family offers the same shape twice. `columns` is for searching: many candidate parameter sets at once, everything that
enters linearly (phase, slopes, coefficients) left to least squares. `value` is for stating: the parameters a person
would name. `natural` leads from the one to the other.

Shapes that differ by an affine change alone (step and signum, floor and ceil, sine and cosine) are one family here;
`explain` decides what to call them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .types import Array, Mask

Columns = Callable[[Array, Array], Array]  # x (N,), theta (P, k) -> (P, N, m)


@dataclass(frozen=True)
class Scene:
    """Where candidates may lie: the range of the argument, cuts between neighbouring samples, and brinks: places
    between a defined answer and an undefined one beside it, where a shape that begins somewhere must begin."""

    low: float
    high: float
    cuts: Array
    finest: float  # highest angular frequency worth a try
    brinks: tuple[float, ...] = ()

    @property
    def half(self) -> float:
        """Half the width of the range."""
        return (self.high - self.low) / 2 or 1.0


def scene(x: Array, low: float, high: float, cuts: int = 60, finest: float = 8.0) -> Scene:
    """The scene of samples `x` on [low, high]. `finest` caps frequencies, in radians per unit of x."""
    ordered = np.unique(x[(x >= low) & (x <= high)])
    middles = (ordered[1:] + ordered[:-1]) / 2 if len(ordered) > 1 else np.array([(low + high) / 2])
    if len(middles) > cuts:
        middles = middles[np.linspace(0, len(middles) - 1, cuts).round().astype(int)]
    return Scene(low, high, middles, finest)


@dataclass(frozen=True)
class Family:
    """One shape. `params` names what follows the amplitude in `value`'s parameters; `hard` are those of them (by
    position in the full vector) that only move jumps about, so that no derivative shows the way."""

    name: str
    params: tuple[str, ...]
    value: Callable[[Array, Array], Array]  # x (N,), p (1 + len(params),) -> (N,); x (D, N), p (.., D, 1) -> (D, N)
    columns: Columns
    starts: Callable[[Scene], Array]  # -> (D, k) candidates for the parameters that `columns` needs
    natural: Callable[[Array, Array], Array]  # theta (k,), coefficients (m,) -> p
    hard: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """Parameters including the amplitude."""
        return 1 + len(self.params)


def brinks(x: Array, defined: Mask) -> tuple[float, ...]:
    """Five places in each bracket of sorted `x` (N,) where answers stop or begin to be defined."""
    flips = np.flatnonzero(defined[1:] != defined[:-1])[:4]
    return tuple(float(x[i] + share * (x[i + 1] - x[i])) for i in flips for share in (0.05, 0.25, 0.5, 0.75, 0.95))


def _mesh(*axes: Array) -> Array:
    return np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1)


def _one(curve: Callable[..., Array]) -> Columns:
    """Columns of a shape with one linear coefficient: `curve(x, q0, q1, ...)` broadcast over candidates."""

    def columns(x: Array, theta: Array) -> Array:
        return np.asarray(curve(x, *(theta[:, i, None] for i in range(theta.shape[1])))[..., None], dtype=float)

    return columns


def _simple(
    name: str,
    params: tuple[str, ...],
    curve: Callable[..., Array],
    starts: Callable[[Scene], Array],
    hard: tuple[int, ...] = (),
) -> Family:
    """A family whose stated and searched parameters are the same."""
    return Family(
        name=name,
        params=params,
        value=lambda x, p: p[0] * curve(x, *p[1:]),
        columns=_one(curve),
        starts=starts,
        natural=lambda theta, c: np.concatenate([c[:1], theta]),
        hard=hard,
    )


def polynomial(degree: int) -> Family:
    """a * (x^k + r_(k-1) x^(k-1) + ... + r_1 x): the leading coefficient is the amplitude."""
    powers = np.arange(1, degree + 1)
    return Family(
        name="linear" if degree == 1 else f"polynomial of degree {degree}",
        params=tuple(f"r{k}" for k in powers[:-1]),
        value=lambda x, p: p[0] * x * _monic(x, p),
        columns=lambda x, theta: np.broadcast_to(x[:, None] ** powers, (len(theta), len(x), degree)),
        starts=lambda s: np.empty((1, 0)),  # noqa: ARG005 - nothing to search
        natural=lambda theta, c: np.concatenate([c[-1:], c[:-1] / (c[-1] or 1e-300)]),  # noqa: ARG005
    )


def _monic(x: Array, p: Array) -> Array:
    """x^(k-1) + r_(k-1) x^(k-2) + ... + r_1, by Horner's rule."""
    out = np.ones_like(x)
    for r in p[:0:-1]:
        out = out * x + r
    return out


def _centers(s: Scene) -> Array:
    return np.unique(np.concatenate([s.cuts, [0.0] if s.low < 0 < s.high else []]))


def _widths(s: Scene, n: int = 10) -> Array:
    return np.asarray(s.half * np.geomspace(0.01, 1.5, n))


def _frequencies(s: Scene, per: float = 0.6, most: int = 2600) -> Array:
    """Frequencies up to the finest, close enough that no candidate is off by more than `per` radians at the far end."""
    step = per / s.half
    return np.asarray(step * np.arange(1.0, min(most, max(int(s.finest / step), 12)) + 1))


def _sine_natural(theta: Array, c: Array) -> Array:
    return np.array([np.hypot(c[0], c[1]), theta[0], np.arctan2(c[1], c[0])])


def _leaky(x: Array, c: Array, leak: Array) -> Array:
    return np.where(x > c, x - c, leak * (x - c))


def _leaky_natural(theta: Array, c: Array) -> Array:
    right, left = c[0] + c[1], c[0] - c[1]
    return np.array([right, theta[0], left / (right or 1e-300)])


def _box(x: Array, left: Array, right: Array) -> Array:
    return ((x >= left) & (x <= right)).astype(float)


def _boxes(s: Scene) -> Array:
    cuts = s.cuts[:: max(1, len(s.cuts) // 36)]
    i, j = np.triu_indices(len(cuts), 1)
    return np.stack([cuts[i], cuts[j]], axis=1)


def _square(x: Array, w: Array, phase: Array) -> Array:
    return np.where(np.mod(w * x + phase, 2 * np.pi) < np.pi, 1.0, -1.0)


def _floor(x: Array, w: Array, phase: Array) -> Array:
    return np.floor(w * x + phase)


def _stairs(s: Scene) -> Array:
    """Many widths for stairs that begin at 0, as most do; fewer for those that begin elsewhere."""
    from_zero = _mesh(np.arange(1.0, 16.0, 0.12) / s.half, np.zeros(1))
    return np.concatenate([from_zero, _mesh(np.geomspace(1.2, 14.0, 36) / s.half, np.arange(1, 6) / 6)])


def _bell(x: Array, c: Array, width: Array) -> Array:
    return np.exp(-0.5 * ((x - c) / width) ** 2)


def _rational(x: Array, c: Array, d: Array) -> Array:
    return 1.0 / ((x - c) ** 2 + d)


def _rational_starts(s: Scene) -> Array:
    squares = (s.half * np.geomspace(0.004, 1.0, 9)) ** 2
    return _mesh(_centers(s)[::2], np.concatenate([squares, -squares[3:]]))


SINE = Family(
    name="sine",
    params=("frequency", "phase"),
    value=lambda x, p: p[0] * np.sin(p[1] * x + p[2]),
    columns=lambda x, t: np.stack([np.sin(t[:, :1] * x), np.cos(t[:, :1] * x)], axis=-1),
    starts=lambda s: _frequencies(s)[:, None],
    natural=_sine_natural,
)
LEAKY = Family(
    name="leaky relu",
    params=("kink", "leak"),
    value=lambda x, p: p[0] * _leaky(x, p[1], p[2]),
    columns=lambda x, t: np.stack([np.broadcast_to(x, (len(t), len(x))), np.abs(x - t[:, :1])], axis=-1),
    starts=lambda s: _centers(s)[:, None],
    natural=_leaky_natural,
)
SLANTED_RATIONAL = Family(
    name="rational",
    params=("center", "offset", "root"),
    value=lambda x, p: p[0] * (x - p[3]) * _rational(x, p[1], p[2]),
    columns=lambda x, t: np.stack([_rational(x, t[:, :1], t[:, 1:]), x * _rational(x, t[:, :1], t[:, 1:])], axis=-1),
    starts=_rational_starts,
    natural=lambda theta, c: np.array([c[1], theta[0], theta[1], -c[0] / (c[1] or 1e-300)]),
)
CENTERED: Callable[[Scene], Array] = lambda s: _centers(s)[:, None]  # noqa: E731 - a start grid like those above

BEGINNING: Callable[[Scene], Array] = lambda s: np.unique([*_centers(s), *s.brinks])[:, None]  # noqa: E731 - likewise

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        *(polynomial(degree) for degree in range(1, 6)),
        _simple("absolute", ("center",), lambda x, c: np.abs(x - c), CENTERED),
        LEAKY,
        _simple("root", ("center",), lambda x, c: np.sqrt(np.abs(x - c)), CENTERED),
        _simple("right root", ("center",), lambda x, c: np.sqrt(x - c), BEGINNING),
        _simple("left root", ("center",), lambda x, c: np.sqrt(c - x), BEGINNING),
        _simple("cube root", ("start",), lambda x, c: np.cbrt(x - c), CENTERED),
        _simple("logarithm", ("center",), lambda x, c: np.log(np.abs(x - c)), CENTERED),
        _simple("right logarithm", ("center",), lambda x, c: np.log(x - c), BEGINNING),
        _simple("left logarithm", ("center",), lambda x, c: np.log(c - x), BEGINNING),
        _simple("step", ("threshold",), lambda x, c: (x >= c).astype(float), CENTERED, hard=(1,)),
        _simple(
            "tanh",
            ("center", "rate"),
            lambda x, c, w: np.tanh(w * (x - c)),
            lambda s: _mesh(_centers(s)[::2], 1 / _widths(s, 8)),
        ),
        SINE,
        _simple("reciprocal", ("pole",), lambda x, c: 1.0 / (x - c), CENTERED),
        _simple("gaussian", ("center", "width"), _bell, lambda s: _mesh(_centers(s), _widths(s))),
        _simple("even rational", ("center", "offset"), _rational, _rational_starts),
        SLANTED_RATIONAL,
        _simple("rectangle", ("left", "right"), _box, _boxes, hard=(1, 2)),
        _simple(
            "square wave",
            ("frequency", "phase"),
            _square,
            lambda s: _mesh(_frequencies(s, 0.35, 160), np.arange(10) * np.pi / 5),
            hard=(1, 2),
        ),
        _simple(
            "floor",
            ("rate", "phase"),
            _floor,
            _stairs,
            hard=(1, 2),
        ),
    )
}
