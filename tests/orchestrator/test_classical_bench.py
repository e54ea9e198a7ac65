"""A development benchmark of the classical team on generated functions, run by `pytest -m slow -s` on this file.

`CLASSICAL_BENCH_SEED` picks the suite's seed; figures are printed, and the headline of the first issue is asserted.
"""

import asyncio
import os
import time
from collections.abc import Sequence

import numpy as np
import pytest

from functions.noise import audit_secret
from functions.suites import load_suite
from judges.grade import Grade
from judges.judge import grade_audit
from orchestrator.roles.messages import RoleName
from sandbox.client import Answer, Isolation
from tests.orchestrator.classical_lab import FakeLab, investigate

BUDGET = 100


class InProcess:
    """A `CandidateRunner` for code that the project itself wrote."""

    isolation = Isolation(engine="none", runtime="none")

    def evaluate(self, code: str, inputs: Sequence[float | str]) -> tuple[Answer, ...]:
        names: dict[str, object] = {}
        exec(code, names)  # noqa: S102 - the classical team's own code
        function = names["function"]
        values = [float(function(float(x))) for x in inputs]  # type: ignore[operator]
        return tuple(Answer(value=v if np.isfinite(v) else None) for v in values)

    def close(self) -> None: ...

    def __enter__(self) -> "InProcess":
        return self

    def __exit__(self, *_: object) -> None: ...


def audited(
    spec: object, budget: int = BUDGET, roles: tuple[RoleName, ...] = tuple(RoleName)
) -> tuple[Grade, FakeLab, str]:
    """One function audited and graded in this process: the grade, the lab, the description."""
    secret = audit_secret(spec.sha256, 0)  # type: ignore[attr-defined]
    lab = FakeLab(lambda x, asked: spec.sample(x, asked, secret), float(spec.domain.high), budget)  # type: ignore[attr-defined]
    evidence = asyncio.run(investigate(lab, roles)).evidence
    assert evidence is not None
    handed_in = evidence.interpretation
    return grade_audit(spec, handed_in, InProcess(), query_budget=budget), lab, handed_in.description  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_generated_functions_are_understood() -> None:
    """On thirty functions of a seed, mean agreement on the undisturbed region is at least 0.9."""
    seed = os.environ.get("CLASSICAL_BENCH_SEED", "1001")
    specs = [m.spec for m in load_suite(f"demo@1:{seed}").members if m.category == "numeric"][:30]
    base, f1 = [], []
    for number, spec in enumerate(specs):
        start = time.process_time()
        grade, lab, description = audited(spec)
        seconds = time.process_time() - start
        assert grade.code is not None
        assert grade.description is not None
        base.append(grade.code.base_agreement)
        f1.append(grade.description.f1)
        line = f"{number:3d} base {base[-1]:.2f} score {grade.code.score:.2f} f1 {f1[-1]:.2f}"
        print(f"{line} queries {len(lab.x)} experiments {len(lab.scripts)} {seconds:.1f}s")  # noqa: T201
        if base[-1] < 0.95 or f1[-1] < 0.8:
            print(f"      truth: {spec.describe()}\n      said:  {description}")  # noqa: T201
    print(f"base_agreement {np.mean(base):.3f}  f1 {np.mean(f1):.3f}")  # noqa: T201
    assert np.mean(base) >= 0.9
