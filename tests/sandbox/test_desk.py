"""The desk answers texts as it answers numbers, within bounds that hold whatever is asked."""

from collections.abc import Sequence
from contextlib import suppress

import pytest

from functions.brief import Brief, Category, Interpretation, Interval, Region
from functions.entity import generate as generate_entity
from functions.relation import generate as generate_relation
from functions.spec import AnySpec, evaluate
from functions.string import generate as generate_string
from sandbox.client import OracleJob, QueryRecord
from sandbox.oracle.desk import MAX_TALK, Desk
from sandbox.oracle.handed_in import MAX_CODE, MAX_DESCRIPTION, MAX_LISTED
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


def submitted(at: Desk, interpretation: object) -> FrameError | None:
    """Hand something in; the refusal, if there is one."""
    try:
        assert decode(at.answer({"op": "submit", "interpretation": interpretation})) == {"submitted": True}
    except FrameError as error:
        return error
    return None


def new_desk(log: list[bytes]) -> Desk:
    """A desk that logs lines."""
    return Desk(OracleJob(target={}, secret=SECRET, brief=BRIEF), Repeater(), log.append)


def test_the_first_valid_interpretation_counts() -> None:
    """What is refused changes nothing; what comes after is refused."""
    log: list[bytes] = []
    at = new_desk(log)
    told = Interpretation(description="It repeats.").model_dump(mode="json")

    assert submitted(at, None) is not None
    assert submitted(at, told) is None
    again = submitted(at, Interpretation(description="It does not.").model_dump(mode="json"))

    assert again is not None
    assert again.code is ErrorCode.ALREADY_SUBMITTED
    assert [decode(line) for line in log] == [{"submitted": told}]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (None, "interpretation"),
        ([], "interpretation"),
        ({"description": 3}, "interpretation.description"),
        ({"description": "\ud800"}, "interpretation.description"),
        ({"noise": {"kind": "gaussian", "scale": float("inf")}}, "interpretation.noise.scale"),
        ({"regions": [{"behaviour": "flat"}, {"where": {"low": "a"}}]}, "interpretation.regions.1.where.low"),
        ({"claims": {"0": 1}}, "interpretation.claims"),
        ({"claims": [{"kind": "secret", "about": "base"}]}, "interpretation.claims.0.kind"),
    ],
)
def test_a_wrong_field_is_refused_by_name(wrong: object, field: str) -> None:
    """The interpreter's author learns which field it was."""
    error = submitted(new_desk([]), wrong)

    assert error is not None
    assert error.frame == {"error": "bad_request", "field": field}


@pytest.mark.parametrize(
    ("large", "field"),
    [
        ({"description": "a" * (MAX_DESCRIPTION + 1)}, "interpretation.description"),
        ({"code": "a" * (MAX_CODE + 1)}, "interpretation.code"),
        ({"claims": [{}] * (MAX_LISTED + 1)}, "interpretation.claims"),
        ({"regions": [{"behaviour": "a" * 2_001}]}, "interpretation.regions.0.behaviour"),
    ],
)
def test_an_interpretation_beyond_its_caps_is_too_large(large: object, field: str) -> None:
    """Judges read what is handed in, so it is bounded where it is handed in."""
    error = submitted(new_desk([]), large)

    assert error is not None
    assert error.frame == {"error": "too_large", "field": field}


def test_unknown_fields_are_left_out() -> None:
    """So that an interpreter of a later version can talk to this one; at every depth, whatever they hold."""
    log: list[bytes] = []
    region = {"behaviour": "flat", "colour": "red", "where": {"low": 1.0, "middle": 2}}

    assert submitted(new_desk(log), {"code": "x", "mood": ["a" * 9_000], "regions": [region]}) is None

    told = Interpretation(code="x", regions=(Region(behaviour="flat", where=Interval(low=1.0)),))
    assert decode(log[0]) == {"submitted": told.model_dump(mode="json")}


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
