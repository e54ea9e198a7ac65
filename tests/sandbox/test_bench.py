"""The bench measures what its documentation names. How fast it is, is no test's business."""

from sandbox.bench import measure
from sandbox.engines.local import LocalEngine

NAMES = {
    "cold.p50_ms", "teardown.p50_ms", "experiment.p50_ms", "experiment.p95_ms", "experiment.toolkit_p50_ms",
    "experiment.paused_p50_ms", "bare_fork.p50_ms", "query.p50_us", "batch1000.p50_ms", "experiments_per_s.1",
    "query.floor_us", "experiment.floor_ms",
}  # fmt: skip


def test_every_figure_is_there_and_positive() -> None:
    """Of any engine; what Docker alone has comes on top."""
    figures = measure(LocalEngine(bubblewrap=False), repeats=8, side_by_side=(1,))
    assert set(figures) == NAMES
    assert all(value > 0 for value in figures.values())
    assert figures["experiment.p50_ms"] <= figures["experiment.p95_ms"]
