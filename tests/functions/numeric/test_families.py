"""Every family, ordinary or held out, keeps what `Family` promises: a new one needs no more than its file for it."""

import math

import numpy as np
import pytest

from functions.brief import Interval
from functions.numeric import NumericSpec, quality
from functions.numeric.draws import Draws
from functions.numeric.expression import Atom
from functions.numeric.families import Family, Span, catalogue, family_named, held_out
from tests.functions.running import agree, run

FAMILIES = [pytest.param(family, id=name) for name, family in (catalogue() | held_out()).items()]
DRAWN = range(25)
SPANS = [Span(-8.0, 8.0), Span(-128.0, 128.0), Span(-1.0, 1.0), Span(20.0, 50.0)]


def specs_of(family: Family) -> list[NumericSpec]:
    """Functions of one family alone, drawn for spans of many sizes."""
    return [
        NumericSpec(
            domain=Interval(low=span.low, high=span.high),
            expression=Atom(family=family.name, parameters=family.draw(Draws(f"{n}"), span, 10.0)),
        )
        for span in SPANS
        for n in DRAWN
    ]


def test_the_catalogue_holds_what_was_promised() -> None:
    """All families of the numeric category are there."""
    assert set(catalogue()) >= {
        *("linear", "polynomial", "absolute", "root", "logarithm", "step", "leaky_relu", "tanh", "constant", "sine"),
        *("cosine", "reciprocal", "gaussian", "rational", "rectangle", "square_wave", "signum", "floor", "ceil"),
    }


def test_an_unknown_family_is_refused_by_name() -> None:
    """The error names what was asked for and what there is."""
    with pytest.raises(ValueError, match=r"no family 'wobble'; there are: absolute, .*tanh"):
        family_named("wobble")


@pytest.mark.parametrize("family", FAMILIES)
def test_drawn_parameters_are_in_canonical_form(family: Family) -> None:
    """What is drawn passes the family's own check, in each of its forms, with three significant digits."""
    for span in SPANS:
        for n in DRAWN:
            drawn = family.draw(Draws(f"{n}"), span, 10.0)
            for parameters in (drawn, family.levelled(drawn), family.unit(drawn)):
                family.check(parameters)
                assert all(float(f"{value:.3g}") == value for value in parameters.values())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_drawn_function_is_visible_in_its_span(family: Family) -> None:
    """Nearly every draw is defined over most of its span and varies there by something like the size asked for."""
    sizes = []
    for spec in specs_of(family):
        y = spec.evaluate(quality.grid(spec.domain.low or 0.0, spec.domain.high or 0.0))
        assert np.mean(~np.isnan(y)) > 0.6
        low, high = quality.usual_range(y)
        sizes.append(high - low)
    if family.name == "constant":
        assert max(sizes) < 1e-8
    else:
        assert 1.0 < float(np.median(sizes)) < 100.0
        assert np.mean(np.array(sizes) > 0.5) > 0.9


@pytest.mark.parametrize("family", FAMILIES)
def test_code_agrees_with_evaluation(family: Family) -> None:
    """Inside the domain, far beyond it, and at every parameter itself (edges, poles, knees)."""
    for spec in specs_of(family):
        assert isinstance(spec.expression, Atom)
        half = spec.domain.high or 0.0
        special = [value for value in spec.expression.parameters.values() if abs(value) < 4 * half]
        x = np.concatenate([np.linspace(-4 * half, 4 * half, 83), np.array([0.0, *special])])
        assert agree(spec, x) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_every_stated_parameter_matters(family: Family) -> None:
    """A claimed value is no decoration: another value gives another function."""
    for spec in specs_of(family):
        assert isinstance(spec.expression, Atom)
        x = np.linspace(
            spec.domain.low or 0.0, spec.domain.high or 0.0, 20_001
        )  # fine: edges of stairs may move little
        for name, value in family.stated(spec.expression.parameters).items():
            if name == "degree":
                continue  # follows from the coefficients, or is one of two kinds
            changed = {**spec.expression.parameters, name: value * 1.1 + 0.05 * (value == 0)}
            try:
                family.check(changed)
            except ValueError:
                continue  # at the edge of the canonical range
            other = spec.model_copy(update={"expression": Atom(family=family.name, parameters=changed)})
            at = np.append(x, (value + changed[name]) / 2)  # between the two, where a threshold shows
            assert not np.array_equal(spec.evaluate(at), other.evaluate(at), equal_nan=True), (name, spec)


