"""How well the classical team does on fresh neurons, relations and functions of several numbers, in this process.

    python -m tests.orchestrator.bench {entity,relation,vector} [--seed N] [--count N] [--skip N] [--tier T] [--all]

prints what was lost (with `--all` every audit), then one line of JSON with the figures of all. Tiers are those of the
generators (vectors have one, "hard"), and "find-like", "heldout" as the suites of these names draw from.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from functions.brief import Category, Interpretation
from functions.entity import EntitySpec
from functions.entity import generate as neuron
from functions.noise import audit_secret
from functions.numeric.vector import VectorSpec
from functions.relation import generate as relation
from functions.spec import AnySpec
from functions.suites import SUITES
from judges.grade import Grade
from judges.judge import grade_audit
from tests.orchestrator.in_process import InProcess
from tests.orchestrator.lab_here import investigate
from tests.orchestrator.vector_figures import VectorRow, vector_row
from tests.orchestrator.vector_lab import VectorLab
from tests.orchestrator.word_figures import NeuronRow, RelationRow, figures, neuron_row, relation_row
from tests.orchestrator.word_lab import Value, WordLab

KINDS = ("entity", "relation", "vector")
BUDGET = {"entity": 200, "relation": 80, "vector": 100}

Row = NeuronRow | RelationRow | VectorRow


class Audited(NamedTuple):
    """What was handed in, its grade, the queries it took and the seconds of processor time."""

    said: Interpretation
    grade: Grade
    queries: int
    seconds: float


def drawn(kind: str, tier: str, seed: int, index: int) -> AnySpec:
    """The function of a kind that the generator gives for that seed."""
    suite = {"find-like": "find-like@1", "heldout": "heldout@1"}.get(tier, "hard@2" if kind == "vector" else "")
    if suite:
        category = Category.NUMERIC if kind == "vector" else Category(kind)
        return [part for part in SUITES[suite].parts if part.category is category][-1].draw(seed, index, 0)
    draw: Callable[..., AnySpec] = {"entity": neuron, "relation": relation}[kind]
    return draw(seed, index, tier)


def audited(spec: AnySpec, budget: int) -> Audited:
    """One function audited and graded in this process."""
    start = time.process_time()
    said, queries = _investigated(spec, budget)
    seconds = time.process_time() - start
    return Audited(said, grade_audit(spec, said, InProcess(), query_budget=budget), queries, seconds)  # type: ignore[arg-type]


def _investigated(spec: AnySpec, budget: int) -> tuple[Interpretation, int]:
    secret = audit_secret(spec.sha256, 0)
    if isinstance(spec, VectorSpec):
        numbers = VectorLab(lambda x, asked: spec.sample(x, asked, secret), spec.domains, budget)
        evidence, asked = asyncio.run(investigate(numbers)).evidence, len(numbers.x)
    else:
        words = _word_lab(spec, budget, secret)
        evidence, asked = asyncio.run(investigate(words)).evidence, len(words.pairs)
    assert evidence is not None
    assert asked <= budget
    return evidence.interpretation, asked


def _word_lab(spec: AnySpec, budget: int, secret: bytes) -> WordLab:
    seen: list[str] = []

    def answer(words: Sequence[str]) -> Sequence[Value]:
        before = [(seen + list(words[:i])).count(word) for i, word in enumerate(words)]
        seen.extend(words)
        return spec.answer(words, before, secret)  # type: ignore[union-attr, no-any-return]

    return WordLab(spec.category, answer, budget)


def measured(spec: AnySpec, budget: int) -> tuple[Row, Interpretation]:
    """One function audited, measured against the truth."""
    done = audited(spec, budget)
    rows: dict[type, Callable[..., Row]] = {EntitySpec: neuron_row, VectorSpec: vector_row}
    return rows.get(type(spec), relation_row)(spec, *done), done.said


def lost(row: Row) -> bool:
    """Is something about it wrong?"""
    match row:
        case NeuronRow():
            named = row.single is not False and row.compound is not False
            return not named or row.subgroup is False or row.exclusion is False or bool(row.false_subgroup)
        case RelationRow():
            return not row.rule or row.exception is False or bool(row.false_exception)
        case VectorRow():
            return not row.right or row.region is False or bool(row.false_region)


def run(kind: str, tier: str, seed: int, count: int, skip: int = 0, everything: bool = False) -> dict[str, object]:
    """Audit `count` functions, print those that were lost, and give the figures of all."""
    rows = []
    for index in range(skip, skip + count):
        spec = drawn(kind, tier, seed, index)
        row, said = measured(spec, BUDGET[kind])
        rows.append(row)
        if everything or lost(row):
            _print(f"{index} {row}\n   truth: {spec.describe()}\n   said:  {said.description}")
    return {"bench": kind, "tier": tier, "seed": seed, "skip": skip, "figures": figures(rows)}  # type: ignore[arg-type]


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--skip", type=int, default=0, help="begin with this one")
    parser.add_argument("--tier", default="hard")
    parser.add_argument("--all", action="store_true", help="print every audit")
    given = parser.parse_args(arguments)
    _print(json.dumps(run(given.kind, given.tier, given.seed, given.count, given.skip, given.all)))


if __name__ == "__main__":
    main()
