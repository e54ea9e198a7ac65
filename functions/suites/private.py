"""Private suites: drawn from a secret seed, published as commitments, and proved later.

A commitment is sha256(salt, canonical JSON of the spec). The salt of each function and of the seed is an HMAC under the
seed, so commitments tell nothing before the reveal, and afterwards nobody can have chosen other functions. Revealing
some functions with their salts tells nothing about the others; revealing the seed proves that none was picked by hand.
"""

import hashlib
import hmac
import stat
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from functions.brief import Record
from functions.errors import BadInput
from functions.spec import parse_spec, spec_json
from functions.suites.suite import Manifest, Suite

COMMITMENTS, SALTS = "commitments.json", "salts.json"
_SEED_DIGITS = 64  # hexadecimal: 256 bits
_SEED = "seed"  # what the seed is called among functions, whose names all have a slash

R = TypeVar("R", bound=Record)


class Commitments(Record):
    """What is published beforehand: for each function, and for the seed, what it will have to match (hex)."""

    suite: str
    generator_version: int
    sha256: dict[str, str]


class Salts(Record):
    """What is published with the functions: the salt of each, and of the seed (hex)."""

    salts: dict[str, str]


class Revealed(NamedTuple):
    """How many of the functions that were committed to have been shown, and whether the seed was."""

    functions: int
    committed: int
    seed: bool


def read_seed(path: Path) -> int:
    """The secret seed in a file that only its owner can read: 64 hexadecimal digits. Raises BadInput."""
    try:
        text, mode = path.read_text(encoding="ascii").strip(), path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"the seed file {path} cannot be read: {error}. Make one with: {_how_to_make(path)}") from None
    if len(text) != _SEED_DIGITS or not set(text) <= set("0123456789abcdef"):
        raise BadInput(f"{path} holds no seed: 64 hexadecimal digits. Make one with: {_how_to_make(path)}")
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadInput(f"others can read the seed file {path}: chmod 600 {path}")
    return int(text, 16)


def commit(suite: Suite) -> tuple[Commitments, Salts]:
    """What to publish now, and what to keep until the reveal."""
    texts = {member.name: spec_json(member.spec) for member in suite.members} | {_SEED: str(suite.seed)}
    salts = {name: _salt(suite.seed, name) for name in texts}
    hashes = {name: _commitment(salts[name], text) for name, text in texts.items()}
    manifest = suite.manifest
    return (
        Commitments(suite=suite.name, generator_version=manifest.generator_version, sha256=hashes),
        Salts(salts={name: salt.hex() for name, salt in salts.items()}),
    )


def write_commitments(suite: Suite, directory: Path) -> None:
    """Add both to a directory that the suite was built in, and close it to others."""
    directory.chmod(stat.S_IRWXU)
    commitments, salts = commit(suite)
    (directory / COMMITMENTS).write_text(commitments.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (directory / SALTS).write_text(salts.model_dump_json(indent=1) + "\n", encoding="utf-8")


def verify_reveal(commitments: Path, directory: Path) -> Revealed:
    """Compare all functions that a directory reveals with what was committed to.

    A directory may reveal some of the functions alone; with its manifest it reveals the seed, too. Raises BadInput that
    lists what does not match.
    """
    promised, salts = read_published(commitments, Commitments), read_published(directory / SALTS, Salts)
    texts = {
        path.relative_to(directory).with_suffix("").as_posix(): spec_json(parse_spec(path.read_bytes()))
        for path in sorted(directory.glob("*/*.json"))
    }
    if (directory / "manifest.json").is_file():
        texts[_SEED] = str(read_published(directory / "manifest.json", Manifest).seed)
    if not texts:
        raise BadInput(f"{directory} reveals no function")
    wrong = [name for name, text in texts.items() if not reveals(promised, salts, name, text)]
    if wrong:
        raise BadInput(f"{directory} does not match {commitments}: {', '.join(wrong[:10])}")
    return Revealed(len(texts.keys() - {_SEED}), len(promised.sha256.keys() - {_SEED}), _SEED in texts)


def reveals(promised: Commitments, salts: Salts, name: str, text: str) -> bool:
    """Is `text`, the canonical JSON of a spec, what was committed to under `name`?"""
    try:
        salt = bytes.fromhex(salts.salts.get(name, ""))
    except ValueError:
        return False
    return len(salt) == hashlib.sha256().digest_size and _commitment(salt, text) == promised.sha256.get(name)


def _salt(seed: int, name: str) -> bytes:
    return hmac.digest(f"{seed:0{_SEED_DIGITS}x}".encode(), f"inquest salt of {name}".encode(), "sha256")


def _commitment(salt: bytes, text: str) -> str:
    return hashlib.sha256(salt + text.encode()).hexdigest()


def read_published(path: Path, kind: type[R]) -> R:
    """Commitments, salts or a manifest from a file. Raises BadInput."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error}") from None
    except ValidationError as error:
        raise BadInput(f"{path} is not what it should be: {error.errors()[0]['msg']}") from None


def _how_to_make(path: Path) -> str:
    return f'(umask 077; python3 -c "import secrets; print(secrets.token_hex(32))" > {path})'
