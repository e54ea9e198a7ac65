"""Noise: replayable, keyed, and of the kind and size it says it is."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.arrays import FloatArray
from functions.brief import Noise, NoiseKind
from functions.noise import audit_secret, deviation_at, draw_noise

SECRET = audit_secret("0" * 64, 7)
KINDS = [NoiseKind.GAUSSIAN, NoiseKind.UNIFORM, NoiseKind.POISSON]
MANY = 40_000


def sample(kind: NoiseKind, scale: float = 1.0) -> FloatArray:
    """Noise at many repetitions of one input."""
    return draw_noise(Noise(kind=kind, scale=scale), np.full(MANY, 1.5), np.arange(MANY), SECRET)


def test_no_noise_is_zero() -> None:
    """A noise-free function gets exactly nothing added."""
    assert draw_noise(Noise(), np.array([1.0, 2.0]), np.array([0, 3]), SECRET).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("kind", KINDS)
def test_noise_is_pinned(kind: NoiseKind) -> None:
    """The values are the same bits on every machine and numpy: these were written down once."""
    pinned = {
        NoiseKind.GAUSSIAN: [-0.03372271912663889, -0.15584026311833846, 0.45817205549904355],
        NoiseKind.UNIFORM: [-0.25205861472351626, 0.44914985451972145, 0.48001330902504646],
        NoiseKind.POISSON: [-0.5, 1.0, 1.0],
    }
    drawn = draw_noise(Noise(kind=kind, scale=0.5), np.array([0.0, 1.5, 1.5]), np.array([0, 0, 1]), SECRET)
    assert drawn.tolist() == pinned[kind]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=20), st.sampled_from(KINDS))
def test_noise_of_an_input_does_not_depend_on_its_batch(inputs: list[float], kind: NoiseKind) -> None:
    """An input gets the same noise alone, in a batch and in another order."""
    noise, x = Noise(kind=kind, scale=2.0), np.array(inputs)
    asked = np.arange(x.size)
    whole = draw_noise(noise, x, asked, SECRET)
    alone = [draw_noise(noise, x[i : i + 1], asked[i : i + 1], SECRET)[0] for i in range(x.size)]
    assert whole.tolist() == alone
    assert draw_noise(noise, x[::-1], asked[::-1], SECRET).tolist() == whole[::-1].tolist()


def test_both_zeros_are_one_input() -> None:
    """-0.0 and 0.0 are the same question, so they get the same answer."""
    drawn = draw_noise(Noise(kind=NoiseKind.GAUSSIAN, scale=1), np.array([0.0, -0.0]), np.zeros(2, int), SECRET)
    assert drawn[0] == drawn[1]


def test_repetitions_inputs_and_secrets_all_matter() -> None:
    """Asking again, asking elsewhere or asking in another audit gives other noise."""
    noise = Noise(kind=NoiseKind.GAUSSIAN, scale=1)
    asked = [(1.5, 0, SECRET), (1.5, 1, SECRET), (1.5000000000000002, 0, SECRET), (1.5, 0, audit_secret("0" * 64, 8))]
    drawn = {draw_noise(noise, np.array([x]), np.array([n]), secret)[0] for x, n, secret in asked}
    assert len(drawn) == 4


@pytest.mark.parametrize(("kind", "deviation"), list(zip(KINDS, (1.0, 1 / math.sqrt(3), 1.0), strict=True)))
def test_noise_has_mean_zero_and_its_own_deviation(kind: NoiseKind, deviation: float) -> None:
    """Mean 0 and the standard deviation of its kind, each within four standard errors."""
    drawn = sample(kind, 2.5)
    assert abs(drawn.mean()) < 4 * 2.5 * deviation / math.sqrt(MANY)
    assert drawn.std() == pytest.approx(2.5 * deviation, rel=0.03)


def test_gaussian_noise_has_the_normal_distribution() -> None:
    """The largest distance to the normal distribution function is below the Kolmogorov-Smirnov bound at 0.1 %."""
    drawn = np.sort(sample(NoiseKind.GAUSSIAN))
    expected = np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in drawn])
    assert np.max(np.abs(expected - (np.arange(MANY) + 0.5) / MANY)) < 1.95 / math.sqrt(MANY)


def test_uniform_noise_fills_its_interval_evenly() -> None:
    """Nothing lies outside plus and minus the scale, and every tenth gets its share."""
    drawn = sample(NoiseKind.UNIFORM, 3.0)
    counts, _ = np.histogram(drawn, bins=10, range=(-3, 3))
    assert counts.sum() == MANY
    assert np.max(np.abs(counts - MANY / 10)) < 5 * math.sqrt(MANY / 10)


def test_poisson_noise_counts_in_steps_of_its_scale() -> None:
    """Values are scale * (k - 1), and each k is as frequent as Poisson(1) says."""
    steps = sample(NoiseKind.POISSON, 0.25) / 0.25 + 1
    for k in range(6):
        expected = MANY * math.exp(-1) / math.factorial(k)
        assert abs(np.count_nonzero(steps == k) - expected) < 5 * math.sqrt(expected)
    assert set(steps.tolist()) <= set(range(20))


GROWING = Noise(kind=NoiseKind.GAUSSIAN, scale=0.5, growth=0.2)


@pytest.mark.parametrize("kind", KINDS)
def test_growing_noise_is_the_same_noise_times_its_scale_at_the_value(kind: NoiseKind) -> None:
    """At an expected output of y it is noise of the scale 0.5 + 0.2 |y|, whatever the sign of y."""
    x, asked, y = np.array([1.0, 2.0, 3.0]), np.array([0, 1, 2]), np.array([0.0, -10.0, 5.0])
    unit = draw_noise(Noise(kind=kind, scale=1.0), x, asked, SECRET)
    drawn = draw_noise(Noise(kind=kind, scale=0.5, growth=0.2), x, asked, SECRET, y)
    assert drawn.tolist() == (np.array([0.5, 2.5, 1.5]) * unit).tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_the_deviation_is_that_of_the_answers(kind: NoiseKind) -> None:
    """What `deviation_at` says is what scatters, at a small value and at a large one."""
    noise = Noise(kind=kind, scale=0.5, growth=0.2)
    for y in (0.0, 40.0):
        drawn = draw_noise(noise, np.full(MANY, 1.5), np.arange(MANY), SECRET, np.full(MANY, y))
        assert drawn.std() == pytest.approx(deviation_at(noise, np.array([y]))[0], rel=0.03)


def test_growing_noise_needs_the_expected_outputs() -> None:
    """Without them its size is not known, and that is an error rather than too little noise."""
    with pytest.raises(ValueError, match="expected outputs"):
        draw_noise(GROWING, np.array([1.0]), np.array([0]), SECRET)


def test_noise_that_does_not_grow_is_written_as_it_always_was() -> None:
    """Its JSON does not speak of growth, so old specs keep their identity; growth is written where there is some."""
    plain = Noise(kind=NoiseKind.GAUSSIAN, scale=0.5)
    assert plain.model_dump(mode="json") == {"kind": "gaussian", "scale": 0.5}
    assert Noise.model_validate_json(GROWING.model_dump_json()) == GROWING
    assert GROWING.model_dump()["growth"] == 0.2