@pytest.mark.parametrize("family", FAMILIES)
def test_levelled_and_unit_are_the_same_function_shifted_and_scaled(family: Family) -> None:
    """Levelling only shifts a function; reducing it to unit scale only shifts and multiplies it."""
    for spec in specs_of(family)[: len(DRAWN)]:
        assert isinstance(spec.expression, Atom)
        x = quality.grid(-8.0, 8.0)
        y = spec.evaluate(x)
        known = ~np.isnan(y)
        forms = [family.levelled(spec.expression.parameters), family.unit(spec.expression.parameters)]
        levelled, unit = (
            spec.model_copy(update={"expression": Atom(family=family.name, parameters=p)}).evaluate(x)[known]
            for p in forms
        )
        size = np.ptp(y[known]) + 1.0
        assert np.ptp(y[known] - levelled) < 0.02 * size
        slope, shift = np.polyfit(unit, y[known], 1) if np.ptp(unit) else (0.0, y[known][0])
        assert np.max(np.abs(slope * unit + shift - y[known])) < 0.03 * size


@pytest.mark.parametrize("family", FAMILIES)
def test_parameters_that_do_not_belong_are_refused(family: Family) -> None:
    """A misspelt parameter is an error that names it, and so is a missing one."""
    drawn = family.draw(Draws("x"), Span(-8.0, 8.0), 10.0)
    with pytest.raises(ValueError, match=r"unknown: \['wobble'\]"):
        family.check({**drawn, "wobble": 1.0})
    needed = [name for name in family.parameters if name not in family.optional]
    for name in needed:
        with pytest.raises(ValueError, match=rf"missing: \['{name}'\]"):
            family.check({key: value for key, value in drawn.items() if key != name})


UNDEFINED = [
    ("root", {"scale": 2.0, "degree": 2.0, "start": 1.0, "offset": 0.0}, [0.999, -50.0]),
    ("logarithm", {"scale": 2.0, "start": 1.0, "offset": 0.0}, [1.0, 0.0]),
    ("reciprocal", {"scale": 2.0, "pole": 1.0, "offset": 0.0}, [1.0]),
    ("rational", {"n0": 1.0, "d0": -4.0}, [2.0, -2.0]),
]


@pytest.mark.parametrize(("name", "parameters", "inputs"), UNDEFINED)
def test_undefined_points_have_one_meaning(name: str, parameters: dict[str, float], inputs: list[float]) -> None:
    """NaN in evaluation, NaN in code, and a sentence in every description."""
    spec = NumericSpec(domain=Interval(low=-8, high=8), expression=Atom(family=name, parameters=parameters))
    x = np.array(inputs)
    assert np.isnan(spec.evaluate(x)).all()
    assert np.isnan(run(spec.reference_code(), x)).all()
    assert all("undefined where x" in spec.describe(n) for n in range(spec.phrasings))


