"""Which engine serves here."""

import os
from collections.abc import Mapping

from functions.errors import BadInput
from sandbox.client import Engine, EngineUnavailable
from sandbox.images import Progress, silent

SKIP = "INQUEST_ENGINE"
RUNTIME = "INQUEST_RUNTIME"
RUNTIMES = ("runc", "runsc")


def choose_engine(
    name: str = "auto",
    progress: Progress = silent,
    environment: Mapping[str, str] = os.environ,
    runtime: str = "default",
) -> Engine:
    """The engine called `name`: `docker`, `local`, or `auto`, which takes Docker and falls back to local processes.

    `runtime` is what runs Docker's containers, `runc` or gVisor's `runsc`; the default is INQUEST_RUNTIME, else runc.
    Whoever asks for one by name gets Docker or nothing. `engine.isolation.why` says why it is this engine; `progress`
    hears of images being built. Raises EngineUnavailable where `docker` is asked for by name and is not there or
    switched off with INQUEST_ENGINE=none, and BadInput for another name.
    """
    named = runtime if runtime != "default" else environment.get(RUNTIME, "")
    if named not in ("", *RUNTIMES):
        raise BadInput(f"there is no runtime {named!r}; use runc or runsc")
    if name == "local":
        if runtime != "default":
            raise BadInput("a runtime is for Docker's containers, and the local sandbox has none")
        return _local("asked for")
    if name not in ("auto", "docker"):
        raise BadInput(f"there is no sandbox engine {name!r}; use auto, docker or local")
    try:
        if environment.get(SKIP) == "none":
            raise EngineUnavailable(f"the engine is switched off by {SKIP}=none; unset it to use Docker")
        return _docker(
            "asked for" if name == "docker" or named else "an engine answers", named or "runc", progress, environment
        )
    except EngineUnavailable as reason:
        if name == "docker" or named:
            raise
        return _local(str(reason))


def stay_warm(engine: Engine) -> Engine:
    """The same engine, in a process that opens one sandbox after another: Docker's has the next one waiting."""
    if engine.isolation.engine == "docker":
        from sandbox.engines.docker import DockerEngine

        if isinstance(engine, DockerEngine):
            engine.stay_warm()
    return engine


def _docker(why: str, runtime: str, progress: Progress, environment: Mapping[str, str]) -> Engine:
    from sandbox.engines.docker import DockerEngine  # the SDK is heavy: only who uses it pays for it

    engine = DockerEngine(why, runtime=runtime, progress=progress, environment=environment)
    _ = engine.images  # a missing base image means no engine, too
    return engine


def _local(why: str) -> Engine:
    from sandbox.engines.local import LocalEngine

    return LocalEngine(why)
