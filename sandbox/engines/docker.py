"""Sandboxes made of Docker containers. Every call of the engine is bounded in time."""

import os
import secrets
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext, suppress

import docker
import requests
from docker.errors import APIError

from functions.errors import BadInput
from sandbox.client import (
    CandidateRunner,
    EngineUnavailable,
    Isolation,
    Limits,
    OracleJob,
    QueryLog,
    Sandbox,
    SandboxFailure,
)
from sandbox.engines.channel import Channel, ChannelLost
from sandbox.engines.direct_line import DirectLine, is_near
from sandbox.engines.docker_arguments import GVISOR, container_body, grounds, with_mount
from sandbox.engines.docker_calls import CALL_S, await_restart, calls, connect, hang_up, remove, remove_volume
from sandbox.engines.docker_image import check_image, find_image
from sandbox.engines.docker_submission import DockerSubmission, submission_body
from sandbox.engines.gateway_link import AnswerBody, Gateway, open_gateway
from sandbox.engines.meter import Meter
from sandbox.engines.pair import PairSandbox
from sandbox.engines.parts import READY_S
from sandbox.engines.probe import LIMITS as PROBE_LIMITS
from sandbox.engines.probe import SHOWN, Bite, probe
from sandbox.engines.runner import LauncherRunner
from sandbox.engines.submission import Refused, deliver
from sandbox.engines.warm import MAX_AGE_S, Pool, warm_pair
from sandbox.guardian import RUN_LABEL, Guardian
from sandbox.images import Images, Progress, build_images, remove_stale, silent
from sandbox.policy import OURS, Part, Promise, policy_for
from sandbox.reaper import Owner, labels_of, left_behind
from sandbox.submission import Delivery, Image, Surroundings

APP = {"app": "inquest"}
ACTIVE = ("running", "paused", "restarting", "removing")  # states of containers
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}  # an engine's own architecture, as images name it

NEEDED = {  # what must be true of the engine's kernel (keys of `GET /info`) for a promise to be kept
    Promise.MEMORY_LIMITED: ("MemoryLimit", "SwapLimit"),
    Promise.PROCESSES_LIMITED: ("PidsLimit",),
    Promise.CPU_LIMITED: ("CpuCfsQuota",),
}


KINDS_WARM = 2  # of sandboxes, by their limits, that a process keeps waiting: the oldest kind goes


