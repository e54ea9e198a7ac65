"""The published layout is read as data: what fits is kept, what does not is named with its reason, nothing is run."""

import json
import os
from pathlib import Path

import pytest

from functions.brief import Category, Exemplar
from functions.errors import BadInput
from functions.find_layout import CODE, DATA, read_layout
from functions.spec import spec_json
from functions.suites import load_suite, resolve, resolve_target, verify
from functions.suites.imported import import_find
from functions.target import ImportedCode, parse_target

PUBLISHED = Path(__file__).parent / "published"
RUNS = "def function(x):\n    return x\n"


def write(folder: Path, code: str = RUNS, data: object = None) -> None:
    """One function."""
    folder.mkdir(parents=True)
    (folder / CODE).write_text(code)
    if data is not None:
        (folder / DATA).write_text(json.dumps(data))


def reason(directory: Path) -> str:
    """Why the only function of a directory is skipped."""
    ((_, why),) = read_layout(directory).skipped
    return why


def test_what_fits_is_loaded_with_its_test_vectors() -> None:
    """By category and folder; what else was published is kept beside."""
    loaded = read_layout(PUBLISHED).loaded
    assert sorted(loaded) == ["entity/f00000", "numeric/f00000", "string/f00000"]
    numeric, string, neuron = loaded["numeric/f00000"], loaded["string/f00000"], loaded["entity/f00000"]
    assert numeric.vectors == (Exemplar(input=0.0, output=1.0), Exemplar(input=3.5, output=10.5))
    assert numeric.published == {"note": "a line with a floor"}
    assert string.vectors == (Exemplar(input="abc", output="cba"), Exemplar(input="", output=None))
    assert neuron.published["concept2"] == "rail vehicle"
    assert neuron.published["exception"] == "racing car"
    assert numeric.source == (PUBLISHED / "numeric" / "f00000" / CODE).read_text()


def test_what_does_not_fit_is_named_with_its_reason() -> None:
    """A module that is missing, no function, no code."""
    assert dict(read_layout(PUBLISHED).skipped) == {
        "numeric/f00001": "it imports torch, which an oracle's container does not have",
        "relations/f00000": "function_code.py defines no function(x)",
        "relations/f00001": "function_code.py cannot be read: No such file or directory",
    }


def test_nothing_is_executed(tmp_path: Path) -> None:
    """Neither at import of the code nor by its function, decorators or defaults."""
    proof = tmp_path / "executed"
    touch = f"open({str(proof)!r}, 'w')"
    code = f"{touch}\n\n\n@{touch}.write\ndef function(x={touch}):\n    {touch}\n"
    write(tmp_path / "strings" / "f00000", code)
    assert import_find(tmp_path, tmp_path / "out").loaded
    assert not proof.exists()


@pytest.mark.parametrize(("code", "data", "why"), [
    ("from . import secret\n" + RUNS, None, "it imports its own folder"),
    ("class function:\n    pass\n", None, "defines no function"),
    ("def function(x)\n    return x\n", None, "is no Python: SyntaxError"),
    ("(" * 50_000, None, "is no Python"),
    ("x = 1\x00\n" + RUNS, None, "is no Python"),
    ("#" * 300_000, None, "too large"),
    (RUNS, [1], "holds no object"),
    (RUNS, {"x": [1], "y": [[2]]}, "neither number nor text"),
    (RUNS, {"x": [True], "y": [1]}, "neither number nor text"),
])  # fmt: skip
def test_hostile_functions_are_skipped(tmp_path: Path, code: str, data: object, why: str) -> None:
    """Each with its reason, and the others are still read."""
    write(tmp_path / "numeric" / "f00000", code, data)
    assert why in reason(tmp_path)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "\ud800"])
def test_data_that_is_no_json_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    """Truncated, too deep, or not UTF-8."""
    write(tmp_path / "numeric" / "f00000")
    (tmp_path / "numeric" / "f00000" / DATA).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert DATA in reason(tmp_path)


def test_links_lead_nowhere(tmp_path: Path) -> None:
    """A link out of the directory is not followed."""
    (tmp_path / "secret.py").write_text(RUNS)
    (tmp_path / "in" / "numeric" / "f00000").mkdir(parents=True)
    os.symlink(tmp_path / "secret.py", tmp_path / "in" / "numeric" / "f00000" / CODE)
    assert "leads out of the directory" in reason(tmp_path / "in")


def test_the_category_is_told_by_folder_data_or_person(tmp_path: Path) -> None:
    """In that order; where nobody tells it, the function is skipped."""
    write(tmp_path / "f00000", data={"concept1": "bird"})
    write(tmp_path / "f00001", data={"inputs": [1, 2], "outputs": [1, float("nan")]})
    write(tmp_path / "f00002", data={"inputs": ["a"], "outputs": ["b"]})
    layout = read_layout(tmp_path)
    assert sorted(layout.loaded) == ["entity/f00000", "numeric/f00001"]
    assert layout.loaded["numeric/f00001"].vectors[1].output is None
    assert "--category" in layout.skipped[0].why
    assert "relation/f00002" in read_layout(tmp_path, Category.RELATION).loaded


def test_a_directory_in_another_layout_is_refused(tmp_path: Path) -> None:
    """Instead of an import of nothing."""
    with pytest.raises(BadInput, match="not in the published layout"):
        read_layout(tmp_path)


def test_what_was_imported_verifies_and_can_be_referred_to(tmp_path: Path) -> None:
    """A file for each function, with a manifest as a suite has it; where a truth is needed, there is none."""
    layout = import_find(PUBLISHED, tmp_path / "taken")
    assert verify(tmp_path / "taken").sha256.keys() == layout.loaded.keys()
    path = str(tmp_path / "taken" / "string" / "f00000.json")
    assert resolve_target(path) == layout.loaded["string/f00000"]
    with pytest.raises(BadInput, match="nobody knows the truth"):
        resolve(path)


def test_targets_are_specs_or_code() -> None:
    """Both are read back equal; anything else is named."""
    spec = load_suite("demo@1").members[0].spec
    code = ImportedCode(category=Category.STRING, source=RUNS)
    assert parse_target(spec_json(spec)) == spec
    assert parse_target(code.model_dump_json()) == code
    for wrong in ('{"kind": "code"}', '{"kind": "model"}', "{", "[]"):
        with pytest.raises(BadInput):
            parse_target(wrong)


@pytest.mark.parametrize("category", Category)
def test_a_brief_tells_nothing_of_the_code(category: Category) -> None:
    """Nor of what was published with it."""
    code = ImportedCode(category=category, source=RUNS, vectors=(Exemplar(input="a", output="b"),))
    other = ImportedCode(category=category, source="def function(x): ...", published={"concept1": "bird"})
    assert code.brief(10) == other.brief(10)
    assert code.sha256 != other.sha256
