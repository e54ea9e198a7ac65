"""What a team gets without understanding anything of a function of texts or words."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from math import fsum
from typing import Protocol

from functions.data.words import mixed
from functions.entity import EntitySpec
from functions.heldout.relations import ChainSpec
from functions.relation import RelationSpec
from functions.spec import Value
from functions.string import StringSpec
from judges.truth import Relation, WordTruth

EXEMPLARS = 12  # the nearest of so many is an answer too
COMPARED = 60  # characters, from the front

Answering = Callable[[str], Value | None]


class Part(Protocol):
    """A stratum: what its outputs should be."""

    @property
    def expected(self) -> tuple[Value | None, ...]: ...


def trivial_answers(truth: WordTruth, parts: Sequence[Part], query_budget: int) -> Iterator[tuple[str, Answering]]:
    """Constants (undefined is one), the input, the nearest exemplar of words, and for relations a table of queries."""
    yield "undefined", lambda _: None
    constant = _best_constant(truth, parts)
    yield "constant", lambda _: constant
    if not isinstance(truth, EntitySpec):
        yield "identity", lambda x: x
    if not isinstance(truth, StringSpec):
        shown = {str(e.input): e.output for e in truth.exemplars(EXEMPLARS)}
        yield "nearest exemplar", lambda x: shown[max(shown, key=lambda other: _alike(x, other))]
    if isinstance(truth, RelationSpec | ChainSpec):
        yield "lookup", _table(truth, query_budget).get


def _best_constant(truth: WordTruth, parts: Sequence[Part]) -> Value | None:
    """Sought among the expected outputs themselves, which no team has; each stratum counts the same."""
    if isinstance(truth, EntitySpec):
        means = [fsum(y for y in part.expected if isinstance(y, float)) / len(part.expected) for part in parts]
        return fsum(means) / len(means)
    weights: defaultdict[Value, float] = defaultdict(float)
    for part in parts:
        for y in part.expected:
            if y is not None:
                weights[y] += 1 / len(part.expected)
    return max(weights, key=lambda y: weights[y]) if weights else None


def _table(truth: Relation, query_budget: int) -> dict[str, Value | None]:
    """As many words of the domain as the budget, but no more than half of them: who lists all of it has the truth."""
    lookup = truth.lookup if isinstance(truth, RelationSpec) else truth.chain[0]
    written = [row[lookup.source] for row in lookup.rows().values()]
    words = list(mixed(written, sha256(f"baseline@1/{truth.sha256}".encode()).digest()))
    asked = words[: min(query_budget, len(words) // 2)]
    return dict(zip(asked, truth.evaluate(asked), strict=True))


def _alike(x: str, other: str) -> float:
    return SequenceMatcher(None, x[:COMPARED].lower(), other.lower(), autojunk=False).quick_ratio()