class DockerEngine:
    """Containers of a Docker engine. `why` says why this engine was chosen; `progress` hears of image builds.

    Raises EngineUnavailable where no engine answers.
    """

    def __init__(
        self,
        why: str = "asked for",
        runtime: str = "runc",
        progress: Progress = silent,
        environment: Mapping[str, str] = os.environ,
        call_s: int = CALL_S,
    ) -> None:
        self._why, self._runtime, self._progress = why, runtime, progress
        self._way = environment, call_s
        self._client = connect(environment, call_s)
        self._images: Images | None = None
        self._near = runtime != GVISOR and is_near(environment.get("DOCKER_HOST"))
        self._pools: dict[Limits, Pool] = {}
        self._stays_warm = False
        self._meter = Meter()
        with calls("ask the engine what it can do", EngineUnavailable):
            info: dict[str, object] = self._client.info()
        runtimes = info.get("Runtimes")
        if not isinstance(runtimes, dict) or runtime not in runtimes:
            raise EngineUnavailable(
                f"Docker knows no runtime {runtime!r}; `INQUEST_RUNTIME={runtime} make setup` adds it"
            )
        self._told = kept_promises(info, runtime)
        self._identity = f"{info.get('ID')} {info.get('ServerVersion')} {info.get('KernelVersion')}"
        self._architecture = MACHINES.get(str(info.get("Architecture")), str(info.get("Architecture")))

    @property
    def images(self) -> Images:
        """The images of the two parts, built where they are not there yet."""
        if self._images is None:
            with calls("build the sandbox's images", EngineUnavailable):
                self._images = build_images(self._client, self._progress)
            self.reap()
        return self._images

    @property
    def isolation(self) -> Isolation:
        """What holds, and what cannot be promised here: the engine's kernel lacks it, or it was not seen to bite."""
        key = (self._identity, self._runtime, self.images.lab)
        return self._isolation(SHOWN.once(key, lambda: probe(self._ground(self._isolation(()), PROBE_LIMITS, "probe"))))

    def _isolation(self, bites: Sequence[Bite]) -> Isolation:
        lacking = {bite.promise for bite in bites if not bite.bites}
        kept = tuple(promise for promise in self._told if promise not in lacking)
        return Isolation(
            engine="docker",
            runtime=self._runtime,
            why=self._why,
            image_digests=(self.images.oracle, self.images.lab),
            promises=kept,
            not_promised=tuple(promise for promise in Promise if promise not in kept),
            probed=tuple(f"{bite.limit}: {bite.detail}" for bite in bites),
        )

    @property
    def containers_cpu_s(self) -> float | None:
        """Processor seconds of the containers removed so far; None where they could not be seen."""
        return self._meter.seconds

    def open(self, job: OracleJob, limits: Limits, log: QueryLog, label: str) -> Sandbox:
        """Start an oracle and a lab, or take a pair that is kept warm for these limits (labelled as such)."""
        pool = self._pools.get(limits)
        pair = pool.take() if pool else warm_pair(self._launcher(limits, label), limits)
        if self._stays_warm and not pool:
            while len(self._pools) >= KINDS_WARM:
                self._pools.pop(next(iter(self._pools))).close()
            self.keep_warm(limits, 1)
        return PairSandbox(pair, job, limits, log)

    def keep_warm(self, limits: Limits, size: int) -> Pool:
        """From now on, have `size` sandboxes with these limits waiting. Whoever asks for it closes the pool."""
        longer = limits.model_copy(update={"lifetime_s": limits.lifetime_s + MAX_AGE_S})
        self._pools[limits] = Pool(lambda: warm_pair(self._launcher(longer, "warm"), longer), size)
        return self._pools[limits]

    def stay_warm(self) -> None:
        """From now on, whoever opens a sandbox finds the next one with the same limits waiting.

        For a process that does one audit after another, until it ends.
        """
        self._stays_warm = True

    def open_candidate(self, limits: Limits, label: str) -> CandidateRunner:
        """Start a container for candidate code."""
        return LauncherRunner(self._launcher(limits, label), limits)

    def open_gateway(
        self, models: Sequence[str], at_once: int, answer: AnswerBody, limits: Limits, label: str
    ) -> Gateway:
        """Start a model gateway; `VolumesFrom: [gateway.mount]` lets another container reach it."""
        launcher = self._launcher(limits, label)
        if not launcher.places.models:
            raise EngineUnavailable(f"containers of {self._runtime} share no sockets, so there is no model gateway")
        process = launcher.start(Part.GATEWAY)
        return open_gateway(launcher, process, models, at_once, answer, limits, f"{process.container}:ro")

    def find_image(self, reference: str) -> Image:
        """See `sandbox.submission.SubmissionEngine`."""
        return find_image(self._client, reference)

    def run_submission(
        self,
        image: Image,
        job: OracleJob,
        limits: Limits,
        seconds: float,
        log: QueryLog,
        label: str,
        beside: Surroundings = Surroundings(),  # noqa: B008 a frozen record
    ) -> Delivery:
        """See `sandbox.submission.SubmissionEngine`."""
        launcher = self._launcher(limits, label)
        if launcher.places.relay:
            raise BadInput("A submission asks at a socket, and containers of gVisor share none: use --runtime runc.")
        try:
            found = check_image(self._client, image, self._architecture)
        except Refused as refused:
            return Delivery(failure=refused.failure, detail=refused.detail)
        oracle = launcher.start(Part.ORACLE)
        foreign = launcher.submission(found, seconds, beside, self._way[0])
        return deliver(launcher, oracle, foreign, job, limits, seconds, log)

    def reap(self) -> int:
        """Remove containers and volumes of dead owners, whatever is past its deadline, and images of old versions."""
        removed = 0
        mine = {"label": [f"{key}={value}" for key, value in APP.items()]}
        with calls("look for what was left behind", SandboxFailure):
            for container in self._client.api.containers(all=True, filters=mine):
                if left_behind(container["Labels"], time.time(), idle=container["State"] not in ACTIVE):
                    removed += remove(self._client, container["Id"])
            for volume in self._client.api.volumes(filters=mine | {"dangling": True})["Volumes"] or ():
                if left_behind(volume["Labels"], time.time(), idle=True):
                    removed += remove_volume(self._client, volume["Name"])
            removed += remove_stale(self._client, self.images)
        return removed

    def _launcher(self, limits: Limits, label: str) -> "_DockerLauncher":
        with calls("reach the engine", SandboxFailure):
            await_restart(self._client, *self._way)
        return self._ground(self.isolation, limits, label)

    def _ground(self, isolation: Isolation, limits: Limits, label: str) -> "_DockerLauncher":
        return _DockerLauncher(
            self._client, isolation, self.images, self._runtime, limits, label, self._meter, near=self._near
        )


def kept_promises(info: Mapping[str, object], runtime: str = "runc") -> tuple[Promise, ...]:
    """What can be promised on an engine that says `info` of itself."""
    lacking = {promise for promise, keys in NEEDED.items() if not all(info.get(key) for key in keys)}
    if "name=seccomp" not in str(info.get("SecurityOptions")) and not grounds(runtime)[1].system_calls:
        lacking.add(Promise.KERNEL_FILTERED)
    return tuple(promise for promise in Promise if promise not in lacking)