DAMPED = {"amplitude": 4, "decay": 1 / (2 * math.pi), "frequency": 3, "center": 1, "offset": 1}
TWO = {"amplitude_1": 2, "frequency": 2, "phase_1": 0.5, "amplitude_2": 3, "ratio": 3, "phase_2": 0.2, "offset": 1}
KNOWN = [
    ("linear", {"slope": 2, "intercept": 1}, 3.0, 7.0),
    ("polynomial", {"c0": 1, "c2": 2, "c3": -1}, 3.0, -8.0),
    ("absolute", {"slope": -2, "center": 1, "offset": 5}, -2.0, -1.0),
    ("root", {"scale": 3, "degree": 2, "start": 1, "offset": 1}, 5.0, 7.0),
    ("root", {"scale": 3, "degree": 3, "start": 1, "offset": 1}, -7.0, -5.0),
    ("logarithm", {"scale": 3, "start": 1, "offset": 1}, 1 + math.e, 4.0),
    ("step", {"threshold": 2, "before": 3, "after": 5}, 2.0, 5.0),
    ("leaky_relu", {"slope": 2, "leak": 0.5, "knee": 1, "offset": 3}, -1.0, 2.0),
    ("tanh", {"scale": 2, "rate": 0.5, "center": 1, "offset": 3}, 1.0, 3.0),
    ("constant", {"value": 4}, 99.0, 4.0),
    ("sine", {"amplitude": 2, "frequency": 2, "phase": 0.5, "offset": 1}, math.pi / 4 - 0.25, 3.0),
    ("cosine", {"amplitude": 2, "frequency": 2, "phase": 0.5, "offset": 1}, -0.25, 3.0),
    ("reciprocal", {"scale": 6, "pole": 1, "offset": 1}, 3.0, 4.0),
    ("gaussian", {"height": 2, "center": 1, "width": 3, "offset": 1}, 4.0, 1 + 2 * math.exp(-0.5)),
    ("rational", {"n2": 1, "n1": 2, "n0": 3, "d1": 1, "d0": 4}, 2.0, 1.1),
    ("rectangle", {"start": 1, "end": 2, "inside": 5, "outside": 3}, 2.0, 5.0),
    ("square_wave", {"amplitude": 2, "period": 4, "shift": 1, "offset": 1}, 3.0, -1.0),
    ("square_wave", {"amplitude": 2, "period": 4, "shift": 1, "offset": 1}, 1.0, 3.0),
    ("signum", {"scale": 2, "center": 1, "offset": 3}, 1.0, 3.0),
    ("floor", {"height": 2, "width": 4, "offset": 1}, -0.5, -1.0),
    ("ceil", {"height": 2, "width": 4, "offset": 1}, 0.5, 3.0),
    ("triangle_wave", {"amplitude": 2, "period": 10, "shift": 1, "rise": 0.2, "offset": 5}, 3.0, 7.0),
    ("triangle_wave", {"amplitude": 2, "period": 10, "shift": 1, "rise": 0.2, "offset": 5}, -3.0, 5.0),
    ("sinc", {"height": 3, "rate": 0.5, "center": 1, "offset": 1}, 1.0, 4.0),
    ("sinc", {"height": 3, "rate": 0.5, "center": 1, "offset": 1}, 1 + math.pi, 1 + 6 / math.pi),
    ("damped_oscillation", DAMPED, 1 - 2 * math.pi, 1 + 4 * math.exp(-1)),
    ("modulo", {"scale": 2, "period": 5, "offset": 1}, -1.0, 9.0),
    ("piecewise_linear", {"x1": 0, "y1": 1, "x2": 2, "y2": 5, "x3": 4, "y3": 3}, 3.0, 4.0),
    ("piecewise_linear", {"x1": 0, "y1": 1, "x2": 2, "y2": 5, "x3": 4, "y3": 3}, 9.0, 3.0),
    ("two_sinusoids", TWO, 0.5, 1 + 2 * math.sin(1.5) + 3 * math.sin(3**0.5 + 0.2)),
    ("quantised_sine", {"amplitude": 6, "frequency": 1, "phase": 0, "levels": 3, "offset": 1}, math.pi / 4, 5.0),
    ("quantised_tanh", {"scale": 6, "rate": 1, "center": 0, "levels": 3, "offset": 1}, -0.3, -1.0),
    ("quantised_gaussian", {"height": 4, "center": 0, "width": 1, "levels": 2, "offset": 1}, 1.0, 3.0),
]


@pytest.mark.parametrize(("name", "parameters", "x", "y"), KNOWN)
def test_known_values(name: str, parameters: dict[str, float], x: float, y: float) -> None:
    """Each formula at a point worked out by hand."""
    spec = NumericSpec(domain=Interval(low=-8, high=8), expression=Atom(family=name, parameters=parameters))
    assert spec.evaluate(np.array([x]))[0] == pytest.approx(y)


def test_every_family_has_a_known_value() -> None:
    """A family without a value worked out by hand is not tested."""
    assert {name for name, *_ in KNOWN} == {*catalogue(), *held_out()}
