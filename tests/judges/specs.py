"""A few ground truths for tests, small enough to be described by hand."""

from functions.brief import Interval, Noise, NoiseKind
from functions.numeric import NumericSpec
from functions.numeric.expression import Atom, Composition, Expression, Sum
from functions.numeric.spec import Corruption

SINE = Atom(family="sine", parameters={"amplitude": 2.5, "frequency": 0.3, "phase": 1.0, "offset": 4.0})
LINE = Atom(family="linear", parameters={"slope": -2.0, "intercept": 7.5})
FIVE = Atom(family="constant", parameters={"value": 5.0})
VEE = Atom(family="absolute", parameters={"slope": 0.5, "center": 10.0, "offset": 0.0})
TANH = Atom(family="tanh", parameters={"scale": 3.0, "rate": 1.0, "center": 0.0, "offset": 0.0})
DIP = Atom(family="gaussian", parameters={"height": -8.0, "center": 12.0, "width": 6.0, "offset": 1.5})
CUBIC = Atom(family="polynomial", parameters={"c0": 4.0, "c1": -1.0, "c3": 0.01})
LOG = Atom(family="logarithm", parameters={"scale": 2.0, "start": -20.0, "offset": 1.0})


def spec(
    base: Expression,
    inside: Expression | None = None,
    where: Interval | None = None,
    noise: tuple[NoiseKind, float] = (NoiseKind.NONE, 0.0),
) -> NumericSpec:
    """A numeric function on [-128, 128]."""
    corrupted = () if inside is None or where is None else (Corruption(where=where, behaviour=inside),)
    return NumericSpec(
        domain=Interval(low=-128, high=128),
        expression=base,
        corruptions=corrupted,
        noise=Noise(kind=noise[0], scale=noise[1]),
    )


NOISY_SINE = spec(SINE, FIVE, Interval(low=-3, high=4.5), (NoiseKind.GAUSSIAN, 0.5))
PLAIN_SINE = spec(SINE)
PLAIN_LINE = spec(LINE)
HALF_LINE = spec(LINE, SINE, Interval(high=-2))
SUM = spec(Sum(terms=(VEE, SINE)))
COMPOSED = spec(Composition(outer=TANH, inner=SINE))
UNIFORM_DIP = spec(DIP, noise=(NoiseKind.UNIFORM, 0.2))
PLAIN_CUBIC = spec(CUBIC)
PLAIN_LOG = spec(LOG)
