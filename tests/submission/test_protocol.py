"""The protocol's page, its schema and the oracle say the same."""

import json
import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from functions.brief import Interpretation
from functions.target import parse_target
from orchestrator.submission import protocol
from orchestrator.submission.protocol import REPLIES, Answered, HandedIn, Refused, Status, Submit, Told, Version
from sandbox.check.job import line_job
from sandbox.oracle.desk import Desk
from sandbox.oracle.targets import held
from sandbox.protocol import ErrorCode, Frame, FrameError, decode

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = (DOCS / "submissions.md").read_text()


def desk() -> Desk:
    """An oracle's desk with a line, without its socket."""
    job = line_job(budget=5)
    return Desk(job, held(parse_target(job.target)), [].append)


def reply(at: Desk, request: Frame) -> Frame:
    """What the oracle says."""
    try:
        return decode(at.answer(request))
    except FrameError as error:
        return error.frame


def test_the_schema_is_made_of_the_types() -> None:
    """Otherwise: `python -m orchestrator.submission.protocol > docs/submission.schema.json`."""
    assert (DOCS / "submission.schema.json").read_text() == protocol.as_text()


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        ({"op": "hello", "version": 1, "colour": "red"}, Version),
        ({"op": "brief"}, Told),
        ({"op": "query", "inputs": [1, 2.5]}, Answered),
        ({"op": "status"}, Status),
        ({"op": "submit", "interpretation": {"description": "A line.", "colour": "red"}}, protocol.Accepted),
        ({"op": "submit", "interpretation": {"description": 1}}, Refused),
        ({"op": "query", "inputs": [1] * 6}, Refused),
        ({"op": "dump"}, Refused),
    ],
)
def test_the_oracle_replies_as_the_types_say(request_: Frame, kind: type[protocol.Message]) -> None:
    """Every word of the protocol, and what is refused."""
    said = reply(desk(), request_)

    assert any(said == k.model_validate(said).model_dump(mode="json", exclude_unset=True) for k in REPLIES if k is kind)


def test_every_word_and_code_is_on_the_page() -> None:
    """The page names each request, each field of an interpretation, each code and each cap."""
    words = {field.annotation.__args__[0] for kind in protocol.REQUESTS if (field := kind.model_fields["op"])}  # type: ignore[union-attr]
    fields = set(Interpretation.model_fields)
    caps = {"20,000", "100,000", "10,000", "200", "2,000"}

    for word in (*words, *fields, *(code.value for code in ErrorCode)):
        assert f"`{word}`" in PAGE or f'"{word}"' in PAGE, word
    assert all(cap in PAGE for cap in caps)


def test_every_example_on_the_page_is_a_line_of_the_protocol() -> None:
    """Requests are read by the oracle as they stand; replies fit their types."""
    requests = re.findall(r"^> (\{.*\})$", PAGE, re.MULTILINE)
    replies = re.findall(r"^< (\{.*\})$", PAGE, re.MULTILINE)
    at = desk()

    assert len(requests) == len(replies) >= 6
    for request, expected in zip(requests, replies, strict=True):
        said = reply(at, json.loads(request))
        TypeAdapter(protocol.Version | Told | Answered | Status | protocol.Accepted | Refused).validate_json(expected)
        assert set(said) == set(json.loads(expected)), request


def test_what_the_type_takes_the_oracle_takes() -> None:
    """The caps of the type are those of the oracle."""
    largest = HandedIn(description="a" * 20_000, code="#" * 100_000)

    assert reply(desk(), Submit(op="submit", interpretation=largest).model_dump(mode="json")) == {"submitted": True}
