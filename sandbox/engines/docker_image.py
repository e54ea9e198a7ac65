"""Somebody else's images: which one a reference means, and what is wrong with one before anything of it runs."""

import re
import tarfile
from collections.abc import Mapping
from pathlib import Path

import docker
from docker.errors import ImageNotFound

from functions.errors import BadInput
from sandbox.client import SandboxFailure
from sandbox.engines.docker_calls import calls
from sandbox.engines.submission import Refused
from sandbox.submission import Failure, Image

MAX_TAR_BYTES = 8 << 30
_NAME = re.compile(r"\w+(?:(?:[.:/@]|-+)\w+)*", re.ASCII)  # it becomes part of an address: no dots that lead upwards


def find_image(client: docker.DockerClient, reference: str) -> Image:
    """The image that a name, a digest, an id or a saved tar means now. Raises `BadInput` where there is none."""
    name = load_tar(client, Path(reference)) if reference.endswith(".tar") else reference
    found = _inspect(client, name) if _NAME.fullmatch(name) else None
    if found is None:
        raise BadInput(
            f"There is no image {reference!r} here. Build or pull it, or name a file that 'docker save' made."
        )
    tags = found.get("RepoTags")
    known = (
        name.partition("@")[0]
        if not name.startswith("sha256:")
        else (tags[0] if isinstance(tags, list) and tags else "")
    )
    return Image(digest=str(found["Id"]), name=known)


def load_tar(client: docker.DockerClient, path: Path) -> str:
    """Load the one image of a file that `docker save` made; its id. Raises `BadInput`."""
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    if path.stat().st_size > MAX_TAR_BYTES:
        raise BadInput(f"{path} is larger than {MAX_TAR_BYTES >> 30} GB, the most that is loaded.")
    if not _is_plain_tar(path):
        raise BadInput(f"{path} is no plain tar: save an image with 'docker save NAME -o FILE.tar'.")
    with calls(f"load {path}", SandboxFailure), path.open("rb") as file:
        images = client.images.load(file)
    if len(images) != 1:
        raise BadInput(f"{path} holds {len(images)} images. Save one alone.")
    return str(images[0].id)


def check_image(client: docker.DockerClient, image: Image, architecture: str) -> str:
    """The id of an image that can be tried. Raises Refused for one that cannot, `BadInput` for one that is not here.

    `architecture` is the engine's own, as images name it.
    """
    found = _inspect(client, str(image)) or _inspect(client, image.digest)
    if found is None:
        raise BadInput(f"The image {image} is not here (any more). Build, pull or load it, and give the command again.")
    theirs = f"{found.get('Os')}/{found.get('Architecture')}"
    if theirs != f"linux/{architecture}":
        raise Refused(Failure.WRONG_ARCHITECTURE, f"It is made for {theirs[:60]}, and runs on linux/{architecture}.")
    config = found.get("Config")
    config = config if isinstance(config, Mapping) else {}
    if not config.get("Entrypoint") and not config.get("Cmd"):
        raise Refused(Failure.NO_ENTRY_POINT, "It names no ENTRYPOINT and no CMD.")
    if config.get("Volumes"):
        raise Refused(Failure.DECLARES_VOLUMES, "It declares a VOLUME. Write to /tmp, the only place there is.")
    return str(found["Id"])


def _inspect(client: docker.DockerClient, name: str) -> Mapping[str, object] | None:
    with calls("look for the image", SandboxFailure):
        try:
            found: Mapping[str, object] = client.api.inspect_image(name)  # type: ignore[no-untyped-call]
        except ImageNotFound:
            return None
    return found


def _is_plain_tar(path: Path) -> bool:
    """Is it an uncompressed tar? A compressed one could be of any size."""
    try:
        with tarfile.open(path, "r:"):
            return True
    except tarfile.TarError:
        return False
