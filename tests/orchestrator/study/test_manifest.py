"""The grid written out: ids, order, parts of it."""

from pathlib import Path

import pytest

from functions.brief import Category
from functions.errors import BadInput
from functions.suites import build, load_suite
from functions.suites import resolve as resolve_function
from orchestrator.audit import configure
from orchestrator.study.config import StudyConfig
from orchestrator.study.manifest import expand, suite_hashes, suite_members
from orchestrator.study.plan import plan_of
from tests.orchestrator.study.fakes import STUDY, manifest, resolve


def test_every_cell_is_the_audit_that_the_command_line_would_run() -> None:
    """The ids are those of orchestrator.config: functions x arms x seeds, each once."""
    study = manifest()
    arms = {arm.name: arm for arm in study.study.arms}

    assert len({cell.audit for cell in study.cells}) == 4 * 2 * 2
    for cell in study.cells:
        arm = arms[cell.arm]
        spec = resolve(cell.function)
        assert cell.audit == configure("any", spec, arm.parsed_team, arm.budget, cell.seed).id


def test_traits_come_from_what_is_true_of_the_function() -> None:
    """Results are also shown by modifier."""
    traits = {cell.function[-4:]: cell.traits for cell in manifest().cells}

    assert [traits[index].noisy for index in ("0000", "0001")] == [False, True]
    assert not any(t.corrupted or t.composed for t in traits.values())


def test_a_first_part_is_balanced_and_shards_are_the_whole() -> None:
    """`--limit` keeps whole functions together; shards are disjoint and leave nothing out."""
    study = manifest()
    first = study.chosen((), 4, None)
    shards = [study.chosen((), None, (i, 3)) for i in (1, 2, 3)]

    assert {(c.arm, c.seed) for c in first} == {(a, s) for a in ("team", "alone") for s in (0, 1)}
    assert len({c.function for c in first}) == 1
    assert sorted(c.audit for shard in shards for c in shard) == sorted(c.audit for c in study.cells)


def test_only_takes_arms_and_functions_and_refuses_what_matches_nothing() -> None:
    """Either is written where a person has it at hand."""
    study = manifest()

    assert {c.arm for c in study.chosen(["alone"], None, None)} == {"alone"}
    assert {c.function[-4:] for c in study.chosen(["fake@1/numeric/000[01]"], None, None)} == {"0000", "0001"}
    with pytest.raises(BadInput, match="No audit matches"):
        study.chosen(["nobody"], None, None)


def test_a_function_named_twice_counts_once_and_a_wrong_pattern_is_refused() -> None:
    """Nothing is in the denominator twice."""
    assert manifest(functions=["fake@1", "fake@1/numeric/0001"]).sha256 == manifest().sha256
    assert len(manifest(per_category=3).functions) == 3
    with pytest.raises(BadInput, match="No function matches"):
        manifest(functions=["fake@1/string"])
    with pytest.raises(BadInput, match=r"\[limits\] audits"):
        manifest(limits={"audits": 15})


def test_a_plan_says_how_much_what_it_costs_and_what_it_could_find() -> None:
    """More functions find smaller differences; a classical team costs nothing."""
    small, large = plan_of(manifest(per_category=3)), plan_of(manifest())

    assert (large.audits, large.functions, large.ceiling, large.queries) == (16, {"numeric": 4}, 0.0, 1600)
    assert large.detectable is not None
    assert small.detectable is not None
    assert large.detectable < small.detectable
    assert plan_of(manifest(per_category=1)).detectable is None


def test_the_directory_of_a_suite_is_a_suite(tmp_path: Path) -> None:
    """As organisers hold private ones: every function that its manifest names, and its hash beside the results."""
    made = load_suite("demo@1:7", Category.NUMERIC)
    build(made, tmp_path / "held")
    config = StudyConfig.model_validate(STUDY | {"functions": [f"{tmp_path}/held/"], "per_category": 2})
    study = expand(config, resolve_function, suite_members)

    assert study.functions == tuple(f"{tmp_path}/held/numeric/000{index}.json" for index in range(2))
    assert {cell.target_sha256 for cell in study.cells} == {member.spec.sha256 for member in made.members[:2]}
    assert suite_hashes(study) == {f"{tmp_path}/held": made.sha256}
