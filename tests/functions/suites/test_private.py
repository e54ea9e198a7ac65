"""Private suites: nothing is told before the reveal, and nothing can be changed after it."""

import json
from pathlib import Path

import pytest

from functions.errors import BadInput
from functions.spec import spec_json
from functions.suites import build, load_suite
from functions.suites.private import COMMITMENTS, SALTS, commit, read_seed, verify_reveal, write_commitments
from functions.suites.suite import Suite

SEED = 0xC0FFEE << 200


def private() -> Suite:
    """Twice demo@1, from a seed that nobody knows."""
    return load_suite(f"demo@1:{SEED}")


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """What the organisers hold."""
    build(private(), tmp_path / "held")
    write_commitments(private(), tmp_path / "held")
    return tmp_path / "held"


def test_a_whole_reveal_is_proved(held: Path) -> None:
    """Every function and the seed match what was published; the directory was closed to others until then."""
    assert held.stat().st_mode & 0o077 == 0
    assert verify_reveal(held / COMMITMENTS, held) == (50, 50, True)


def test_some_functions_can_be_revealed_without_the_others(held: Path, tmp_path: Path) -> None:
    """Their files and their salts are enough."""
    (tmp_path / "some" / "numeric").mkdir(parents=True)
    (tmp_path / "some" / "numeric" / "0003.json").write_bytes((held / "numeric" / "0003.json").read_bytes())
    salts = json.loads((held / SALTS).read_text())["salts"]
    (tmp_path / "some" / SALTS).write_text(json.dumps({"salts": {"numeric/0003": salts["numeric/0003"]}}))
    assert verify_reveal(held / COMMITMENTS, tmp_path / "some") == (1, 50, False)


def test_commitments_tell_nothing_that_a_guess_could_be_held_against(held: Path) -> None:
    """Neither hashes of specs, nor the seed, nor a salt; and equal functions have different commitments."""
    published = (held / COMMITMENTS).read_text()
    known = [str(SEED), f"{SEED:x}", *json.loads((held / SALTS).read_text())["salts"].values()]
    known += [member.spec.sha256 for member in private().members]
    assert not any(secret in published for secret in known)
    twice = private().model_copy(update={"members": (private().members[0], private().members[0])})
    renamed = twice.members[1].model_copy(update={"id": "0001"})
    commitments, _ = commit(twice.model_copy(update={"members": (twice.members[0], renamed)}))
    assert len(set(commitments.sha256.values())) == 3


def test_another_function_is_not_what_was_committed_to(held: Path) -> None:
    """Even one of the same suite under another's name."""
    (held / "numeric" / "0001.json").write_text(spec_json(private().members[2].spec))
    with pytest.raises(BadInput, match=r"does not match .*: numeric/0001$"):
        verify_reveal(held / COMMITMENTS, held)


def test_another_seed_is_not_what_was_committed_to(held: Path) -> None:
    """The manifest says from which seed the functions came."""
    manifest = json.loads((held / "manifest.json").read_text())
    (held / "manifest.json").write_text(json.dumps({**manifest, "seed": 1}))
    with pytest.raises(BadInput, match=r": seed$"):
        verify_reveal(held / COMMITMENTS, held)


@pytest.mark.parametrize("salt", ["", "zz", "00" * 32, "00"])
def test_a_wrong_salt_reveals_nothing(held: Path, salt: str) -> None:
    """A salt has a fixed length, so that nothing can be moved between it and the function."""
    salts = json.loads((held / SALTS).read_text())["salts"]
    (held / SALTS).write_text(json.dumps({"salts": {**salts, "numeric/0004": salt}}))
    with pytest.raises(BadInput, match="numeric/0004"):
        verify_reveal(held / COMMITMENTS, held)


def test_an_empty_reveal_proves_nothing(held: Path, tmp_path: Path) -> None:
    """It is refused, not passed."""
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / SALTS).write_bytes((held / SALTS).read_bytes())
    with pytest.raises(BadInput, match="reveals no function"):
        verify_reveal(held / COMMITMENTS, tmp_path / "none")


@pytest.mark.parametrize(("text", "mode", "message"), [
    ("abc", 0o600, "holds no seed"),
    ("g" * 64, 0o600, "holds no seed"),
    ("a" * 64, 0o644, "chmod 600"),
])  # fmt: skip
def test_a_seed_is_secret_and_whole(tmp_path: Path, text: str, mode: int, message: str) -> None:
    """256 bits that only their owner can read; the error says how to make one."""
    path = tmp_path / "seed"
    path.write_text(text)
    path.chmod(mode)
    with pytest.raises(BadInput, match=message):
        read_seed(path)
    path.write_text("a" * 64 + "\n")
    path.chmod(0o600)
    assert read_seed(path) == int("a" * 64, 16)
