"""Functions of two and three numbers in every kind of sandbox: asked, answered, charged, and reproduced by code."""

import json

import pytest

from functions.brief import Interval
from functions.numeric.expression import Atom
from functions.numeric.vector import VectorSpec
from functions.numeric.vector.formula import Part, Plane
from sandbox.client import Answer, Engine, Limits, OracleJob, QueryRecord, Status
from sandbox.oracle.desk import Desk
from sandbox.oracle.targets import Specified
from sandbox.protocol import ErrorCode, FrameError, decode
from tests.sandbox.jobs import SECRET, MemoryLog

SIDE = Interval(low=-4.0, high=4.0)
SPEC = VectorSpec(domains=(SIDE, SIDE), formula=Plane(constant=1, slopes=(2, 0), interaction=1, between=(0, 1)))
SPACE = VectorSpec(domains=(SIDE,) * 3, formula=Part(input=2, atom=Atom(family="constant", parameters={"value": 3})))
SCRIPT = """
import numpy as np
from lab import observations, oracle, report

grid = np.array([[[1, 2], [3, 4]], [[0, 1], [-1, 0.5]]])
report({"many": oracle.query(grid), "one": oracle.query((1, 2)), "x": observations.x, "pairs": observations.pairs[:1]})
"""


def job(spec: VectorSpec, budget: int = 10) -> OracleJob:
    """What its oracle is started with."""
    return OracleJob(target=spec.model_dump(mode="json"), secret=SECRET, brief=spec.brief(budget))


def test_a_lab_asks_rows(engine: Engine) -> None:
    """An array of shape (..., d) gives one of shape (...); a row alone gives a number; each row costs one query."""
    log = MemoryLog()
    with engine.open(job(SPEC), Limits(), log, "test") as box:
        first, second = box.run(SCRIPT), box.run("from lab import observations\nprint(observations.x.shape)")
        assert box.remaining == 5
    assert (first.status, second.status) == (Status.OK, Status.OK), first.stderr + second.stderr
    said = json.loads(first.stdout)
    assert said["many"] == [[5.0, 19.0], [1.0, -1.5]]
    assert (said["one"], said["pairs"]) == (5.0, [[[1.0, 2.0], 5.0]])
    assert said["x"] == [[1, 2], [3, 4], [0, 1], [-1, 0.5], [1, 2]]
    assert second.stdout == "(5, 2)\n"
    assert [x for record in log for x in record.inputs][-1] == (1.0, 2.0)


def test_code_of_several_numbers_is_called_with_each_in_its_place(engine: Engine) -> None:
    """`function(x, y)` gets two numbers; one of another number of arguments fails."""
    with engine.open_candidate(Limits(), "test") as runner:
        right = runner.evaluate(SPEC.reference_code(), [(1.0, 2.0), (0.0, 1.0)])
        (answer,) = runner.evaluate("def function(x):\n    return x", [(1.0, 2.0)])
    assert right == (Answer(value=5.0), Answer(value=1.0))
    assert answer.error is not None
    assert "positional" in answer.error


@pytest.mark.parametrize(
    "wrong", [1.0, "x", [1.0], [1.0, 2.0, 3.0], [1.0, "2"], [1.0, True], [1.0, None], [[1.0], 2.0], {"x": 1.0}]
)
def test_what_is_no_vector_of_the_right_length_is_refused(wrong: object) -> None:
    """And costs nothing."""
    desk = Desk(job(SPEC), Specified(SPEC), lambda _line: None)
    with pytest.raises(FrameError) as caught:
        desk.answer({"op": "query", "inputs": [[1.0, 2.0], wrong]})
    assert caught.value.code is ErrorCode.BAD_INPUT
    assert desk.remaining == 10


def test_a_vector_that_was_paid_for_is_not_paid_again() -> None:
    """What a lost experiment had asked is asked again free of charge, whatever the sign of its zeros."""
    record = QueryRecord(seq=0, inputs=((0.0, 1.0, 2.0),), outputs=(3.0,), new=1)
    again = job(SPACE).model_copy(update={"paid": (QueryRecord.model_validate_json(record.model_dump_json()),)})
    desk = Desk(again, Specified(SPACE), lambda _line: None)
    reply = decode(desk.answer({"op": "query", "inputs": [[-0.0, 1.0, 2.0], [5.0, 5.0, 5.0]]}))
    assert reply == {"outputs": [3.0, 3.0], "remaining": 8}
