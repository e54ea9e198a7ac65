"""Suites: pinned by hash, addressed by reference, written as a whole and verified to the byte."""

import json
from collections import Counter
from pathlib import Path

import pytest

from functions.brief import Category
from functions.errors import BadInput
from functions.numeric import NumericSpec, quality
from functions.numeric.expression import atoms
from functions.numeric.vector import VectorSpec
from functions.spec import parse_spec, spec_json
from functions.suites import SUITES, About, Suite, about, build, load_suite, resolve, trivial_names, verify
from functions.suites.catalogue import DEMO_1


def demo() -> Suite:
    """The suite itself; generated once, for `load_suite` remembers."""
    return load_suite("demo@1")


@pytest.mark.parametrize("name", SUITES)
def test_suites_are_pinned(name: str) -> None:
    """A suite never changes. What fails here wants a new version of the suite, not a new hash."""
    assert load_suite(name).sha256 == SUITES[name].sha256


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_has_as_many_functions_as_it_says(name: str) -> None:
    """Of every category, with ids that count on across tiers, and no spec twice."""
    suite = load_suite(name)
    assert len({member.spec.sha256 for member in suite.members}) == len(suite.members) == SUITES[name].size
    for category in SUITES[name].categories:
        ids = [member.id for member in suite.members if member.category is category]
        assert ids == [f"{index:04d}" for index in range(len(ids))]


def test_the_published_sizes() -> None:
    """find-like@1 has as many functions of each category as the published benchmark."""
    counts = Counter(member.category.value for member in load_suite("find-like@1").members)
    assert counts == {"numeric": 1000, "string": 1000, "entity": 200, "relation": 75}


def test_dev_is_balanced() -> None:
    """Fifty of each category; tiers get harder, by the number of facts that there are to find."""
    dev = load_suite("dev@1")
    figures = about(dev, trivial_names(dev)).figures
    assert {figures[f"{category}.functions"] for category in Category} == {50}
    assert figures["easy.facts"] < figures["medium.facts"] < figures["hard.facts"]
    assert figures["easy.irregular"] == figures["easy.noisy"] == 0 < figures["hard.irregular"]


@pytest.mark.parametrize("name", ["demo@1", "dev@1", "heldout@1"])
def test_functions_of_one_category_are_the_same_without_the_others(name: str) -> None:
    """So a reference is resolved without generating the whole suite, and categories can be made apart and joined."""
    suite = load_suite(name)
    parts = [load_suite(name, category) for category in SUITES[name].categories]
    for part, category in zip(parts, SUITES[name].categories, strict=True):
        assert part.members == tuple(member for member in suite.members if member.category is category)
    assert Suite.joined(parts) == suite


@pytest.mark.parametrize("name", ["dev@1", "heldout@1"])
def test_every_function_is_whole(name: str) -> None:
    """Every fourth one survives its JSON, shows no hidden input, and is described in as many ways as it says."""
    for spec in (member.spec for member in load_suite(name).members[::4]):
        assert parse_spec(spec_json(spec)) == spec
        assert len({spec.describe(phrasing) for phrasing in range(spec.phrasings)}) == spec.phrasings
        if not isinstance(spec, NumericSpec | VectorSpec):
            shown = {exemplar.input for exemplar in spec.exemplars(10)}
            assert not shown & {x for stratum in spec.hidden_inputs(b"secret", 100).values() for x in stratum}


def test_descriptions_differ_where_functions_do() -> None:
    """No two functions of a suite are described alike."""
    told = Counter(member.spec.describe() for name in ("dev@1", "heldout@1") for member in load_suite(name).members)
    assert [text for text, number in told.items() if number > 1] == []


@pytest.mark.parametrize("name", ["demo@1", "demo@1:7", f"demo@1:{2**256 - 1}"])
def test_a_suite_has_every_family_and_no_two_functions_alike(name: str) -> None:
    """Whatever the seed."""
    suite = load_suite(name)
    specs = [member.spec for member in suite.members if isinstance(member.spec, NumericSpec)]
    assert {atom.family for spec in specs for atom in atoms(spec.expression)} == {*DEMO_1.numeric.families}
    prints = [(spec.domain, quality.fingerprint(spec)) for spec in specs]
    for index, (domain, mine) in enumerate(prints):
        assert not any(domain == other and quality.alike(mine, theirs) for other, theirs in prints[:index])


def test_another_seed_is_another_suite_under_its_own_name() -> None:
    """The seed belongs to the name; the default seed needs no naming."""
    other = load_suite("demo@1:7")
    assert other.title == "demo@1:7"
    assert load_suite(f"demo@1:{demo().seed}").title == "demo@1"
    assert not {member.spec.sha256 for member in other.members} & {member.spec.sha256 for member in demo().members}


