"""The description of a function, as a person would write it: what it computes, where it departs, how noisy it is."""

from collections.abc import Sequence
from itertools import combinations

from functions.brief import Interval, Noise, NoiseKind
from functions.numeric.expression import Expression
from functions.numeric.network import Base, Departure, Network
from functions.numeric.text import capital, listed, number
from functions.numeric.words import undefined_where, words_for, words_of

_BASE = (
    "The function is {noun}: y = {formula}.",
    "It returns y = {formula}, which is {noun}.",
    "For an input x the output is {plain}. In symbols: y = {formula}.",
    "This black box computes {plain}; as a formula, y = {formula}.",
    "y = {formula}. In words: {noun}.",
)
PHRASINGS = len(_BASE)

_NETWORK = (
    "A small neural network ({units} ReLU units in one hidden layer) approximates {noun}: roughly, y = {formula}.",
    "It returns what a neural network of {units} hidden ReLU units has learned from y = {formula}, which is {noun}.",
    "A neural network with {units} hidden ReLU units imitates {plain}. In symbols, nearly: y = {formula}.",
    "This black box, a neural network of {units} hidden ReLU units, comes close to {plain}; roughly, y = {formula}.",
    "Approximately y = {formula}. In words: a neural network with {units} hidden ReLU units stands in for {noun}.",
)

_REGION = (
    "{Where} it behaves differently: there it is {noun}, y = {formula}.",
    "There is an exception {where}, where it returns {noun} instead (y = {formula}).",
    "{Where} this is replaced by {plain}, that is y = {formula}.",
    "However, {where} the output is irregular and follows {plain} (y = {formula}).",
    "This does not hold {where}; y = {formula} there, {noun}.",
)
_ANOTHER_REGION = (
    "{Where} it is different again: there it is {noun}, y = {formula}.",
    "There is another exception {where}, where it returns {noun} (y = {formula}).",
    "{Where} it is replaced by {plain}, that is y = {formula}.",
    "{Where} the output is irregular, too, and follows {plain} (y = {formula}).",
    "Nor does it hold {where}; y = {formula} there, {noun}.",
)
BOUNDS_INCLUDED = "Bounds of exceptions belong to them."
FIRST_COUNTS = "Where two of these exceptions meet, the one named first counts."
_NO_REGION = (
    "It behaves in the same way everywhere.",
    "There is no irregular region.",
    "This holds for all inputs, without an exception.",
    "No part of the domain is irregular.",
    "The same rule applies over the whole domain.",
)
_NOISE = (
    "Every answer carries {noise}.",
    "The outputs are noisy: {noise} is added.",
    "On top of that there is {noise}.",
    "Repeated queries scatter, because {noise} is added to each answer.",
    "Answers are disturbed by {noise}.",
)
_NO_NOISE = (
    "There is no noise.",
    "The outputs are free of noise: asking again gives the same answer.",
    "Answers are exact, without any noise.",
    "Repeated queries agree: it is not noisy.",
    "No noise is added.",
)
_SCALES = {NoiseKind.GAUSSIAN: "standard deviation", NoiseKind.UNIFORM: "half-width", NoiseKind.POISSON: "scale"}
_NOISE_KINDS = {
    NoiseKind.GAUSSIAN: "Gaussian noise with a standard deviation of {scale}",
    NoiseKind.UNIFORM: "uniform noise between -{scale} and {scale} (half-width {scale})",
    NoiseKind.POISSON: "Poisson noise of scale {scale} ({scale} * (k - 1), where k is Poisson with mean 1)",
}


def describe(base: Base, regions: Sequence[tuple[Interval, Expression]], noise: Noise, phrasing: int) -> str:
    """The whole description in one of `PHRASINGS` phrasings (taken modulo their number)."""
    n = phrasing % PHRASINGS
    sentences = (
        _network(base, n) if isinstance(base, Network) else [_BASE[n].format(**words_for(base)), *_undefined(base)]
    )
    sentences += _exceptions(regions, n) or [_NO_REGION[1 if isinstance(base, Network) else n]]
    return " ".join([*sentences, *words_of_noise(noise, n)])


def _network(network: Network, n: int) -> list[str]:
    """What it approximates, how well, and where it was not trained."""
    what = _NETWORK[n].format(units=len(network.weights), **words_for(network.approximates))
    return [what, fidelity(network), "Elsewhere it was not trained, and does not follow the formula."]


def fidelity(network: Network) -> str:
    """A sentence for where a network departs from its formula, and by how much."""
    near = f"stay within {number(network.within)} of the formula"
    span = words_of(network.trained)
    departures = [f"{words_of(departure.where)} ({how_far(departure)})" for departure in network.departures()]
    if not departures:
        return f"{capital(span)} its values {near}."
    return f"{capital(span)} its values {near}, except {listed(departures)}."


def how_far(departure: Departure) -> str:
    """How far a network is off its formula: `up to 2 above it and up to 0.7 below it`."""
    sides = {"above": departure.above, "below": departure.below}
    return listed([f"up to {number(by)} {side} it" for side, by in sides.items() if by])


def _exceptions(regions: Sequence[tuple[Interval, Expression]], n: int) -> list[str]:
    """A sentence for each irregular region, and more where one has two bounds and where two of them overlap."""
    sentences: list[str] = []
    for place, behaviour in ((words_of(where), behaviour) for where, behaviour in regions):
        template = (_ANOTHER_REGION if sentences else _REGION)[n]
        sentences.append(template.format(where=place, Where=capital(place), **words_for(behaviour)))
    if any(where.low is not None and where.high is not None for where, _ in regions):
        sentences.append(BOUNDS_INCLUDED)
    overlapping = any(overlap(a, b) for (a, _), (b, _) in combinations(regions, 2))
    return [*sentences, FIRST_COUNTS] if overlapping else sentences


def words_of_noise(noise: Noise, phrasing: int) -> list[str]:
    """A sentence for the noise or its absence, and one more for how it grows, if it does."""
    n = phrasing % PHRASINGS
    if not noise.scale:
        return [_NO_NOISE[n]]
    words = _NOISE[n].format(noise=_NOISE_KINDS[noise.kind].format(scale=number(noise.scale)))
    if not noise.growth:
        return [words]
    law = f"{number(noise.scale)} + {number(noise.growth)} * |y|"
    grows = f"the noise grows with it, and its {_SCALES[noise.kind]} is {law}."
    return [words, f"That is where y, the output without noise, is 0; {grows}"]


def overlap(a: Interval, b: Interval) -> bool:
    """Do the two have an input in common?"""
    ends = [where.high for where in (a, b) if where.high is not None]
    starts = [where.low for where in (a, b) if where.low is not None]
    return not ends or not starts or max(starts) <= min(ends)


def _undefined(base: Expression) -> list[str]:
    """A sentence for where the function is undefined, if that is anywhere."""
    limits = undefined_where(base)
    return [f"It is undefined where {listed(limits, 'or')}."] if limits else []
