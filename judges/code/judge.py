"""The code judge: asks a candidate at hidden inputs and compares on the host. Its only shell is the runner."""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from functions.brief import Input
from functions.numeric.vector import VectorSpec
from judges.code.agreement import Expected, expected
from judges.code.baselines import Baseline, best_baseline, headline, normalised
from judges.code.inputs import RegionName, hidden_inputs
from judges.code.landmarks import Landscape
from judges.code.legacy import POINTS, indicator
from judges.code.measures import most_frequent
from judges.code.vectors import Space, best_trivial, expected_of, hidden_vectors
from judges.code.words import JUDGE, judge_word_answers
from judges.grade import CodeGrade, Outcome, RegionScore
from judges.truth import WORDS, AnyTruth, BoolArray, FloatArray, Truth, defined
from sandbox.client import Answer, CandidateRunner

QUERY_BUDGET = 100
MAX_CODE = 64_000  # characters: longer code is not run

Respondent = Callable[[FloatArray], tuple[Answer, ...]]


def judge_code(truth: AnyTruth, code: str, runner: CandidateRunner, query_budget: int = QUERY_BUDGET) -> CodeGrade:
    """How well `code` reproduces the expected output. Raises `SandboxFailure` where the runner does: never a score.

    An input where the code raises, does not end, or gives no number (or text, where texts are asked for) is wrong. See
    `judge_answers` and `judges.code.words`.
    """
    if isinstance(truth, WORDS):
        return judge_word_answers(truth, lambda inputs: _ask(code, inputs, runner), query_budget)
    return judge_answers(truth, lambda inputs: _ask(code, _listed(inputs), runner), query_budget)


def judge_answers(
    truth: Truth | VectorSpec, respond: Respondent, query_budget: int = QUERY_BUDGET, most: int | None = None
) -> CodeGrade:
    """The same for anything that gives one answer for each of an array of inputs (or of rows of it). It is asked once.

    `query_budget` sets how well the trivial baselines are informed and what noise cannot hide; arms that are compared
    with one another are graded with the same one. `most` asks no more of each region, evenly spread, and leaves the
    published indicator out: for whoever answers too slowly to be asked hundreds of times.
    """
    if isinstance(truth, VectorSpec):
        space = Space(truth)
        rows = {name: expected_of(space, x, query_budget) for name, x in _thinned(hidden_vectors(truth), most)}
        return _graded(rows, best_trivial(space, rows, query_budget), respond)
    landscape = Landscape(truth)
    regions = {name: expected(landscape, x, query_budget) for name, x in _thinned(hidden_inputs(landscape), most)}
    published = landscape.values(POINTS) if most is None else None
    return _graded(regions, best_baseline(landscape, regions, query_budget), respond, published)


def _thinned(regions: dict[RegionName, FloatArray], most: int | None) -> Iterator[tuple[RegionName, FloatArray]]:
    """No more inputs of each region than that, evenly spread."""
    return ((name, x if most is None else x[:: -(-len(x) // most)]) for name, x in regions.items())


def _graded(
    regions: dict[RegionName, Expected], baseline: Baseline, respond: Respondent, published: FloatArray | None = None
) -> CodeGrade:
    """Ask once, and grade. `published` are the expected outputs at the published points, which are then asked too."""
    hidden = np.concatenate([region.x for region in regions.values()])
    asked = hidden if published is None else np.concatenate([hidden, POINTS])
    answers = tuple(_checked(answer) for answer in respond(asked))
    values, failed = _values(answers)
    right = _right(regions, values, failed)
    agreement, trivial = headline(right), headline(baseline.agreement)
    return CodeGrade(
        judge=JUDGE,
        outcome=Outcome.GRADED,
        score=normalised(agreement, trivial),
        agreement=agreement,
        base_agreement=right.get("base", 0.0),
        baseline=trivial,
        baseline_name=baseline.name,
        legacy_indicator=None if published is None else indicator(published, values[len(hidden) :]),
        regions=tuple(
            RegionScore(region=name, inputs=len(region.x), agreement=right[name], baseline=baseline.agreement[name])
            for name, region in regions.items()
        ),
        errors=most_frequent(answers),
        error_rate=float(np.mean(failed[: len(hidden)])),
    )


def _listed(inputs: FloatArray) -> list[Input]:
    """Numbers as they are, vectors as tuples."""
    return [tuple(row) for row in inputs.tolist()] if inputs.ndim > 1 else inputs.tolist()


def _ask(code: str, inputs: Sequence[Input], runner: CandidateRunner) -> tuple[Answer, ...]:
    if not code.strip():
        return (Answer(error="no code was handed in"),) * len(inputs)
    if len(code) > MAX_CODE:
        return (Answer(error=f"the code has more than {MAX_CODE} characters and was not run"),) * len(inputs)
    return runner.evaluate(code, inputs)


def _checked(answer: Answer) -> Answer:
    return Answer(error="the code returned text") if isinstance(answer.value, str) else answer


def _values(answers: tuple[Answer, ...]) -> tuple[FloatArray, BoolArray]:
    """Answers as numbers (NaN: undefined), and which of them are failures."""
    numbers = [math.nan if a.value is None or isinstance(a.value, str) else float(a.value) for a in answers]
    return defined(np.array(numbers)), np.array([a.error is not None for a in answers])


def _right(regions: dict[RegionName, Expected], values: FloatArray, failed: BoolArray) -> dict[RegionName, float]:
    agreement: dict[RegionName, float] = {}
    start = 0
    for name, region in regions.items():
        part = slice(start, start + len(region.x))
        agreement[name] = float(np.mean(region.right(values[part]) & ~failed[part]))
        start = part.stop
    return agreement