@pytest.mark.parametrize("name", ["demo@1", "demo@1:7"])
def test_every_function_is_found_by_its_reference(name: str) -> None:
    """What `reference` writes, `resolve` reads."""
    suite = load_suite(name)
    assert suite.reference(suite.members[7]) == f"{name}/numeric/0007"
    assert all(resolve(suite.reference(member)) == member.spec for member in suite.members)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("demo@1/numeric/0050", "demo@1 has no function 'numeric/0050'; did you mean 'numeric/00"),
        ("demo@1/numeric/7", "did you mean 'numeric/0007'"),
        ("demo@1/numerical/0007", "did you mean 'numeric/0007'"),
        ("demo@2/numeric/0007", "there is no suite 'demo@2'; did you mean 'demo@1'"),
        ("elsewhere/numeric/0007", "there is no suite 'elsewhere'; there are demo@1 to heldout@1"),
        ("demo@1:x/numeric/0007", "NAME@VERSION:SEED"),
        ("demo@1", "SUITE/CATEGORY/ID"),
        ("", "SUITE/CATEGORY/ID"),
        ("nowhere/spec.json", "cannot be read"),
    ],
)
def test_a_wrong_reference_is_answered_with_what_is_near(reference: str, message: str) -> None:
    """The error says what is wrong and what to write instead."""
    with pytest.raises(BadInput, match=message):
        resolve(reference)


def test_a_spec_file_is_a_reference(tmp_path: Path) -> None:
    """Any file that holds a spec means that function, whatever it is called."""
    for name in ("mine.json", "mine"):
        (tmp_path / name).write_text(spec_json(demo().members[3].spec))
        assert resolve(str(tmp_path / name)) == demo().members[3].spec


@pytest.mark.parametrize(("content", "message"), [(b"{}", "no spec"), (b"\xff", "read"), (b" " * 10_000_001, "large")])
def test_a_bad_spec_file_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    """Not a spec, not text, or too large: the error names the file."""
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=message) as caught:
        resolve(str(path))
    assert "bad.json" in str(caught.value)


def test_a_built_suite_verifies_and_its_files_are_references(tmp_path: Path) -> None:
    """One file for each function, and a manifest with generator version, seed and hashes."""
    directory = tmp_path / "deep" / "demo"
    facts = about(demo(), trivial_names(demo()))
    manifest = build(demo(), directory, facts)
    assert About.model_validate_json((directory / "about.json").read_bytes()) == facts
    assert verify(directory) == manifest == demo().manifest
    written = json.loads((directory / "manifest.json").read_text())
    assert (written["suite"], written["seed"], written["generator_version"]) == ("demo@1", demo().seed, 1)
    assert resolve(str(directory / "numeric" / "0007.json")) == demo().members[7].spec
    assert [path.name for path in directory.parent.iterdir()] == ["demo"]  # no draft is left behind


def test_building_again_changes_nothing(tmp_path: Path) -> None:
    """The same suite in the same place is left as it is, file by file."""
    build(demo(), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")}
    build(demo(), tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")} == before


def test_what_is_there_already_is_not_overwritten(tmp_path: Path) -> None:
    """Neither another suite nor anything else of the user's."""
    build(load_suite("demo@1:7"), tmp_path / "suite")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear")
    (tmp_path / "file").write_text("")
    for name in ("suite", "letters", "file"):
        with pytest.raises(BadInput, match="something else already"):
            build(demo(), tmp_path / name)
    assert verify(tmp_path / "suite").seed == 7


def test_verification_names_what_differs(tmp_path: Path) -> None:
    """A changed, a broken, a missing and an extra function are each named."""
    build(demo(), tmp_path)
    numeric = tmp_path / "numeric"
    (numeric / "0001.json").write_text(spec_json(demo().members[2].spec))
    (numeric / "0002.json").write_text("{")
    (numeric / "0003.json").unlink()
    (numeric / "0050.json").write_text(spec_json(demo().members[2].spec))
    with pytest.raises(BadInput) as caught:
        verify(tmp_path)
    found = str(caught.value)
    assert all(f"numeric/{what}" in found for what in ("0001 was changed", "0002: ", "0003 is missing", "0050 is not"))


def test_what_is_no_suite_is_said_to_be_none(tmp_path: Path) -> None:
    """Without a manifest, or with something else in its place."""
    with pytest.raises(BadInput, match="is no suite"):
        verify(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(BadInput, match="is no manifest"):
        verify(tmp_path)
