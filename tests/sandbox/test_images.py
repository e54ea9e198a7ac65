"""What goes into the images: the lab gets nothing of the truth."""

import io
import tarfile

from sandbox.images import KEPT_S, LABELS, Images, build_context, dockerfile, lab_files, oracle_files, stale


def test_the_lab_holds_its_own_packages_alone() -> None:
    """`lab`, `toolkit`, and of the sandbox the wire alone: what is said, by which way, how clients are served."""
    roots = {path.split("/")[0] for path in lab_files()}
    assert roots <= {"lab", "toolkit", "sandbox"}
    assert {path for path in lab_files() if path.startswith("sandbox/")} == {
        "sandbox/__init__.py",
        "sandbox/direct.py",
        "sandbox/protocol.py",
        "sandbox/serving.py",
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


def test_old_versions_go_and_the_current_one_stays() -> None:
    """Ours by name or by label, and old; never the current ones, another's, or the base."""
    now, old = 1e9, int(1e9 - KEPT_S - 1)
    images: list[dict[str, object]] = [
        {"Id": "current", "RepoTags": ["inquest-lab:new", "inquest-lab:newer"], "Created": old},
        {"Id": "old", "RepoTags": ["inquest-lab:1", "inquest-lab:2"], "Created": old},
        {"Id": "young", "RepoTags": ["inquest-oracle:1"], "Created": int(now)},
        {"Id": "shared", "RepoTags": ["inquest-oracle:2", "mine:1"], "Created": old},
        {"Id": "nameless", "RepoTags": ["<none>:<none>"], "Created": old, "Labels": LABELS},
        {"Id": "nameless too", "RepoTags": None, "Created": old, "Labels": LABELS | {"more": "x"}},
        {"Id": "foreign", "RepoTags": None, "Created": old, "Labels": None},
        {"Id": "base", "RepoTags": ["debian:trixie-slim"], "Created": old, "Labels": None},
    ]
    assert stale(images, Images("oracle", "current"), now) == [
        "inquest-lab:1", "inquest-lab:2", "inquest-oracle:2", "nameless", "nameless too",
    ]  # fmt: skip
