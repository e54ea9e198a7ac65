"""What agents may know of a function, and what they hand in.

This is the public face of `functions`: the only part of it that roles, teams and the sandbox's host side may import.
Nothing here depends on how a function is built.

One meaning of *undefined*, everywhere (a logarithm of a negative number, a pole, an overflow: any result that is not
a finite number): `null` in JSON, `None` in records, NaN in numpy arrays and in candidate code.
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

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


class Grown(Record):
    """A record that got fields later. Those in `later` are left out of its JSON while they have their default, so that
    what was written before they were there keeps its JSON and its hash."""

    later: ClassVar[frozenset[str]]

    @model_serializer(mode="wrap")
    def _without_defaults(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        fields: dict[str, object] = handler(self)
        unsaid = {name for name in self.later if getattr(self, name) == type(self).model_fields[name].default}
        return {name: value for name, value in fields.items() if name not in unsaid}


Vector = tuple[FiniteFloat, ...]  # several numbers that are one input
Input = float | str | Vector
INPUT_NAMES = ("x", "y", "z")  # what the numbers of one input are called


class Category(StrEnum):
    """What kind of black box it is; fixes the types of input and output."""

    NUMERIC = "numeric"  # float in, or two or three of them; float out
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

    input: Input
    output: float | str | None


class Brief(Grown):
    """All that a team is told. Never a suite's name, an id, or anything that would let it look the function up.

    `domain` bounds the inputs of a function of one number. Where an input is a `vector`, of two or three numbers,
    `domains` bounds each of them. Other categories have neither. Inputs beyond the domain are answered too.
    `query_budget` counts single inputs: a batch of ten costs ten, and so do ten vectors.
    """

    later = frozenset({"domains"})

    category: Category
    input_type: Literal["float", "text", "word", "vector"]
    domain: Interval | None = None
    domains: tuple[Interval, ...] = ()
    query_budget: Annotated[int, Field(ge=1)]
    exemplars: tuple[Exemplar, ...] = ()

    @property
    def arity(self) -> int:
        """Of how many numbers an input is made; 1 for anything that is no vector."""
        return len(self.domains) or 1


class NoiseKind(StrEnum):
    """How repeated answers to the same input scatter around their expected value."""

    NONE = "none"
    GAUSSIAN = "gaussian"  # scale is the standard deviation
    UNIFORM = "uniform"  # scale is the half-width
    POISSON = "poisson"  # scale s: output + s * (Poisson(1) - 1), standard deviation s


class Noise(Grown):
    """Additive noise of mean zero. `scale` is in output units and is 0 only for NONE.

    Where the expected output is y, the noise has the scale `scale + growth * abs(y)`.
    """

    later = frozenset({"growth"})

    kind: NoiseKind = NoiseKind.NONE
    scale: Annotated[float, Field(ge=0)] = 0.0
    growth: Annotated[float, Field(ge=0)] = 0.0


class Region(Grown):
    """A part of the inputs where the function departs from its usual behaviour, and what it does there.

    Numbers lie in `where`, vectors in `box` (one interval for each of their numbers); for words and texts `condition`
    says in words which inputs are meant.
    """

    later = frozenset({"box"})

    where: Interval = Interval()
    box: tuple[Interval, ...] = ()
    behaviour: str
    condition: str = ""


class Claim(Grown):
    """One atomic statement about a function: structured, so that it can be compared, with the English that says it.

    `about` is the part it speaks of: `base` (the undisturbed function), `region` (its irregular region) or `noise`.
    `input` says of which of several numbers it is true ("x", "y", "z"). The other fields are filled as `kind` asks:

    - `family`: `name` is a family ("sine"), or "sum" / "product" / "composition" for the way parts are joined; of
      several numbers also "maximum", "minimum", "distance", "plane" and "conditional"
    - `parameter`: `name` is the parameter ("frequency"), `value` its value
    - `interval`: `low` / `high` are the region's bounds, None for an open side
    - `absent`: there is no such part (`about` noise or region), or the base does not depend on `input`
    - `noise`: `name` is the noise's kind, `value` its scale
    - `operation`: `name` is a string operation, `value` its place in the chain (1 is applied first)
    - `condition`: `name` is the property of an input that leads into the region
    - `concept`: `name` is what a neuron responds to (about base) or fails on (about region)
    - `rule`: `name` is a relation ("capital of")
    - `departure`: from `low` to `high` a network leaves the formula that it approximates; `value` is the largest
      difference there, above 0 where the network is above the formula
    """

    later = frozenset({"input"})

    kind: Literal[
        "family", "parameter", "interval", "absent", "noise", "operation", "condition", "concept", "rule", "departure"
    ]
    about: Literal["base", "region", "noise"]
    input: str | None = None
    name: str | None = None
    value: FiniteFloat | None = None
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    text: str = ""


class Interpretation(Record):
    """What a team hands in. `description` is prose; `code` is Python source that defines `function(x)`;
    for vectors `function(x, y)` or `function(x, y, z)`, which is called with numbers in their places.

    The code gives the expected output (noise left out), returns NaN where the function is undefined, and may import
    `math` and `numpy` alone. An empty description or code is allowed and earns nothing.
    """

    description: str = ""
    code: str = ""
    regions: tuple[Region, ...] = ()
    noise: Noise | None = None  # None: the team does not say
    claims: tuple[Claim, ...] = ()
