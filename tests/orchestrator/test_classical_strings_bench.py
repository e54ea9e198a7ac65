"""A development benchmark of the classical team on generated functions of texts: `pytest -m slow -s` on this file.

`CLASSICAL_BENCH_SEED` picks the generator's seed and `CLASSICAL_BENCH_COUNT` the functions of each tier.
"""

import asyncio
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from functions.string import StringSpec, generate
from orchestrator.roles.base import Transcript
from sandbox.toolkit import strings
from sandbox.toolkit.strings.library import library
from tests.orchestrator.lab_here import investigate
from tests.orchestrator.text_lab import TextLab

BUDGET = 50
SEED = int(os.environ.get("CLASSICAL_BENCH_SEED", "9001"))
COUNT = int(os.environ.get("CLASSICAL_BENCH_COUNT", "20"))


@dataclass(frozen=True)
class Outcome:
    """What came of one audit: agreement on hidden texts, the branch, and what it cost."""

    agreement: float
    has_branch: bool
    said_branch: bool
    admitted: bool  # the description says that something is unknown
    queries: int
    seconds: float


def agreement(spec: StringSpec, function: Callable[[str], str | None]) -> float:
    """The share of hidden texts that it gets right."""
    hidden = [x for texts in spec.hidden_inputs(b"bench", 100).values() for x in texts]
    return sum(said(function, x) == y for x, y in zip(hidden, spec.evaluate(hidden), strict=True)) / len(hidden)


def said(function: Callable[[str], str | None], text: str) -> str | None:
    try:
        return function(text)
    except (ValueError, IndexError, ZeroDivisionError, TypeError):
        return "an error"


def audited(spec: StringSpec) -> Outcome:
    """One function audited by the whole team in this process."""
    lab = TextLab(lambda x: spec.evaluate([x])[0], BUDGET)
    start = time.process_time()
    transcript: Transcript = asyncio.run(investigate(lab))
    seconds = time.process_time() - start
    assert transcript.evidence is not None
    handed_in = transcript.evidence.interpretation
    names: dict[str, Callable[[str], str | None]] = {}
    exec(handed_in.code, names)  # type: ignore[arg-type] # noqa: S102 - the classical team's own code
    return Outcome(
        agreement(spec, names["function"]),
        spec.branch is not None,
        bool(handed_in.regions),
        "unknown" in handed_in.description,
        len(lab.pairs),
        seconds,
    )


def figures(outcomes: list[Outcome]) -> str:
    """The figures of a tier in one line."""
    exact = sum(o.agreement == 1 for o in outcomes)
    branched = [o for o in outcomes if o.has_branch]
    wrong = [o for o in outcomes if o.agreement < 1]
    seconds = sorted(o.seconds for o in outcomes)
    return (
        f"exact {exact}/{len(outcomes)}, agreement {sum(o.agreement for o in outcomes) / len(outcomes):.3f}, "
        f"branches {sum(o.said_branch for o in branched)}/{len(branched)}, "
        f"branches said where there is none {sum(o.said_branch for o in outcomes if not o.has_branch)}, "
        f"wrong that admit it {sum(o.admitted for o in wrong)}/{len(wrong)}, "
        f"queries {sum(o.queries for o in outcomes) / len(outcomes):.1f}, "
        f"CPU p50 {seconds[len(seconds) // 2]:.1f} s, mean {sum(seconds) / len(seconds):.1f} s"
    )


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("tier", ["easy", "medium", "hard"])
def test_generated_functions_are_understood(tier: str) -> None:
    """Most functions of a tier are told exactly; no audit spends more than its budget."""
    outcomes = []
    for number in range(COUNT):
        spec = generate(SEED, number, tier)  # type: ignore[arg-type]
        outcomes.append(audited(spec))
        if outcomes[-1].agreement < 1:
            print(f"{tier} {number}: {outcomes[-1]}\n    {spec.describe()}", flush=True)  # noqa: T201
    print(f"{tier}: {figures(outcomes)}", flush=True)  # noqa: T201

    assert all(o.queries <= BUDGET for o in outcomes)
    assert sum(o.agreement == 1 for o in outcomes) >= {"easy": 0.8, "medium": 0.5, "hard": 0.2}[tier] * COUNT


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("third", [0, 1, 2])
def test_with_a_third_of_the_library_unknown(third: int) -> None:
    """The honest figure: functions of the medium tier, searched without a random third of the operations."""
    kinds = list(library())
    random.Random(SEED).shuffle(kinds)
    left = {kind.name for i, kind in enumerate(kinds) if i % 3 != third}
    some = tuple(kind for kind in library() if kind.name in left)
    scores = []
    for number in range(COUNT):
        spec = generate(SEED, number, "medium")
        texts = list(strings.probes(34))
        found = strings.investigate(list(zip(texts, spec.evaluate(texts), strict=True)), some)
        found, _ = strings.settle(found, spec.evaluate, 8, some)
        scores.append((agreement(spec, found.best), found.explained))
    exact = sum(score == 1 for score, _ in scores)
    overclaimed = sum(explained for score, explained in scores if score < 1)
    print(f"third {third} unknown: exact {exact}/{COUNT}, wrong but sure {overclaimed}", flush=True)  # noqa: T201

    assert exact >= 0.1 * COUNT
