"""Images for tests, without a build: a container of the lab's image that never runs, files put in, committed."""

import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docker

from sandbox.submission import Image

NOT_OURS = {"app": "a test's"}  # or the reaper would take what is made of the lab's image for what a dead owner left


class Workshop:
    """Makes images out of one; `close` removes them all."""

    def __init__(self, base: str, files: Mapping[str, Path]) -> None:
        self._client = docker.from_env()
        self._container: str = self._client.api.create_container(base, command="none", labels=NOT_OURS)["Id"]
        self._made: list[str] = []
        self._client.api.put_archive(self._container, "/", _tar(files))

    def image(self, entry: Sequence[str] | None, *more: str) -> Image:
        """An image that starts with `entry`; `more` are other instructions of a Dockerfile."""
        changes = [f"ENTRYPOINT {json.dumps(entry or [])}", "CMD []", *more]
        made = str(self._client.api.commit(self._container, changes=changes)["Id"])
        self._made.append(made)
        return Image(digest=made)

    def save(self, image: Image, path: Path) -> None:
        """What `docker save` writes."""
        with path.open("wb") as file:
            file.writelines(self._client.images.get(image.digest).save())

    def close(self) -> None:
        """Leave nothing."""
        self._client.api.remove_container(self._container, force=True)
        for made in dict.fromkeys(self._made):
            self._client.api.remove_image(made, force=True, noprune=False)
        self._client.close()


def _tar(files: Mapping[str, Path]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, path in files.items():
            entry = tarfile.TarInfo(name)
            content = path.read_bytes()
            entry.size, entry.mode = len(content), 0o755
            tar.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()
