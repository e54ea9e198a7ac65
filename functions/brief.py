"""What agents may know of a function, and what they hand in.

This is the public face of `functions`: the only part of it that roles, teams and the sandbox's host side may import.
Nothing here depends on how a function is built.

One meaning of *undefined*, everywhere (a logarithm of a negative number, a pole, an overflow: any result that is not
a finite number): `null` in JSON, `None` in records, NaN in numpy arrays and in candidate code.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)


class Record(BaseModel):
    """A frozen, strict record. JSON in, JSON out, equal; unknown fields are refused by name."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Category(StrEnum):
    """What kind of black box it is; fixes the types of input and output."""

    NUMERIC = "numeric"  # float in, float out
    STRING = "string"  # text in, text out
    ENTITY = "entity"  # word in, response in 0..1 out: a synthetic neuron
    RELATION = "relation"  # word in, word out


class Interval(Record):
    """A closed range of real inputs, `low <= x <= high`. An open side is None."""

    low: FiniteFloat | None = None
    high: FiniteFloat | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError(f"an interval needs low < high, not [{self.low}, {self.high}]")
        return self

    def contains(self, x: float) -> bool:
        """Is `x` inside? Bounds belong to the interval."""
        return (self.low is None or self.low <= x) and (self.high is None or x <= self.high)


class Exemplar(Record):
    """A starting point that is known to matter: an input with the output it gave (None: undefined)."""

    input: float | str
    output: float | str | None


class Brief(Record):
    """All that a team is told. Never a suite's name, an id, or anything that would let it look the function up.

    `domain` bounds numeric inputs; other categories leave it None. Inputs beyond the domain are answered too.
    `query_budget` counts single inputs: a batch of ten costs ten.
    """

    category: Category
    input_type: Literal["float", "text", "word"]
    domain: Interval | None = None
    query_budget: Annotated[int, Field(ge=1)]
    exemplars: tuple[Exemplar, ...] = ()


class NoiseKind(StrEnum):
    """How repeated answers to the same input scatter around their expected value."""

    NONE = "none"
    GAUSSIAN = "gaussian"  # scale is the standard deviation
    UNIFORM = "uniform"  # scale is the half-width
    POISSON = "poisson"  # scale s: output + s * (Poisson(1) - 1), standard deviation s


class Noise(Record):
    """Additive noise of mean zero. `scale` is in output units and is 0 only for NONE.

    Where the expected output is y, the noise has the scale `scale + growth * abs(y)`.
    """

    kind: NoiseKind = NoiseKind.NONE
    scale: Annotated[float, Field(ge=0)] = 0.0
    growth: Annotated[float, Field(ge=0)] = 0.0

    @model_serializer(mode="wrap")
    def _without_no_growth(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        """A growth of 0 is left out, so that noise which does not grow keeps the JSON and the hash it always had."""
        fields: dict[str, object] = handler(self)
        return fields if self.growth else {name: value for name, value in fields.items() if name != "growth"}


class Region(Record):
    """A part of the inputs where the function departs from its usual behaviour, and what it does there.

    Numeric inputs lie in `where`; for words and texts `condition` says in words which inputs are meant.
    """

    where: Interval = Interval()
    behaviour: str
    condition: str = ""


class Claim(Record):
    """One atomic statement about a function: structured, so that it can be compared, with the English that says it.

    `about` is the part it speaks of: `base` (the undisturbed function), `region` (its irregular region) or `noise`.
    The other fields are filled as `kind` asks:

    - `family`: `name` is a family ("sine"), or "sum" / "product" / "composition" for the way parts are joined
    - `parameter`: `name` is the parameter ("frequency"), `value` its value
    - `interval`: `low` / `high` are the region's bounds, None for an open side
    - `absent`: there is no such part (`about` noise or region)
    - `noise`: `name` is the noise's kind, `value` its scale
    - `operation`: `name` is a string operation, `value` its place in the chain (1 is applied first)
    - `condition`: `name` is the property of an input that leads into the region
    - `concept`: `name` is what a neuron responds to (about base) or fails on (about region)
    - `rule`: `name` is a relation ("capital of")
    """

    kind: Literal["family", "parameter", "interval", "absent", "noise", "operation", "condition", "concept", "rule"]
    about: Literal["base", "region", "noise"]
    name: str | None = None
    value: FiniteFloat | None = None
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    text: str = ""


class Interpretation(Record):
    """What a team hands in. `description` is prose; `code` is Python source that defines `function(x)`.

    The code gives the expected output (noise left out), returns NaN where the function is undefined, and may import
    `math` and `numpy` alone. An empty description or code is allowed and earns nothing.
    """

    description: str = ""
    code: str = ""
    regions: tuple[Region, ...] = ()
    noise: Noise | None = None  # None: the team does not say
    claims: tuple[Claim, ...] = ()
