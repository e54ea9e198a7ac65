"""What people run agents' code with today, measured on our image. Each is optional, and a missing one is said."""

import asyncio
import importlib
import io
import tempfile
import time
import warnings
from collections.abc import Callable
from statistics import median
from types import ModuleType

from sandbox.bench.measure import COMPUTE, Figures, Say
from sandbox.engines.docker import DockerEngine
from sandbox.engines.docker_calls import connect

REPEATS = 12
PEERS = {  # the figure's name: how to install it, and what to import
    "autogen": ("pip install 'autogen-ext[docker]==0.7.5'", "autogen_ext.code_executors.docker"),
    "llm_sandbox": ("pip install llm-sandbox", "llm_sandbox"),
}


def measure_peers(engine: DockerEngine, experiment_ms: float, say: Say) -> Figures:
    """Milliseconds of one snippet for each peer that is installed, and how many times ours that is."""
    figures: Figures = {}
    image = _image(engine)
    for name, (install, module_name) in PEERS.items():
        try:
            module = importlib.import_module(module_name)
        except (ImportError, RuntimeError):  # autogen-ext turns a missing extra into the second
            say(f"{name} is skipped: it is not installed ({install})")
            continue
        say(f"the peer {name}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # theirs, not ours to mend
            taken = 1e3 * median(_RUN[name](module, image))
        figures |= {f"peer.{name}.p50_ms": taken, f"peer.{name}.ratio": taken / experiment_ms}
    return figures


def _image(engine: DockerEngine) -> str:
    """Our lab's image, with the name `python` that peers call."""
    recipe = f"FROM {engine.images.lab}\nRUN ln -sf python3 /usr/bin/python\n"
    client = connect()
    try:
        image, _ = client.images.build(fileobj=io.BytesIO(recipe.encode()), tag="inquest-peer:bench", rm=True)
        return str(image.tags[0])
    finally:
        client.close()


def _autogen(module: ModuleType, image: str) -> list[float]:
    """AutoGen's own executor: a file into a bind mount, then `docker exec` with `timeout`."""
    core = importlib.import_module("autogen_core")
    block = importlib.import_module("autogen_core.code_executor").CodeBlock(code=COMPUTE, language="python")

    async def run(folder: str) -> list[float]:
        taken = []
        async with module.DockerCommandLineCodeExecutor(image=image, work_dir=folder) as executor:
            for _ in range(REPEATS):
                began = time.perf_counter()
                result = await executor.execute_code_blocks([block], core.CancellationToken())
                taken.append(time.perf_counter() - began)
                _expect(result.output)
        return taken

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(run(folder))


def _llm_sandbox(module: ModuleType, image: str) -> list[float]:
    """llm-sandbox's session, without setting up an environment of its own."""
    taken = []
    with module.SandboxSession(image=image, lang="python", skip_environment_setup=True, workdir="/tmp") as session:  # noqa: S108
        for _ in range(REPEATS):
            began = time.perf_counter()
            result = session.run(COMPUTE)
            taken.append(time.perf_counter() - began)
            _expect(result.stdout)
    return taken


def _expect(output: str) -> None:
    if output.strip() != "45.0":
        raise RuntimeError(f"the peer did not run the snippet: {output[:500]}")


_RUN: dict[str, Callable[[ModuleType, str], list[float]]] = {"autogen": _autogen, "llm_sandbox": _llm_sandbox}
