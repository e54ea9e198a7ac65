"""The desk answers texts as it answers numbers, within bounds that hold whatever is asked."""

from collections.abc import Sequence
from contextlib import suppress

import pytest

from functions.brief import Brief, Category, Interpretation
from functions.entity import generate as generate_entity
from functions.relation import generate as generate_relation
from functions.spec import AnySpec, evaluate
from functions.string import generate as generate_string
from sandbox.client import OracleJob, QueryRecord
from sandbox.oracle.desk import MAX_SUBMISSIONS, MAX_TALK, Desk
from sandbox.oracle.targets import Specified
from sandbox.protocol import MAX_TEXT, ErrorCode, Frame, FrameError, decode
from tests.sandbox.jobs import SECRET

BRIEF = Brief(category=Category.STRING, input_type="text", query_budget=1000)
SPECS: list[AnySpec] = [
    generate_string(1, 0, "hard"),
    generate_entity(1, 0, "medium"),
    generate_relation(1, 0, "medium"),
]


class Repeater:
    """Says a text as often as the number at its end says."""

    def answer(
        self, inputs: Sequence[float | str], asked_before: Sequence[int], secret: bytes
    ) -> Sequence[float | str | None]:
        """Nothing for a text without a number."""
        del asked_before, secret
        return [str(x)[:-1] * int(str(x)[-1]) if str(x)[-1:].isdigit() else None for x in inputs]


def desk(log: list[QueryRecord] | None = None, settled: tuple[QueryRecord, ...] = ()) -> Desk:
    """A desk for the repeater."""
    job = OracleJob(target={}, secret=SECRET, brief=BRIEF, settled=settled)
    log = [] if log is None else log
    return Desk(job, Repeater(), lambda line: log.append(QueryRecord.model_validate_json(line)))


def query(at: Desk, *inputs: object) -> Frame:
    """One query."""
    return decode(at.answer({"op": "query", "inputs": list(inputs)}))


def refused(at: Desk, *inputs: object) -> ErrorCode:
    """The code with which a query is refused."""
    with pytest.raises(FrameError) as caught:
        query(at, *inputs)
    return caught.value.code


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.category)
def test_every_category_is_answered(spec: AnySpec) -> None:
    """Strings, neurons and relations give what the spec gives, undefined among it, and are charged for it."""
    log: list[QueryRecord] = []
    job = OracleJob(target={}, secret=SECRET, brief=spec.brief(10))
    at = Desk(job, Specified(spec), lambda line: log.append(QueryRecord.model_validate_json(line)))
    words = ["dog", "France", "klidor"]
    assert query(at, *words) == {"outputs": list(evaluate(spec, words)), "remaining": 7}
    assert [(record.inputs, record.new) for record in log] == [(tuple(words), 3)]


def test_texts_are_taken_as_they_are() -> None:
    """The empty text, other scripts, quotes and newlines; no answer is null."""
    assert query(desk(), "ab2", "", '語\n"3', "x0")["outputs"] == ["abab", None, '語\n"' * 3, ""]


@pytest.mark.parametrize("value", [1.0, True, None, ["a"], "\ud800", "a" * (MAX_TEXT + 1)], ids=str)
def test_what_is_no_text_is_bad_input(value: object) -> None:
    """A number, half a character, or too much of it."""
    at = desk()
    assert refused(at, "ab2", value) is ErrorCode.BAD_INPUT
    assert at.remaining == 1000


def test_a_numeric_function_takes_no_text() -> None:
    """Not even one that looks like a number."""
    brief = Brief(category=Category.NUMERIC, input_type="float", query_budget=5)
    at = Desk(OracleJob(target={}, secret=SECRET, brief=brief), Repeater(), [].append)
    assert refused(at, "1.0") is ErrorCode.BAD_INPUT


def test_an_answer_beyond_the_longest_text_is_undefined() -> None:
    """So nothing that an oracle says is too long to be said."""
    assert query(desk(), "a" * (MAX_TEXT // 2) + "9")["outputs"] == [None]


def test_a_target_that_takes_too_long_costs_nothing() -> None:
    """The alarm is set before and taken back after; what it raises is the code `timeout`."""
    alarms: list[float] = []

    def alarm(seconds: float) -> None:
        alarms.append(seconds)
        if seconds:
            raise TimeoutError

    at = Desk(OracleJob(target={}, secret=SECRET, brief=BRIEF), Repeater(), [].append, alarm)
    assert refused(at, "a1") is ErrorCode.TIMEOUT
    assert alarms[0] > 0
    assert alarms[-1] == 0
    assert at.remaining == 1000


def test_what_is_submitted_is_logged_for_the_host() -> None:
    """An interpretation is taken whole or refused, as often as it is allowed to be."""
    log: list[bytes] = []
    at = Desk(OracleJob(target={}, secret=SECRET, brief=BRIEF), Repeater(), log.append)
    told = Interpretation(description="It repeats.").model_dump(mode="json")
    for wrong in (None, [], {"description": 3}, {"noise": {"kind": "gaussian", "scale": float("inf")}}):
        with pytest.raises(FrameError) as caught:
            at.answer({"op": "submit", "interpretation": wrong})
        assert caught.value.code is ErrorCode.BAD_REQUEST
    for _ in range(MAX_SUBMISSIONS):
        assert decode(at.answer({"op": "submit", "interpretation": told})) == {"submitted": True}
    with pytest.raises(FrameError):
        at.answer({"op": "submit", "interpretation": told})
    assert decode(log[0]) == {"submitted": told}
    assert len(log) == MAX_SUBMISSIONS


def test_what_was_said_in_all_is_bounded() -> None:
    """All of it goes to the lab in one frame. The first batch that does not fit ends it, so nothing can be measured by
    what is refused; refusals cost nothing."""
    log: list[QueryRecord] = []
    at = desk(log)
    long = "a" * (MAX_TEXT - 1) + "1"
    with suppress(FrameError):
        while at.remaining:
            query(at, long)
    said = sum(len(str(text)) for record in log for text in (*record.inputs, *record.outputs))
    assert 0.9 * MAX_TALK < said < MAX_TALK
    assert at.remaining == 1000 - len(log)
    assert refused(at, "a1") is ErrorCode.TOO_LARGE
    resumed = desk(settled=tuple(log))
    assert refused(resumed, long) is ErrorCode.TOO_LARGE
