"""What is drawn of a function of two or three numbers: cuts along each of them, the others held at a few values."""

from collections.abc import Iterator, Sequence

import numpy as np

from functions.brief import Interpretation, Interval
from functions.numeric.vector import VectorSpec
from functions.numeric.vector.spec import Box
from judges.code.judge import MAX_CODE
from judges.truth import FloatArray
from orchestrator.report.curves import DENSER, Curves, Series, Window, failed, finite, number
from sandbox.client import Answer, CandidateRunner

STEPS = 40  # of the candidate's grid along one cut
HELD = (0.5, 0.2, 0.8)  # where in their domains the others are held

Cut = tuple[int, FloatArray]  # which number varies, and a point that the line goes through


def record_slices(spec: VectorSpec, interpretation: Interpretation, runner: CandidateRunner) -> Curves:
    """Evaluate truth and reconstruction along the cuts: at most some 370 inputs of the candidate.

    Raises what the runner raises (`SandboxFailure`). See `orchestrator.report.curves.record_curves`.
    """
    runs = bool(interpretation.code.strip()) and len(interpretation.code) <= MAX_CODE
    cuts = list(_cuts(spec))
    rows = [tuple(row) for cut in cuts for row in _line(spec, cut, STEPS).tolist()] if runs else []
    answers = runner.evaluate(interpretation.code, rows) if runs else ()
    each = len(answers) // len(cuts)
    return Curves(
        windows=tuple(_window(spec, cut, answers[at * each : (at + 1) * each]) for at, cut in enumerate(cuts))
    )


def _cuts(spec: VectorSpec) -> Iterator[Cut]:
    low, high = spec.bounds
    for share in HELD:
        for place in range(low.size):
            yield place, np.round(low + share * (high - low), 6)


def _line(spec: VectorSpec, cut: Cut, steps: int) -> FloatArray:
    """Points along a cut, (steps + 1, D)."""
    (place, through), (low, high) = cut, spec.bounds
    x = np.tile(through, (steps + 1, 1))
    x[:, place] = np.linspace(low[place], high[place], steps + 1)
    return x


def _window(spec: VectorSpec, cut: Cut, answers: Sequence[Answer]) -> Window:
    place, through = cut
    dense, tried = _line(spec, cut, STEPS * DENSER), _line(spec, cut, STEPS)[: len(answers)]
    along = tuple(tried[:, place].tolist())
    crossed = (_crossing(where, cut) for where in spec.irregular)
    return Window(
        name="slice",
        low=float(spec.bounds[0][place]),
        high=float(spec.bounds[1][place]),
        truth=Series(x=tuple(dense[:, place].tolist()), y=finite(spec.evaluate(dense))),
        expected=finite(spec.evaluate(tried)) if len(tried) else (),
        reconstruction=Series(x=along, y=tuple(number(answer) for answer in answers)),
        raised=tuple(x for x, answer in zip(along, answers, strict=True) if failed(answer)),
        fixed=tuple(None if at == place else value for at, value in enumerate(through.tolist())),
        irregular=tuple(side for side in crossed if side is not None),
    )


def _crossing(where: Box, cut: Cut) -> Interval | None:
    """The stretch of a cut that lies in a box."""
    place, through = cut
    others = (side.contains(value) for at, (side, value) in enumerate(zip(where, through, strict=True)) if at != place)
    return where[place] if all(others) else None
