"""On what an audit ran: code, dependencies, machine, isolation. Recorded beside the audit id, never a part of it."""

import hashlib
import platform
from importlib import metadata
from pathlib import Path

from functions.brief import Record
from sandbox.client import Isolation

_PACKAGES = ("functions", "sandbox", "orchestrator", "judges", "inquest")


class Provenance(Record):
    """The versions in force. `code`, `prompts` and `dependencies` are SHA-256 over the project's sources, over the
    templates that models are asked with, and over the installed distributions with their versions; the images' digests
    are in `isolation`."""

    version: str
    code: str
    prompts: str = ""
    dependencies: str
    python: str
    machine: str
    isolation: Isolation

    def differences(self, other: "Provenance") -> tuple[str, ...]:
        """What separates two provenances, as `name: this -> other`; empty where an audit may simply go on."""
        mine, theirs = self._comparable(), other._comparable()
        return tuple(f"{name}: {mine[name]} -> {theirs[name]}" for name in mine if mine[name] != theirs[name])

    def _comparable(self) -> dict[str, str]:
        """Without what changes nothing: why this engine was chosen, and what its isolation says of itself."""
        isolation = self.isolation
        return {
            "version": self.version,
            "code": self.code[:16],
            "prompts": self.prompts[:16],
            "dependencies": self.dependencies[:16],
            "python": self.python,
            "machine": self.machine,
            "sandbox": f"{isolation.engine}/{isolation.runtime}",
            "images": " ".join(digest[:23] for digest in isolation.image_digests),
        }


def current(isolation: Isolation) -> Provenance:
    """The provenance of an audit that this process runs under `isolation`."""
    return Provenance(
        version=_version(),
        code=_hash_sources(Path(__file__).resolve().parent.parent),
        prompts=_hash_files(Path(__file__).with_name("roles") / "model" / "prompts", "*.j2"),
        dependencies=_hash_distributions(),
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}",
        isolation=isolation,
    )


def _version() -> str:
    try:
        return metadata.version("inquest")
    except metadata.PackageNotFoundError:  # run from a source tree that nobody installed
        return "source"


def _hash_sources(root: Path) -> str:
    digest = hashlib.sha256()
    for package in _PACKAGES:
        digest.update(f"{package}\0{_hash_files(root / package, '*.py')}".encode())
    return digest.hexdigest()


def _hash_files(root: Path, pattern: str) -> str:
    """SHA-256 over names and bytes of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob(pattern)):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _hash_distributions() -> str:
    lines = sorted({f"{d.metadata['Name']}=={d.version}" for d in metadata.distributions()})
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
