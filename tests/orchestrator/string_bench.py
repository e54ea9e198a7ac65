"""How well the classical team does on functions of texts as suites draw them, in this process.

    python -m tests.orchestrator.string_bench [--suite find-like@1] [--seed N] [--count N] [--skip N]

prints what was not understood (nothing of what is held out), then one line of JSON with the figures of all.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from functions.brief import Category, Interpretation
from functions.string import StringSpec
from functions.suites import SUITES
from judges.judge import grade_audit
from tests.orchestrator.in_process import InProcess
from tests.orchestrator.lab_here import investigate
from tests.orchestrator.text_lab import TextLab

BUDGET = 50


@dataclass(frozen=True)
class TextRow:
    """One audit, graded. What does not apply is None."""

    exact: bool  # are all hidden texts answered rightly?
    agreement: float
    score: float
    description: float | None
    branch: bool | None  # of a function with a branch: is one told, with a condition?
    false_branch: bool | None  # of one without
    admitted: bool | None  # of one that was not understood: does the description say so?
    queries: int
    seconds: float  # of processor time, for team and experiments


def audited(spec: StringSpec) -> tuple[TextRow, Interpretation]:
    """One function audited and graded."""
    lab = TextLab(lambda x: spec.evaluate([x])[0], BUDGET)
    start = time.process_time()
    evidence = asyncio.run(investigate(lab)).evidence
    seconds = time.process_time() - start
    assert evidence is not None
    said, queries = evidence.interpretation, len(lab.pairs)
    grade = grade_audit(spec, said, InProcess(), query_budget=BUDGET)
    assert grade.code is not None
    assert grade.description is not None
    agreement, told = grade.code.agreement, any(region.condition for region in said.regions)
    return TextRow(
        exact=agreement == 1,
        agreement=agreement,
        score=grade.code.score,
        description=grade.description.score,
        branch=told if spec.branch else None,
        false_branch=None if spec.branch else told,
        admitted=None if agreement == 1 else "unknown" in said.description,
        queries=queries,
        seconds=seconds,
    ), said


def figures(rows: Sequence[TextRow]) -> dict[str, float]:
    """Shares and means of all, the median and the maximum of seconds."""
    out: dict[str, float] = {"string.n": len(rows)}
    for name in ("exact", "agreement", "score", "description", "branch", "false_branch", "admitted", "queries"):
        values = [float(value) for row in rows if (value := getattr(row, name)) is not None]
        out[f"string.{name}"] = round(sum(values) / len(values), 3) if values else 0.0
        out[f"string.{name}_n"] = len(values)
    seconds = sorted(row.seconds for row in rows)
    return out | {
        "string.seconds_p50": round(seconds[len(seconds) // 2], 2),
        "string.seconds_max": round(seconds[-1], 2),
    }


def run(suite: str, seed: int, count: int, skip: int) -> dict[str, object]:
    """Audit `count` functions and give their figures; print what was not understood, if it may be looked at."""
    part = next(part for part in SUITES[suite].parts if part.category is Category.STRING)
    rows = []
    for index in range(skip, skip + count):
        spec = part.draw(seed, index, 0)
        assert isinstance(spec, StringSpec)
        row, said = audited(spec)
        rows.append(row)
        if not row.exact and not suite.startswith("heldout"):
            _print(f"{index} {row}\n   truth: {spec.describe()}\n   said:  {said.description}")
    return {"suite": suite, "seed": seed, "skip": skip, "figures": figures(rows)}


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", default="find-like@1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--skip", type=int, default=0, help="begin with this one")
    given = parser.parse_args(arguments)
    _print(json.dumps(run(given.suite, given.seed, given.count, given.skip)))


if __name__ == "__main__":
    main()
