"""The figures of the numeric bench count what is right, however it is told."""

import pytest

from functions.brief import Claim, Interpretation, Interval
from functions.numeric.expression import Atom
from functions.numeric.spec import NumericSpec
from tests.orchestrator.numeric_figures import parameters_right

SIGNUM = {"scale": 8.0, "center": 3.5, "offset": 7.0}
CEIL = {"height": -2.0, "width": 4.0, "offset": 1.0}


def right(family: str, true: dict[str, float], told: str, numbers: dict[str, float]) -> tuple[int, int]:
    spec = NumericSpec(domain=Interval(low=-16, high=16), expression=Atom(family=family, parameters=true))
    claims = [Claim(kind="family", about="base", name=told, text=told)]
    claims += [Claim(kind="parameter", about="base", name=n, value=v, text=n) for n, v in numbers.items()]
    return parameters_right(spec, Interpretation(description="", code="", claims=tuple(claims)))


@pytest.mark.parametrize(
    ("family", "true", "told", "numbers"),
    [
        ("signum", SIGNUM, "step", {"threshold": 3.5, "before": -1.0, "after": 15.0}),
        ("ceil", CEIL, "floor", {"height": -2.0, "width": 4.0, "offset": -1.0}),
    ],
)
def test_a_function_told_by_its_other_name_is_right(
    family: str, true: dict[str, float], told: str, numbers: dict[str, float]
) -> None:
    """No answer tells a signum from a step, or a ceil from a floor one stair higher."""
    assert right(family, true, told, numbers) == (3, 3)


def test_other_levels_are_wrong_by_either_name() -> None:
    """The other name is no excuse for another function."""
    assert right("ceil", CEIL, "floor", {"height": -2.0, "width": 4.0, "offset": 1.5}) == (2, 3)
    assert right("ceil", CEIL, "ceil", {"height": -2.0, "width": 4.0, "offset": -1.0}) == (2, 3)
