"""Which image a reference means: names, digests, ids and saved files."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import docker as sdk
import pytest

from functions.errors import BadInput
from sandbox.check.job import MemoryLog, line_job
from sandbox.client import Limits
from sandbox.engines.docker import DockerEngine
from sandbox.submission import Failure, Image

pytestmark = pytest.mark.engine

NAME = "inquest-test-tiny"


def saved(path: Path, *architectures: str) -> Path:
    """A file as `docker save` writes it, with an image for each architecture that holds nothing to run."""
    layer = tar_of({"empty": b""})
    files, manifest = {"layer.tar": layer}, []
    for architecture in architectures:
        config = {
            "architecture": architecture,
            "os": "linux",
            "config": {"Entrypoint": ["/empty"]},
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"]},
        }
        files[f"{architecture}.json"] = json.dumps(config).encode()
        tags = [f"{NAME}:{architecture}"]
        manifest.append({"Config": f"{architecture}.json", "RepoTags": tags, "Layers": ["layer.tar"]})
    path.write_bytes(tar_of(files | {"manifest.json": json.dumps(manifest).encode()}))
    return path


def tar_of(files: Mapping[str, bytes]) -> bytes:
    """An uncompressed tar."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def tidy(docker: DockerEngine) -> Iterator[None]:
    """Tiny images are removed."""
    yield
    client = sdk.from_env()
    for image in client.images.list(NAME):
        client.images.remove(image.id, force=True)
    client.close()


def test_a_saved_file_is_loaded_and_named_by_its_digest(docker: DockerEngine, tmp_path: Path) -> None:
    """A tag, the digest, and the name with the digest then mean the same image."""
    image = docker.find_image(str(saved(tmp_path / "tiny.tar", "amd64")))

    assert image.name == f"{NAME}:amd64"
    assert docker.find_image(f"{NAME}:amd64").digest == image.digest
    assert docker.find_image(image.digest) == image
    assert Image.parse(str(image)) == image


def test_an_image_for_another_machine_is_its_own_failure(docker: DockerEngine, tmp_path: Path) -> None:
    """It is refused before anything is started, and says for which machine it is."""
    image = docker.find_image(str(saved(tmp_path / "tiny.tar", "s390x")))

    delivery = docker.run_submission(image, line_job(), Limits(), 5.0, MemoryLog(), "test")

    assert delivery.failure is Failure.WRONG_ARCHITECTURE
    assert "s390x" in delivery.detail


def test_files_that_hold_no_single_image_are_refused(docker: DockerEngine, tmp_path: Path) -> None:
    """None, two, compressed (it could be of any size), or no tar at all."""
    two = saved(tmp_path / "two.tar", "amd64", "s390x")
    (tmp_path / "packed.tar").write_bytes(gzip.compress(two.read_bytes()))
    (tmp_path / "text.tar").write_text("no tar")

    for name, why in (("none", "no file"), ("two", "2 images"), ("packed", "plain tar"), ("text", "plain tar")):
        with pytest.raises(BadInput, match=why):
            docker.find_image(str(tmp_path / f"{name}.tar"))


@pytest.mark.parametrize(
    "reference", ["no-such-image:1", f"sha256:{'0' * 64}", "../etc", "a/../../containers", "", "-v", "a b"]
)
def test_what_is_not_here_is_said_to_be_missing(reference: str, docker: DockerEngine) -> None:
    """Nothing is pulled, and no reference is anything but a name."""
    with pytest.raises(BadInput, match="no image"):
        docker.find_image(reference)
