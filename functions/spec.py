"""The ground truth of a function of any category: what every spec offers, and the few calls that are alike for all.

Specs of numbers and of vectors take and give arrays, specs of texts and words take and give tuples. `answer` and
`evaluate` ask any.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Protocol

import numpy as np
from pydantic import Discriminator, Tag, TypeAdapter, ValidationError

from functions.arrays import FloatArray
from functions.brief import Brief, Category, Claim, Input
from functions.entity import EntitySpec
from functions.errors import BadInput
from functions.heldout.relations import ChainSpec
from functions.identity import canonical_json, sha256_of
from functions.numeric import NumericSpec
from functions.numeric.vector import VectorSpec
from functions.relation import RelationSpec
from functions.string import StringSpec

_CHAIN, _VECTOR = "chain", "vector"


class Spec(Protocol):
    """What the rest of the project asks of any spec, whatever its category. All of it is pure."""

    @property
    def category(self) -> Category: ...
    @property
    def sha256(self) -> str: ...
    @property
    def phrasings(self) -> int: ...

    def describe(self, phrasing: int = 0) -> str: ...
    def claims(self) -> tuple[Claim, ...]: ...
    def reference_code(self) -> str: ...
    def brief(self, query_budget: int) -> Brief: ...


def _kind(spec: object) -> str:
    """Which of the specs below a document (or a record) is: its category, or what is special in it."""
    if isinstance(spec, Mapping):
        special = (_CHAIN if "chain" in spec else "") or (_VECTOR if "domains" in spec else "")
        return special or str(spec.get("category"))
    if isinstance(spec, VectorSpec):
        return _VECTOR
    return _CHAIN if isinstance(spec, ChainSpec) else str(getattr(spec, "category", None))


AnySpec = Annotated[
    Annotated[NumericSpec, Tag(Category.NUMERIC.value)]
    | Annotated[VectorSpec, Tag(_VECTOR)]
    | Annotated[StringSpec, Tag(Category.STRING.value)]
    | Annotated[EntitySpec, Tag(Category.ENTITY.value)]
    | Annotated[RelationSpec, Tag(Category.RELATION.value)]
    | Annotated[ChainSpec, Tag(_CHAIN)],
    Discriminator(
        _kind,
        custom_error_type="category",
        custom_error_message="its category is none of numeric, string, entity and relation",
    ),
]
_ADAPTER: TypeAdapter[AnySpec] = TypeAdapter(AnySpec)

Value = float | str


def answer(
    spec: AnySpec, inputs: Sequence[Input], asked_before: Sequence[int], secret: bytes
) -> tuple[Value | None, ...]:
    """What an oracle answers to each input: the expected output with noise, None where undefined.

    `asked_before` counts how often each input had been asked. Raises BadInput for an input of the wrong type.
    """
    if isinstance(spec, NumericSpec):
        return _listed(spec.sample(_numbers(inputs), np.array(asked_before, dtype=np.int64), secret))
    if isinstance(spec, VectorSpec):
        rows = _vectors(inputs, len(spec.domains))
        return _listed(spec.sample(rows, np.array(asked_before, dtype=np.int64), secret))
    return spec.answer(_texts(inputs), asked_before, secret)


def evaluate(spec: AnySpec, inputs: Sequence[Input]) -> tuple[Value | None, ...]:
    """The expected output for each input, None where undefined. Raises BadInput for an input of the wrong type."""
    if isinstance(spec, NumericSpec):
        return _listed(spec.evaluate(_numbers(inputs)))
    if isinstance(spec, VectorSpec):
        return _listed(spec.evaluate(_vectors(inputs, len(spec.domains))))
    return spec.evaluate(_texts(inputs))


def parse_spec(source: str | bytes | Mapping[str, object]) -> AnySpec:
    """A spec from its JSON, as text or already decoded. Raises BadInput that names the first thing wrong with it."""
    try:
        document = json.loads(source) if isinstance(source, str | bytes) else source
        return _ADAPTER.validate_python(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the spec"
        raise BadInput(f"this is no spec: {where}: {first['msg']}") from None
    except (ValueError, RecursionError) as error:
        raise BadInput(f"this is no spec: it is not JSON ({error})") from None


def spec_json(spec: AnySpec) -> str:
    """The canonical JSON of a spec; `parse_spec` reads it back."""
    return canonical_json(spec)


def _listed(y: FloatArray) -> tuple[float | None, ...]:
    return tuple(value if known else None for value, known in zip(y.tolist(), np.isfinite(y).tolist(), strict=True))


def _numbers(inputs: Sequence[Input]) -> FloatArray:
    if any(isinstance(x, str | tuple) for x in inputs):
        raise BadInput("a numeric function takes numbers")
    return np.array(inputs, dtype=np.float64)


def _vectors(inputs: Sequence[Input], size: int) -> FloatArray:
    if not all(isinstance(x, tuple) and len(x) == size for x in inputs):
        raise BadInput(f"this function takes {size} numbers at a time")
    return np.array(inputs, dtype=np.float64).reshape(-1, size)


def _texts(inputs: Sequence[Input]) -> list[str]:
    if not all(isinstance(x, str) for x in inputs):
        raise BadInput("this function takes texts or words")
    return [str(x) for x in inputs]


__all__ = [
    "AnySpec",
    "Input",
    "Spec",
    "Value",
    "answer",
    "canonical_json",
    "evaluate",
    "parse_spec",
    "sha256_of",
    "spec_json",
]
