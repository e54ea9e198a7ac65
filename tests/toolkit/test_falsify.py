"""Attacks go where a hypothesis is most likely to break, and tell a break from noise."""

import numpy as np

from sandbox.toolkit import attacks, confront, curve_of, survey
from sandbox.toolkit.falsify import tolerance

X = survey(-8, 8, 30)


def test_attacks_cover_edges_gaps_tails_and_beyond() -> None:
    """With enough strikes, every kind of weak place is tried, and none that was asked before."""
    planned = attacks(np.sin, X, -8, 8, 14, edges=(1.0, 3.0))
    assert len(planned) == 14
    assert any(a.input < -8 for a in planned)
    assert any(a.input > 8 for a in planned)
    assert any(0.7 < a.input < 1 for a in planned)
    assert not np.isin([a.input for a in planned], X).any()


def test_few_strikes_go_to_the_most_promising_places() -> None:
    """The first of each kind comes before the second of any."""
    kinds = [a.kind for a in attacks(np.sin, X, -8, 8, 5, edges=(1.0,))]
    assert len(set(kinds)) == 5


def test_the_truth_survives() -> None:
    """A hypothesis that is right is never broken, noise or none."""
    truth = curve_of(lambda x: float(2 * np.sin(x)))
    rng = np.random.default_rng(0)
    for sd in (0.0, 0.3):
        planned = attacks(truth, X, -8, 8, 14)
        blows = confront(
            truth, planned, lambda x, s=sd: truth(x) + s * rng.normal(size=len(x)), X, truth(X), sd, spare=4
        )
        assert not any(blow.broke for blow in blows)


def test_a_wrong_tail_is_found() -> None:
    """A line that turns constant beyond the samples breaks there alone."""
    line = curve_of(lambda x: x)
    blows = confront(line, attacks(line, X, -8, 8, 14), lambda x: np.minimum(x, 8.0), X, X, 0.0)
    assert {blow.attack.kind for blow in blows if blow.broke} == {"beyond the domain"}


def test_undefined_must_agree_with_undefined() -> None:
    """A value where nothing is defined breaks a hypothesis; undefined on both sides does not."""
    log = curve_of(lambda x: float(np.log(x)) if x > 0 else np.nan)
    planned = attacks(log, X, -8, 8, 14)
    assert not any(b.broke for b in confront(log, planned, log, X, log(X), 0.0))
    assert any(b.broke for b in confront(curve_of(lambda x: x), planned, log, X, log(X), 0.0))


def test_tolerance_grows_with_noise_and_local_scale() -> None:
    """Steep neighbourhoods and noise allow more."""
    flat, steep = np.zeros(30), 100 * X
    assert tolerance(0.0, X, flat, 0.0, 0.0) < tolerance(0.0, X, steep, 0.0, 0.0)
    assert tolerance(0.0, X, flat, 0.0, 0.5) >= 2.0
