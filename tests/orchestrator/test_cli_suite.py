"""`inquest suite`, as programs read it: one object with its figures, and an exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from functions.suites import SUITES, load_suite, trivial_names
from orchestrator.cli import main
from orchestrator.cli.making import make

PUBLISHED = Path(__file__).parent.parent / "functions" / "find_layout" / "published"

Inquest = Callable[..., dict[str, object]]


@pytest.fixture
def inquest(capsys: pytest.CaptureFixture[str]) -> Inquest:
    """The console script with --json: its object, where it ends well."""

    def run(*arguments: str) -> dict[str, object]:
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--json"])
        said = capsys.readouterr()
        assert ended.value.code == 0, said.err
        document = json.loads(said.out)
        assert isinstance(document, dict)
        return document

    return run


def test_list_names_every_suite_without_making_it(inquest: Inquest) -> None:
    """With its size."""
    assert inquest("suite", "list")["figures"] == {name: recipe.size for name, recipe in SUITES.items()}


def test_build_says_what_it_made(inquest: Inquest, tmp_path: Path) -> None:
    """Functions, seconds and rejected duplicates as figures, the manifest's hash and a warning beside them."""
    done = inquest("suite", "build", "dev@1", "--out", str(tmp_path / "dev"))
    figures = done["figures"]
    assert isinstance(figures, dict)
    assert figures["functions"] == 200
    assert figures["rejected_duplicates"] > 0
    assert figures["seconds"] > 0
    assert done["manifest_sha256"] == SUITES["dev@1"].sha256
    assert "models may have seen it" in str(done["warning"])
    assert inquest("suite", "verify", str(tmp_path / "dev"))["figures"] == {"functions": 200}


def test_a_private_suite_is_committed_to_and_revealed(inquest: Inquest, tmp_path: Path) -> None:
    """From the seed file to the proof."""
    seed, held = tmp_path / "seed", tmp_path / "held"
    seed.write_text("5a" * 32)
    seed.chmod(0o600)
    done = inquest("suite", "build", "demo@1", "--private", "--seed-file", str(seed), "--out", str(held))
    assert done["manifest_sha256"] != SUITES["demo@1"].sha256
    shown = inquest("suite", "verify", str(held / "commitments.json"), "--reveal", str(held))
    assert shown["figures"] == {"functions": 50, "committed": 50, "seed": 1}


@pytest.mark.parametrize("arguments", [
    ["demo@1", "--private"],
    ["demo@1", "--seed-file", "seed"],
    ["demo@1:7", "--private", "--seed-file", "seed"],
    ["demo@1", "--private", "--seed-file", "/nowhere"],
], ids=" ".join)  # fmt: skip
def test_a_private_suite_takes_its_seed_from_a_file_alone(arguments: list[str]) -> None:
    """Neither without one, nor by its name, nor for an open suite: exit code 2."""
    with pytest.raises(SystemExit) as ended:
        main(["suite", "build", *arguments])
    assert ended.value.code == 2


@pytest.mark.parametrize("category", ["numeric", "string", "entity", "relation"])
def test_show_tells_the_truth_about_any_category(inquest: Inquest, category: str) -> None:
    """Of one function all of it; of a suite the descriptions of a sample."""
    one = inquest("suite", "show", f"dev@1/{category}/0003")
    assert one["description"]
    assert "def function(" in str(one["code"])
    few = inquest("suite", "show", "dev@1", "--category", category, "--sample", "5")["functions"]
    assert isinstance(few, dict)
    assert len(few) == 5
    assert all(name.startswith(f"dev@1/{category}/") for name in few)


def test_import_find_counts_what_it_loaded(inquest: Inquest, tmp_path: Path) -> None:
    """And lists what it skipped, each with its reason; the result can be shown and verified."""
    out = tmp_path / "taken"
    done = inquest("suite", "import-find", str(PUBLISHED), "--out", str(out))
    assert done["figures"] == {"loaded": 3, "skipped": 3}
    assert all(skip["why"] for skip in done["skipped"])  # type: ignore[attr-defined]
    assert inquest("suite", "verify", str(out))["figures"] == {"functions": 3}
    shown = inquest("suite", "show", str(out / "numeric" / "f00000.json"))
    assert shown["figures"] == {"vectors": 2}


@pytest.mark.slow
def test_a_suite_is_the_same_from_several_processes() -> None:
    """Every category from one of its own: the functions, their order, what was rejected and what is trivial."""
    suite = load_suite("heldout@1")
    assert make("heldout@1", large=1) == (suite, trivial_names(suite))
