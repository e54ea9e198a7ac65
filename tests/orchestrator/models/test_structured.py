"""Typed answers: read from whatever a model writes, or refused; never more than one repair."""

# ruff: noqa: ARG002 - fakes fill Protocols whole

import asyncio
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.brief import Record
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Feature, Line, Rejected, Reply, Request
from orchestrator.models.structured import NoAnswer, ask_for, read
from orchestrator.roles.model import answers

MODEL = ModelChoice(provider="openai", name="m")
ASKED = (Line(by="system", text="You are."), Line(by="user", text="Well?"))


class Answer(Record):
    """Something small."""

    x: float
    words: list[str]


class Scripted:
    """Models that say one thing after the other; a Rejected is raised."""

    guidance = ()

    def __init__(self, *says: str | Rejected) -> None:
        self._says = list(says)
        self.asked: list[Request] = []
        self.rejects: set[Feature] = set()

    def refused(self, model: ModelChoice) -> frozenset[Feature]:
        return frozenset(self.rejects)

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        said = self._says.pop(0)
        if isinstance(said, Rejected):
            self.rejects |= {request.feature} if request.feature else set()
            raise said
        return Reply(text=said)


def ask(models: Scripted, model: ModelChoice = MODEL, lines: Sequence[Line] = ASKED) -> Answer:
    return asyncio.run(ask_for(models, model, lines, Answer))


@pytest.mark.parametrize(
    "text",
    [
        '{"x": 1.5, "words": ["a"]}',
        '```json\n{"x": 1.5, "words": ["a"]}\n```',
        'Sure!\n```\n{"x": 1.5, "words": ["a"]}\n```\nAnything else?',
        'I think {"x": 1.5, "words": ["a"]} is right.',
    ],
)
def test_an_answer_is_found_where_models_put_it(text: str) -> None:
    """Alone, fenced, or in prose."""
    assert read(text, Answer) == Answer(x=1.5, words=["a"])


@given(st.text() | st.recursive(st.none() | st.floats() | st.text(), st.lists, max_leaves=20).map(json.dumps))
def test_whatever_else_a_model_writes_is_a_validation_error(text: str) -> None:
    """Never another exception, and never an answer that is none."""
    with pytest.raises(ValidationError):
        read(text, Answer)


def test_deep_nesting_is_refused_and_not_followed() -> None:
    """A hundred thousand brackets are no reason to die."""
    with pytest.raises(ValidationError):
        read('{"x": ' + "[" * 100_000, Answer)


def test_formats_are_tried_from_the_strongest_and_a_refusal_is_learned() -> None:
    """Schema, JSON mode, words; the schema is told in words where it is not enforced."""
    models = Scripted(Rejected("no"), Rejected("no"), '{"x": 2, "words": []}')

    assert ask(models).x == 2.0
    assert [request.format for request in models.asked] == ["schema", "json", "prompt"]
    assert ["JSON schema" in request.lines[-1].text for request in models.asked] == [False, True, True]
    models._says.append('{"x": 3, "words": []}')
    assert ask(models).x == 3.0
    assert models.asked[-1].format == "prompt"


def test_a_provider_that_takes_no_format_is_rejected_for_good() -> None:
    """The last refusal is what is raised."""
    with pytest.raises(Rejected, match="third"):
        ask(Scripted(Rejected("first"), Rejected("second"), Rejected("third")))


def test_one_repair_says_what_was_wrong_and_there_is_no_second() -> None:
    """The faults are named by place; after that it is no answer."""
    models = Scripted('{"x": "high", "words": []}', '{"x": 1, "words": []}')

    assert ask(models).x == 1.0
    assert "x: Input should be a valid number" in models.asked[1].lines[-1].text
    with pytest.raises(NoAnswer, match="twice"):
        ask(Scripted("{}", "{}"))


@pytest.mark.parametrize("answer", [answers.PlanAnswer, answers.EvidenceAnswer, answers.CritiqueAnswer])
def test_answers_are_schemas_that_strict_providers_take(answer: type[Record]) -> None:
    """Every object is closed, and every property required (OpenAI, structured outputs)."""

    def objects(schema: object) -> list[dict[str, object]]:
        if isinstance(schema, list):
            return [found for part in schema for found in objects(part)]
        if not isinstance(schema, dict):
            return []
        inner = [found for part in schema.values() for found in objects(part)]
        return [schema, *inner] if schema.get("type") == "object" else inner

    found = objects(answer.model_json_schema())
    assert found
    for one in found:
        assert one["additionalProperties"] is False
        properties, required = one["properties"], one["required"]
        assert isinstance(properties, dict)
        assert isinstance(required, list)
        assert set(required) == set(properties)
