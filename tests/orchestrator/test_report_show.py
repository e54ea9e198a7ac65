"""How single values read."""

import pytest

from functions.brief import Claim, Interval
from orchestrator.report import show
from orchestrator.roles.messages import Measurement


@pytest.mark.parametrize(
    ("item", "text"),
    [(1.0, "1.00"), (0.9999, "0.99+"), (0.996, "0.99+"), (0.004, "<0.01"), (0.0, "0.00"), (0.5, "0.50")],
)
def test_a_share_is_never_rounded_to_perfection_or_nothing(item: float, text: str) -> None:
    """1.00 means every one, 0.00 means none."""
    assert show.share(item) == text


def test_values_are_told_from_texts() -> None:
    """Undefined is a word, a text is quoted, so that "undefined" in an answer is not mistaken for the word."""
    assert [show.value(v) for v in (None, "undefined", 2.5)] == ["undefined", '"undefined"', "2.5"]


@pytest.mark.parametrize(
    ("bounds", "text"),
    [((1, 2), "[1, 2]"), ((None, 2), "x ≤ 2"), ((1, None), "x ≥ 1"), ((None, None), "all inputs")],
)
def test_open_intervals_read_as_such(bounds: tuple[float | None, float | None], text: str) -> None:
    """An open side is no number."""
    assert show.interval(Interval(low=bounds[0], high=bounds[1])) == text


def test_a_claim_reads_from_its_fields() -> None:
    """Whatever a judge quotes beside it."""
    torn = Claim(kind="parameter", about="base", name="slope", value=2.0, text="ope of 2 an")
    bound = Claim(kind="interval", about="region", low=1.0)
    assert show.claim(torn) == "base: parameter slope = 2"
    assert show.claim(bound) == "region: interval x ≥ 1"
    assert show.claim(Claim(kind="absent", about="noise")) == "noise: absent"


def test_a_measurement_says_where_as_far_as_it_knows() -> None:
    """Bounds, points, both or neither; many points are cut."""
    assert show.where(Measurement(design="survey", queries=9, low=-1, high=1)) == "[−1, 1]"  # noqa: RUF001
    assert show.where(Measurement(design="repeats", queries=9)) == "-"
    points = Measurement(design="points", queries=9, inputs=tuple(range(9)))
    assert show.where(points) == "at 0, 1, 2, 3, 4, 5, 6, 7, ..."
