"""What a script draws without a seed of its own is alike in every run, whenever it imports the generator."""

import textwrap

import pytest

from sandbox.client import Engine, Limits, Status
from tests.sandbox.jobs import MemoryLog, line_job

SEEDED_0 = "0.8444218515250481 0.5488135039273248\n"  # random.seed(0), numpy.random.seed(0)


@pytest.mark.parametrize(
    "imports",
    [
        "import random, numpy as np",  # known beforehand: imported before the fork
        "random, np = __import__('random'), __import__('numpy')",  # only the script knows
    ],
)
def test_generators_are_seeded_whenever_they_are_imported(engine: Engine, imports: str) -> None:
    """In the worker that forks or in the script itself, in the first experiment and in the next."""
    code = textwrap.dedent(f"{imports}\nprint(random.random(), np.random.rand())")
    with engine.open(line_job(), Limits(memory_mb=256), MemoryLog(), "test") as box:
        for _ in range(2):
            result = box.run(code)
            assert (result.status, result.stdout) == (Status.OK, SEEDED_0)
