"""The ground truth of a function of any category: what every spec offers, and how one is read from JSON."""

import json
from collections.abc import Mapping
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from functions.arrays import FloatArray, IntArray
from functions.brief import Brief, Category, Claim, Interval, Noise
from functions.errors import BadInput
from functions.identity import canonical_json, sha256_of
from functions.numeric import NumericSpec


class Spec(Protocol):
    """What the rest of the project asks of any spec. All of it is pure."""

    @property
    def category(self) -> Category: ...
    @property
    def domain(self) -> Interval: ...
    @property
    def noise(self) -> Noise: ...
    @property
    def sha256(self) -> str: ...
    @property
    def irregular(self) -> tuple[Interval, ...]: ...
    @property
    def phrasings(self) -> int: ...

    def evaluate(self, x: FloatArray, /) -> FloatArray: ...
    def sample(self, x: FloatArray, /, asked_before: IntArray, secret: bytes) -> FloatArray: ...
    def describe(self, phrasing: int = 0) -> str: ...
    def claims(self) -> tuple[Claim, ...]: ...
    def reference_code(self) -> str: ...
    def brief(self, query_budget: int) -> Brief: ...


AnySpec = NumericSpec  # a union discriminated by `category`, once there are more of them
_ADAPTER: TypeAdapter[AnySpec] = TypeAdapter(AnySpec)


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


__all__ = ["AnySpec", "Spec", "canonical_json", "parse_spec", "sha256_of", "spec_json"]