class _DockerLauncher:
    """Containers with one audit's labels."""

    def __init__(
        self,
        client: docker.DockerClient,
        isolation: Isolation,
        images: Images,
        runtime: str,
        limits: Limits,
        label: str,
        meter: Meter,
        *,
        near: bool,
    ) -> None:
        self.isolation, self._meter, self._near = isolation, meter, near
        self.places, self.inside = grounds(runtime)
        self._client, self._images, self._runtime, self._limits = client, images, runtime, limits
        self._run = secrets.token_hex(8)
        self._labels = (
            APP | {"audit": label, RUN_LABEL: self._run} | labels_of(Owner.me(), time.time(), limits.lifetime_s)
        )
        self._oracle: Future[str] = Future()
        self._filtered = not self.inside.system_calls and Promise.KERNEL_FILTERED in isolation.promises

    def start(self, part: Part) -> "_DockerProcess":
        """Create, attach and start a part's container. A lab's waits until the oracle's exists.

        With an engine of this machine it is spoken to directly, if it can reach a folder of ours.
        """
        with calls(f"start the {part}", SandboxFailure), self._line(part) as line:
            return _DockerProcess(self._client, self._create(part, line), self._meter, line)

    def start_command(self, part: Part, command: list[str]) -> "_DockerProcess":
        """Start a container that is set up as a part's, with no oracle beside it, and runs something else."""
        labels = self._labels | {"part": part.value}
        policy = policy_for(part, self._limits)
        body = container_body(policy, self._images.lab, labels, self._runtime, None, filtered=self._filtered)
        with calls("start a container", SandboxFailure):
            return _DockerProcess(self._client, self._made(body | {"Cmd": command}), self._meter)

    def submission(
        self, image: str, seconds: float, beside: Surroundings, environment: Mapping[str, str]
    ) -> DockerSubmission:
        """A container of somebody else's image, to be started, under a guardian, beside the oracle that runs."""
        oracle = self._oracle.result(2 * CALL_S)
        policy, labels = policy_for(Part.SUBMISSION, self._limits), self._labels | {"part": Part.SUBMISSION.value}
        body = submission_body(
            policy, image, labels, oracle, self.places.socket, seconds, beside, filtered=self._filtered
        )
        guardian = Guardian(self._run, self._limits.lifetime_s, environment)
        return DockerSubmission(self._client, body, self._limits.output_bytes, guardian)

    def close(self) -> None:
        """Nothing is left: the socket's volume went with the containers."""

    def _line(self, part: Part) -> AbstractContextManager[DirectLine | None]:
        """One where it can be had: not to a far engine, nor from a folder whose name is too long for a socket's."""
        with suppress(OSError):
            if self._near and part is not Part.GATEWAY:
                return DirectLine()
        return nullcontext()

    def _create(self, part: Part, line: DirectLine | None = None) -> str:
        image = self._images.oracle if part in OURS else self._images.lab
        oracle = self._oracle.result(2 * CALL_S) if part is Part.LAB and not self.places.relay else None
        labels = self._labels | {"part": part.value}
        policy = policy_for(part, self._limits)
        body = container_body(policy, image, labels, self._runtime, oracle, filtered=self._filtered)
        try:
            created = self._reached(body, line) if line else self._made(body)
        except (APIError, requests.RequestException) as error:
            if part is Part.ORACLE:
                self._oracle.set_exception(error)
            raise
        if part is Part.ORACLE:
            self._oracle.set_result(created)
        return created

    def _reached(self, body: dict[str, object], line: DirectLine) -> str:
        """Create a container that sees a line's folder, or one that does not where the engine has no such folder."""
        try:
            return self._made(with_mount(body, line.mount))
        except APIError:
            return self._made(body)

    def _made(self, body: dict[str, object]) -> str:
        return str(self._client.api.create_container_from_config(body)["Id"])  # type: ignore[no-untyped-call]


class _DockerProcess:
    """A started container with its attached stdio, and the direct line that it took, if it was offered one."""

    def __init__(
        self, client: docker.DockerClient, container: str, meter: Meter, line: DirectLine | None = None
    ) -> None:
        self._client, self.container, self._meter = client, container, meter
        try:
            stdio = client.api.attach_socket(container, params={"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1})
            client.api.start(container)
        except (APIError, requests.RequestException):
            remove(client, container)
            raise
        self._stdio = Channel(stdio.fileno(), stdio.fileno(), lambda: hang_up(stdio), multiplexed=True)
        self.channel = (line.meet(self._stdio, READY_S) if line else None) or self._stdio

    def diagnosis(self) -> str:
        """The end of its stderr."""
        with suppress(ChannelLost):
            self._stdio.poll()
        return self._stdio.stderr.strip()

    def destroy(self) -> None:
        """Kill and remove it, with its volumes."""
        self._meter.read_off(self.container)
        with calls("remove a container", SandboxFailure):
            remove(self._client, self.container)
