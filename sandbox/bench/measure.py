"""Times of one engine: starting, experiments, queries, tearing down."""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from sandbox.check.job import MemoryLog, line_job
from sandbox.client import Engine, EngineUnavailable, Limits, Sandbox, SandboxFailure, Status
from sandbox.engines.docker import DockerEngine
from sandbox.engines.docker_calls import connect

Figures = dict[str, float]
Say = Callable[[str], None]

LIMITS = Limits()
LABEL = "bench"
COMPUTE = "import numpy as np\nprint(float(np.arange(10.0).sum()))\n"  # what peers run too
EXPERIMENT = COMPUTE + "from lab import oracle\nprint(oracle.query(0.5))\n"
TOOLKIT = "import toolkit, scipy.optimize\n" + EXPERIMENT
RATE_S = 2.0
PAUSE_S = 0.05  # what a role thinks at the least before its next experiment

QUERIES = """
import json, time
from lab import oracle
def times(n, inputs):
    taken = []
    for k in range(n):
        xs = inputs(k)
        began = time.perf_counter()
        oracle.query(xs)
        taken.append(time.perf_counter() - began)
    return sorted(taken)
single = times(1000, lambda k: 0.37 + k)
batch = times(20, lambda k: [0.001234 * i + k for i in range(1000)])
print(json.dumps([single[500], batch[10]]))
"""
FLOORS = """
import json, os, socket, time
def median(act, n):
    taken = []
    for _ in range(n):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[n // 2]
ours, theirs = socket.socketpair()
if os.fork() == 0:
    while said := theirs.recv(100):
        theirs.send(said)
    os._exit(0)
theirs.close()
def there_and_back():
    ours.send(b"x" * 50)
    ours.recv(100)
def run_nothing():
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
print(json.dumps([median(there_and_back, 1000), median(run_nothing, 50)]))
"""
BARE_FORK = """
import os, time
import numpy
taken = []
for _ in range(100):
    began = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    taken.append(time.perf_counter() - began)
print(sorted(taken)[50])
"""


def measure(
    engine: Engine, *, repeats: int = 200, side_by_side: Sequence[int] = (1, 2, 4, 8), say: Say = lambda _line: None
) -> Figures:
    """All figures of an engine: milliseconds (`_ms`), microseconds (`_us`), MB, experiments a second."""
    figures: Figures = {}
    say("starting and ending")
    opened, closed = zip(*(_open_and_close(engine) for _ in range(3)), strict=True)
    figures["cold.p50_ms"] = 1e3 * statistics.median(opened)
    figures["teardown.p50_ms"] = 1e3 * statistics.median(closed)
    say("experiments and queries")
    with _open(engine) as box:
        taken = _times(box, EXPERIMENT, repeats)
        figures["experiment.p50_ms"] = 1e3 * taken[len(taken) // 2]
        figures["experiment.p95_ms"] = 1e3 * taken[int(0.95 * len(taken))]
        figures["experiment.paused_p50_ms"] = 1e3 * statistics.median(_times(box, EXPERIMENT, repeats // 4, PAUSE_S))
        figures["bare_fork.p50_ms"] = 1e3 * float(_said(box, BARE_FORK))
        single, batch = json.loads(_said(box, QUERIES))
        figures["query.p50_us"], figures["batch1000.p50_ms"] = 1e6 * single, 1e3 * batch
        there_and_back, nothing = json.loads(_said(box, FLOORS))
        figures["query.floor_us"], figures["experiment.floor_ms"] = 1e6 * there_and_back, 1e3 * nothing
        if isinstance(engine, DockerEngine):
            figures["memory_mb"] = _memory_mb()
    with _open(engine) as box:
        taken = _times(box, TOOLKIT, repeats // 4)
        figures["experiment.toolkit_p50_ms"] = 1e3 * taken[len(taken) // 2]
    if isinstance(engine, DockerEngine):
        say("a pool of warm sandboxes")
        figures["acquire.p50_ms"] = 1e3 * statistics.median(_acquire(engine))
    for count in side_by_side:
        say(f"throughput of {count}")
        figures[f"experiments_per_s.{count}"] = _rate(engine, count)
    return figures


def measure_runsc(repeats: int = 50) -> Figures:
    """What an experiment and a bare fork cost under gVisor; nothing where there is no gVisor."""
    try:
        with _open(DockerEngine(runtime="runsc")) as box:
            taken = _times(box, EXPERIMENT, repeats)
            paused_ms = 1e3 * statistics.median(_times(box, EXPERIMENT, repeats, PAUSE_S))
            fork_ms = 1e3 * float(_said(box, BARE_FORK))
    except (EngineUnavailable, SandboxFailure):
        return {}
    return {
        "runsc.experiment.p50_ms": 1e3 * taken[len(taken) // 2],
        "runsc.experiment.paused_p50_ms": paused_ms,
        "runsc.bare_fork.p50_ms": fork_ms,
    }


def _open(engine: Engine) -> Sandbox:
    return engine.open(line_job(budget=1_000_000), LIMITS, MemoryLog(), LABEL)


def _open_and_close(engine: Engine) -> tuple[float, float]:
    began = time.perf_counter()
    box = _open(engine)
    opened = time.perf_counter()
    box.close()
    return opened - began, time.perf_counter() - opened


def _acquire(engine: DockerEngine) -> Iterator[float]:
    pool = engine.keep_warm(LIMITS, 1)
    try:
        for _ in range(5):
            pool.wait()
            began = time.perf_counter()
            with _open(engine):
                yield time.perf_counter() - began
    finally:
        pool.close()


def _times(box: Sandbox, code: str, repeats: int, pause_s: float = 0.0) -> list[float]:
    """Seconds of each run, sorted, one after another or with a pause before each. The first one may import: it does
    not count."""
    _said(box, code)
    taken = []
    for _ in range(repeats):
        time.sleep(pause_s)
        began = time.perf_counter()
        _said(box, code)
        taken.append(time.perf_counter() - began)
    return sorted(taken)


def _said(box: Sandbox, code: str) -> str:
    result = box.run(code)
    if result.status is not Status.OK:
        raise SandboxFailure(f"the bench's own experiment ended {result.status}: {result.stderr[-500:]}")
    return result.stdout


def _rate(engine: Engine, count: int) -> float:
    """Experiments a second of `count` sandboxes side by side."""
    with ExitStack() as stack, ThreadPoolExecutor(count) as threads:
        boxes = [stack.enter_context(_open(engine)) for _ in range(count)]
        for box in boxes:
            _said(box, EXPERIMENT)
        until = time.perf_counter() + RATE_S
        return sum(threads.map(lambda box: _count(box, until), boxes)) / RATE_S


def _count(box: Sandbox, until: float) -> int:
    done = 0
    while time.perf_counter() < until:
        _said(box, EXPERIMENT)
        done += 1
    return done


def _memory_mb() -> float:
    """What the containers of one sandbox hold that nobody else shares."""
    client = connect()
    try:
        found = client.api.containers(filters={"label": f"audit={LABEL}"})
        stats = [client.api.stats(container["Id"], stream=False)["memory_stats"]["stats"] for container in found]
    finally:
        client.close()
    return sum(float(each.get("rss", each.get("anon", 0))) for each in stats) / 2**20  # cgroup v1, v2
