"""The development benchmark of the classical team on words and vectors (`tests.orchestrator.bench`), for `make bench`.

`CLASSICAL_BENCH_SEED` picks the generators' seed and `CLASSICAL_BENCH_COUNT` the functions of each kind.
"""

import json
import os

import pytest

from tests.orchestrator.bench import run

SEED = int(os.environ.get("CLASSICAL_BENCH_SEED", "81001"))
COUNT = int(os.environ.get("CLASSICAL_BENCH_COUNT", "24"))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("kind", "tier", "figure", "least"),
    [("entity", "hard", "auroc", 0.9), ("relation", "hard", "rule", 0.8), ("vector", "hard", "base", 0.3)],
)
def test_generated_functions_are_understood(kind: str, tier: str, figure: str, least: float) -> None:
    """The figures of each kind are printed; no audit spends more than its budget."""
    told = run(kind, tier, SEED, COUNT)
    print(json.dumps(told), flush=True)  # noqa: T201
    assert told["figures"][figure] >= least  # type: ignore[index]
