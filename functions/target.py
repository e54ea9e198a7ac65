"""What can be audited: a spec, which promises a ground truth, or what promises none: code from elsewhere, or a neuron
that is a language model's answers."""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, JsonValue, TypeAdapter, ValidationError

from functions.brief import Brief, Category, Exemplar, Interval, Record
from functions.errors import BadInput
from functions.identity import sha256_of
from functions.spec import AnySpec, parse_spec

MAX_SOURCE = 200_000  # characters
PUBLISHED_DOMAIN = Interval(low=-128, high=128)  # of the published numeric functions (arXiv 2309.03886)


class ImportedCode(Record):
    """Python source from elsewhere that defines `function(x)`. It is data here: only an oracle's container executes it.

    An input for which it raises, or gives neither a finite number nor a text, is undefined. `vectors` are inputs with
    the outputs that were published for them, and `published` what else came with it. Nothing of either is checked, and
    agents see none of it.
    """

    kind: Literal["code"] = "code"
    category: Category
    source: Annotated[str, Field(max_length=MAX_SOURCE)]
    vectors: tuple[Exemplar, ...] = ()
    published: dict[str, JsonValue] = Field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The identity of this function."""
        return sha256_of(self)

    def brief(self, query_budget: int) -> Brief:
        """All that agents may know."""
        match self.category:
            case Category.NUMERIC:
                return Brief(
                    category=self.category, input_type="float", domain=PUBLISHED_DOMAIN, query_budget=query_budget
                )
            case Category.STRING:
                return Brief(category=self.category, input_type="text", query_budget=query_budget)
            case Category.ENTITY | Category.RELATION:
                return Brief(category=self.category, input_type="word", query_budget=query_budget)


OneLine = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f\u2028\u2029]+$")]


class ModelNeuron(Record):
    """A synthetic neuron whose response to a word is a language model's answer: how strongly does it belong to one of
    the concepts, `exception` left out? There is nothing to it but what the model says.

    `model` names the model with the parameters it is called with, as for `--team`. It holds no key.
    """

    kind: Literal["neuron"] = "neuron"
    concepts: Annotated[tuple[OneLine, ...], Field(min_length=1, max_length=2)]
    exception: OneLine | None = None
    model: OneLine

    @property
    def category(self) -> Literal[Category.ENTITY]:
        """A word in, a response in 0..1 out."""
        return Category.ENTITY

    @property
    def sha256(self) -> str:
        """The identity of this function."""
        return sha256_of(self)

    def brief(self, query_budget: int) -> Brief:
        """All that agents may know."""
        return Brief(category=self.category, input_type="word", query_budget=query_budget)

    def describe(self) -> str:
        """What the model is asked, in English."""
        but = f", except {self.exception}" if self.exception else ""
        return f"How strongly a word belongs to {' or '.join(self.concepts)}{but}, as {self.model.split(';')[0]} says."


Target = AnySpec | ImportedCode | ModelNeuron

_UNSPECIFIED: TypeAdapter[ImportedCode | ModelNeuron] = TypeAdapter(
    Annotated[ImportedCode | ModelNeuron, Discriminator("kind")]
)


def parse_target(source: str | bytes | Mapping[str, object]) -> Target:
    """A target from its JSON, as text or already decoded. Raises BadInput that names the first thing wrong with it."""
    try:
        document = json.loads(source) if isinstance(source, str | bytes) else source
    except (ValueError, RecursionError) as error:
        raise BadInput(f"this is no spec: it is not JSON ({error})") from None
    if not isinstance(document, Mapping) or "kind" not in document:
        return parse_spec(document)
    try:
        return _UNSPECIFIED.validate_python(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"this is no function without a spec: {where}: {first['msg']}") from None
