"""A development benchmark of the classical team on generated numeric functions: `pytest -m slow -s` on this file.

`CLASSICAL_BENCH_SUITE` picks the suite, `CLASSICAL_BENCH_SEED` its seed and `CLASSICAL_BENCH_COUNT` how many of its
functions. What was lost is printed, and the figures of all as one line of JSON.
"""

import asyncio
import json
import os
import time

import pytest

from functions.brief import Category, Interpretation
from functions.noise import audit_secret
from functions.numeric.spec import NumericSpec
from functions.suites import SUITES
from functions.suites.suite import generate_suite
from judges.grade import Grade
from judges.judge import grade_audit
from orchestrator.roles.messages import RoleName
from tests.orchestrator.classical_lab import FakeLab
from tests.orchestrator.in_process import InProcess
from tests.orchestrator.lab_here import investigate
from tests.orchestrator.numeric_figures import RIGHT, figures, row

BUDGET = 100
SUITE = os.environ.get("CLASSICAL_BENCH_SUITE", "find-like@1")
SEED = int(os.environ.get("CLASSICAL_BENCH_SEED", "1001"))
COUNT = int(os.environ.get("CLASSICAL_BENCH_COUNT", "60"))


def numeric(suite: str, seed: int, count: int) -> list[NumericSpec]:
    """The first numeric functions of a suite; they do not depend on how many there are."""
    recipe = SUITES[suite]
    part = next(part for part in recipe.parts if part.category is Category.NUMERIC)
    short = recipe._replace(parts=(part._replace(size=min(count, part.size)),))
    return [m.spec for m in generate_suite(short, seed).members if isinstance(m.spec, NumericSpec)]


def audited(
    spec: NumericSpec, budget: int = BUDGET, roles: tuple[RoleName, ...] = tuple(RoleName)
) -> tuple[Interpretation, Grade, FakeLab, float]:
    """One function audited and graded in this process: what was handed in, the grade, the lab, CPU seconds."""
    secret = audit_secret(spec.sha256, 0)
    domain = spec.domain
    lab = FakeLab(lambda x, asked: spec.sample(x, asked, secret), float(domain.high or 0.0), budget, domain.low)
    start = time.process_time()
    evidence = asyncio.run(investigate(lab, roles)).evidence
    seconds = time.process_time() - start
    assert evidence is not None
    said = evidence.interpretation
    return said, grade_audit(spec, said, InProcess(), query_budget=budget), lab, seconds


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_generated_functions_are_understood() -> None:
    """On most functions the code agrees with the undisturbed truth; no audit spends more than its budget."""
    rows = []
    for number, spec in enumerate(numeric(SUITE, SEED, COUNT)):
        said, grade, lab, seconds = audited(spec)
        assert len(lab.x) <= BUDGET
        rows.append(row(spec, said, grade, seconds))
        if rows[-1].base < RIGHT or rows[-1].score < 0.9 or rows[-1].f1 < 0.8:
            print(f"{number} {rows[-1]}\n   truth: {spec.describe()}\n   said:  {said.description}", flush=True)  # noqa: T201
    print(json.dumps({"suite": f"{SUITE}:{SEED}", "figures": figures(rows)}), flush=True)  # noqa: T201
    assert figures(rows)["base"] >= 0.7
