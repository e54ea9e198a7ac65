"""What goes into the images: the lab gets nothing of the truth."""

import io
import tarfile

from sandbox.images import build_context, dockerfile, lab_files, oracle_files


def test_the_lab_holds_its_own_packages_alone() -> None:
    """`lab`, `toolkit`, and of the sandbox the wire alone."""
    roots = {path.split("/")[0] for path in lab_files()}
    assert roots <= {"lab", "toolkit", "sandbox"}
    assert {path for path in lab_files() if path.startswith("sandbox/")} == {
        "sandbox/__init__.py",
        "sandbox/protocol.py",
    }


def test_the_oracle_holds_functions_and_no_engine() -> None:
    """What answers needs the functions; it needs no judge, no orchestrator, no engine."""
    files = oracle_files()
    assert "functions/spec.py" in files
    assert not any(path.startswith(("sandbox/engines", "sandbox/lab", "judges", "orchestrator")) for path in files)


def test_equal_contents_make_equal_contexts() -> None:
    """No clock, no order of the file system: the tag is a name for what is inside."""
    assert build_context() == build_context()
    with tarfile.open(fileobj=io.BytesIO(build_context())) as tar:
        names = tar.getnames()
    assert "Dockerfile" in names
    assert not any("__pycache__" in name for name in names)


def test_the_recipe_has_both_targets() -> None:
    """One base, an oracle and a lab; only the oracle's stage copies the oracle's files."""
    text = dockerfile().read_text()
    assert "AS oracle\nCOPY oracle/ /inquest/" in text
    assert "FROM base AS lab\nCOPY lab/ /inquest/" in text
