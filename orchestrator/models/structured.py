"""A typed answer from any model: a schema that the provider enforces, else JSON mode, else words, and one repair.

Whatever a model writes ends up as a validated record or as `NoAnswer`; it is never evaluated.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from pydantic import ValidationError

from functions.brief import Record
from functions.errors import Cause, InquestError
from orchestrator.models.choice import FORMATS, Format, ModelChoice
from orchestrator.models.exchange import Line, Models, Rejected, Reply, Request

T = TypeVar("T", bound=Record)

MOST_CHARS = 200_000
"""A longer answer is not looked into."""

_FENCE = re.compile(r"```(?:json)?[ \t]*\n(.*?)```", re.DOTALL)


class NoAnswer(InquestError):
    """The model did not give the answer that was asked for, not when asked to repair it either."""

    cause = Cause.AGENT


async def ask_for(models: Models, model: ModelChoice, lines: Sequence[Line], answer: type[T], prompts: str = "") -> T:
    """The model's answer as an `answer`. Raises `NoAnswer`, `Rejected`, and what `Models.ask` raises."""
    refusal: Rejected | None = None
    for form in formats(models, model):
        request = _request(model, lines, answer, form, prompts)
        try:
            return await _ask_and_repair(models, request, answer)
        except Rejected as why:
            refusal = why
    raise refusal or Rejected("The provider takes no format of answer.")


def formats(models: Models, model: ModelChoice) -> tuple[Format, ...]:
    """What is left to try, strongest first."""
    able = FORMATS[FORMATS.index(model.best_format) :]
    return tuple(form for form in able if form not in models.refused(model))


def read(text: str, answer: type[T]) -> T:
    """The JSON object in a text: alone, fenced, or somewhere in prose. Raises `ValidationError`."""
    fenced = _FENCE.findall(text[:MOST_CHARS])
    inside = fenced[-1] if fenced else text[:MOST_CHARS]
    begin, end = inside.find("{"), inside.rfind("}")
    return answer.model_validate_json(inside[begin : end + 1] if 0 <= begin < end else inside)


@cache
def schema_of(answer: type[Record]) -> dict[str, object]:
    """The JSON schema of an answer; making one takes longer than all else in a turn."""
    return answer.model_json_schema()


async def _ask_and_repair(models: Models, request: Request, answer: type[T]) -> T:
    reply = await models.ask(request)
    try:
        return read(reply.text, answer)
    except ValidationError as error:
        complaint = _complaint(reply, error)
    again = (Line(by="assistant", text=reply.text[:8000] or "(nothing)"), Line(by="user", text=complaint))
    reply = await models.ask(request.model_copy(update={"lines": (*request.lines, *again)}))
    try:
        return read(reply.text, answer)
    except ValidationError as error:
        said = (
            "refused" if reply.finish == "content_filter" else "answered with nothing" if not reply.text else "answered"
        )
        raise NoAnswer(f"The model {said}, and not with a {answer.__name__}, twice. {_problems(error)}") from None


def _request(model: ModelChoice, lines: Sequence[Line], answer: type[T], form: Format, prompts: str) -> Request:
    schema = schema_of(answer)
    said = tuple(lines)
    if form != "schema":
        words = f"\n\nAnswer with one JSON object and nothing else. It follows this JSON schema:\n{json.dumps(schema)}"
        said = (*said[:-1], said[-1].model_copy(update={"text": said[-1].text + words}))
    return Request(
        model=model, lines=said, format=form, answer_name=answer.__name__, answer_schema=schema, prompts=prompts
    )


def _complaint(reply: Reply, error: ValidationError) -> str:
    short = " It was cut off: be shorter." if reply.finish == "length" else ""
    return f"That is not the JSON object asked for.{short} {_problems(error)} Answer again with the JSON object alone."


def _problems(error: ValidationError) -> str:
    """The first faults, by place, without quoting the answer."""
    found = error.errors(include_input=False, include_url=False, include_context=False)[:5]
    return " ".join(f"{'.'.join(map(str, f['loc'])) or 'it'}: {f['msg'][:120]}." for f in found)
