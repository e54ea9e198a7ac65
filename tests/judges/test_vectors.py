"""The judges of functions of two and three numbers: truth gets all, what is trivial or wrong gets little."""

from collections.abc import Callable

import numpy as np
import pytest

from functions.numeric.vector import Recipe, VectorSpec, generate
from functions.numeric.vector.spec import inside_box
from functions.suites.names import VECTOR_FAMILIES_1, VECTOR_REPLACEMENTS_1
from judges.code.judge import judge_answers
from judges.code.vectors import COUNTS, hidden_vectors
from judges.description import ClaimsJudge
from judges.grade import CodeGrade
from judges.truth import FloatArray
from sandbox.client import Answer

RECIPE = Recipe(families=VECTOR_FAMILIES_1, replacements=VECTOR_REPLACEMENTS_1)
SPECS = [generate(11, index, RECIPE) for index in range(8)]  # every kind once
IRREGULAR = [spec for spec in SPECS if spec.irregular]


def graded(spec: VectorSpec, candidate: Callable[[FloatArray], FloatArray]) -> CodeGrade:
    """The grade of a candidate that answers all rows at once."""
    return judge_answers(spec, lambda x: tuple(Answer(value=y) for y in candidate(x).tolist()))


def said(spec: VectorSpec, text: str) -> float:
    """The headline of a description."""
    return ClaimsJudge().judge(spec, text).headline


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.formula.node)
def test_the_truth_scores_one(spec: VectorSpec) -> None:
    """In every region, whatever the noise; there is no published indicator for such functions."""
    grade = graded(spec, spec.evaluate)
    assert (grade.score, grade.agreement, grade.base_agreement, grade.legacy_indicator) == (1.0, 1.0, 1.0, None)
    assert sum(region.inputs for region in grade.regions) >= 250


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.formula.node)
def test_no_hidden_input_is_an_exemplar(spec: VectorSpec) -> None:
    """However many of these are shown."""
    shown = {exemplar.input for exemplar in spec.exemplars(1_000)}
    assert not shown & {tuple(row) for x in hidden_vectors(spec).values() for row in x.tolist()}


@pytest.mark.parametrize("spec", SPECS[:4], ids=lambda spec: spec.formula.node)
def test_a_memory_of_as_many_queries_scores_next_to_nothing(spec: VectorSpec) -> None:
    """The nearest of a hundred random answers, and a constant."""
    low, high = spec.bounds
    x = np.random.default_rng(3).uniform(low, high, (100, low.size))
    y = spec.sample(x, np.zeros(100, dtype=np.int64), b"mine")

    def nearest(at: FloatArray) -> FloatArray:
        apart = ((at[:, None] - x) / (high - low)) ** 2
        return np.asarray(y[np.argmin(apart.sum(axis=2), axis=1)])

    assert graded(spec, nearest).score <= 0.15
    assert graded(spec, lambda at: np.full(len(at), np.median(y))).score <= 0.1


@pytest.mark.parametrize("spec", IRREGULAR, ids=lambda spec: spec.formula.node)
def test_who_knows_the_base_alone_is_wrong_in_the_box(spec: VectorSpec) -> None:
    """And right on the undisturbed region, of which the tails are a part."""
    base = VectorSpec(domains=spec.domains, formula=spec.formula)
    right = {region.region: region.agreement for region in graded(spec, base.evaluate).regions}
    assert right["base"] == right["tails"] == 1.0
    assert right["corrupted"] < 0.5


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.formula.node)
def test_hidden_inputs_lie_where_they_should(spec: VectorSpec) -> None:
    """The same every time, inside or outside of domain and boxes as their region says."""
    hidden, (low, high) = hidden_vectors(spec), spec.bounds
    for name, x in hidden.items():
        assert np.array_equal(x, hidden_vectors(spec)[name])
        assert 0 < len(x) <= COUNTS[name]
        within = ((x >= low) & (x <= high)).all(axis=1)
        assert not within.any() if name == "beyond" else within.all()
        irregular = np.array([inside_box(where, x) for where in spec.irregular]).any(axis=0) | np.zeros(len(x), bool)
        if name in ("base", "tails"):
            assert not irregular.any()
        if name == "corrupted":
            assert irregular.all()
        if name == "edges":
            assert 0.2 < irregular.mean() < 0.8


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.formula.node)
def test_reference_descriptions_are_understood(spec: VectorSpec) -> None:
    """In every phrasing, nearly all that is true is found, and nearly all that is found is true."""
    for phrasing in range(spec.phrasings):
        assert said(spec, spec.describe(phrasing)) > 0.9


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.formula.node)
def test_descriptions_of_other_functions_earn_little(spec: VectorSpec) -> None:
    """Of the same kind and domain or not; and so do numbers and names in heaps, and nothing."""
    others = [other for other in SPECS if other is not spec and len(other.domains) == len(spec.domains)]
    assert max(said(spec, other.describe()) for other in others) < 0.5
    heap = "sine, cosine, gaussian, step, tanh, linear of x, y, z with " + ", ".join(str(n / 10) for n in range(200))
    assert said(spec, heap) < 0.2
    assert said(spec, "") == 0


def test_a_formula_is_executed() -> None:
    """Written in another way it is still right; with one wrong number it is a false claim."""
    spec = next(spec for spec in SPECS if spec.formula.node == "plane")
    text = spec.describe()
    formula = text[text.index("f(x") : text.index(". ", text.index("f(x"))]
    name, right = formula.split(" = ", 1)
    other = f"The output is {name} = 2 * (({right}) / 2)."
    assert said(spec, other) > said(spec, other.replace("2 * ((", "3 * ((")) + 0.3
