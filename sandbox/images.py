"""What goes into the sandbox's images, and the images named by the hash of it. The same files serve a local lab."""

import hashlib
import importlib.util
import io
import tarfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sandbox.client import EngineUnavailable

if TYPE_CHECKING:
    import docker

SANDBOX = Path(__file__).parent
BASE = "debian:trixie-slim"
BUILD_S = 900  # the first build installs numpy and scipy
KEPT_S = 6 * 3600  # so long an image of another version is kept
LABELS = {"app": "inquest"}
SHARED = ("__init__.py", "direct.py", "protocol.py", "serving.py")  # what both images need
NAMELESS = "<none>:<none>"

Progress = Callable[[str], None]


def silent(_line: str) -> None:
    """A progress callback that says nothing."""


class Images(NamedTuple):
    """Ids of the two images."""

    oracle: str
    lab: str


def lab_files() -> dict[str, Path]:
    """Files of the lab: path below its import root -> source. `lab` and `toolkit` are top-level packages there."""
    shared = {f"sandbox/{name}": SANDBOX / name for name in SHARED}
    return shared | dict(_package("lab", SANDBOX / "lab")) | dict(_package("toolkit", SANDBOX / "toolkit"))


def oracle_files() -> dict[str, Path]:
    """Files of the oracle: path below its import root -> source. The only image that holds `functions`.

    The model gateway, which is ours as the oracle is, runs from the same image.
    """
    shared = {f"sandbox/{name}": SANDBOX / name for name in (*SHARED, "client.py")}
    functions = importlib.util.find_spec("functions")
    locations = (functions.submodule_search_locations if functions else None) or ()
    ours = {
        path: source for name in ("oracle", "gateway") for path, source in _package(f"sandbox/{name}", SANDBOX / name)
    }
    return shared | ours | dict(_package("functions", Path(*locations)))


def dockerfile() -> Path:
    """The images' recipe: beside the four folders in a checkout, inside `sandbox` where the wheel is installed."""
    beside, inside = SANDBOX.parent / "Dockerfile", SANDBOX / "Dockerfile"
    return beside if beside.is_file() else inside


def build_context() -> bytes:
    """The images' build context, an uncompressed tar: equal bytes for equal contents."""
    files = {f"oracle/{path}": source for path, source in oracle_files().items()}
    files |= {f"lab/{path}": source for path, source in lab_files().items()}
    return _tar({path: source.read_bytes() for path, source in (files | {"Dockerfile": dockerfile()}).items()})


def build_images(client: "docker.DockerClient", progress: Progress = silent) -> Images:
    """The images of what is installed now: found by their tag, or built. `progress` hears each step of a build.

    Raises EngineUnavailable where the base image is missing or a build fails.
    """
    context = build_context()
    version = hashlib.sha256(context).hexdigest()[:16]
    tags = {target: f"inquest-{target}:{version}" for target in ("oracle", "lab")}
    if not all(client.images.list(name=tag) for tag in tags.values()):
        if not client.images.list(name=BASE):
            raise EngineUnavailable(f"the base image {BASE} is missing; `make setup` gets it")
        for target, tag in tags.items():
            _build(client, context, target, tag, progress)
    return Images(*(str(client.images.get(tag).id) for tag in tags.values()))


def remove_stale(client: "docker.DockerClient", current: Images) -> int:
    """Remove images of other versions that nothing uses. Returns how many names and nameless images were removed."""
    from docker.errors import APIError

    removed = 0
    for name in stale(client.api.images(), current, time.time()):
        try:
            client.api.remove_image(name)
        except APIError as error:
            if error.status_code not in (404, 409):  # somebody else removed it, or runs it
                raise
        else:
            removed += 1
    return removed


def stale(images: Iterable[Mapping[str, object]], current: Images, now: float) -> list[str]:
    """What can go of what the engine lists (`GET /images/json`): names of ours, and ids of ours without a name.

    A version is kept for some hours, since a process that began with it may still start containers.
    """
    names = []
    for image in images:
        tags, created = image.get("RepoTags"), image.get("Created")
        tags = [str(tag) for tag in tags if tag != NAMELESS] if isinstance(tags, list) else []
        if image["Id"] not in current and isinstance(created, int) and created < now - KEPT_S:
            ours = [tag for tag in tags if tag.startswith("inquest-")]
            names += ours or ([str(image["Id"])] if not tags and _is_ours(image) else [])
    return names


def _is_ours(image: Mapping[str, object]) -> bool:
    labels = image.get("Labels")
    return isinstance(labels, dict) and labels.items() >= LABELS.items()


def _build(client: "docker.DockerClient", context: bytes, target: str, tag: str, progress: Progress) -> None:
    progress(f"building {tag}")
    steps = client.api.build(
        fileobj=io.BytesIO(context), custom_context=True, target=target, tag=tag, rm=True, decode=True, timeout=BUILD_S,
        labels=LABELS,
    )  # fmt: skip
    for step in steps:
        if "error" in step:
            raise EngineUnavailable(f"the image {tag} could not be built: {str(step['error'])[:500]}")
        if (line := str(step.get("stream", "")).strip()).startswith("Step "):
            progress(line)


def _package(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _tar(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for path in sorted(files):
            entry = tarfile.TarInfo(path)  # everything but name, size and mode stays at its default
            entry.size, entry.mode = len(files[path]), 0o644
            tar.addfile(entry, io.BytesIO(files[path]))
    return buffer.getvalue()
