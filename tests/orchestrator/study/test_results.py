"""From rows to figures: denominators, pairing, exports, and what verification finds."""

import csv
import json
import sqlite3
from pathlib import Path
from statistics import fmean

import pytest

from functions.errors import BadInput
from judges.grade import Outcome
from orchestrator.study.arms import compare_arms, compare_within, find_arm
from orchestrator.study.compare import compare
from orchestrator.study.directory import StudyDirectory
from orchestrator.study.export import export
from orchestrator.study.load import load_study
from orchestrator.study.results import by_function
from orchestrator.study.row import Row
from orchestrator.study.status import status_of
from orchestrator.study.verify import verify
from tests.orchestrator.study.fakes import manifest, run
from tests.orchestrator.study.synthetic import synthetic


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of 24 functions that nobody ran."""
    return synthetic(tmp_path_factory.mktemp("drawn"), functions=24).path


def test_failed_teams_are_in_the_denominator_and_infrastructure_is_not(drawn: Path) -> None:
    """The rules for outcomes, recomputed by hand."""
    rows = load_study(drawn).rows
    figures = status_of(drawn).figures
    mine = [r for r in rows if r.arm == "no-critic"]
    by_hand: dict[str, list[float]] = {}
    for row in mine:
        if row.outcome is not Outcome.INFRASTRUCTURE:
            by_hand.setdefault(row.function, []).append(row.score or 0.0)

    assert {r.score for r in rows if r.outcome is Outcome.AGENT_FAILED} == {0.0}
    assert figures["no-critic.all.score"] == pytest.approx(fmean(fmean(v) for v in by_hand.values()))
    assert figures["no-critic.all.n"] == 24
    assert figures["no-critic.all.audits"] == len(mine) - figures["no-critic.all.infrastructure"]
    assert figures["no-critic.all.lo"] < figures["no-critic.all.score"] < figures["no-critic.all.hi"]


def test_every_promised_figure_is_there_for_every_arm_and_category(drawn: Path) -> None:
    """The names that issues and scripts rely on; tiers and modifiers besides."""
    figures = status_of(drawn).figures
    names = ("score", "lo", "hi", "n", "code", "description", "legacy_indicator", "seconds_p50")
    parts = ("all", "numeric", "string", "entity", "relation", "easy", "hard", "noisy", "not_noisy", "corrupted")

    assert {f"{arm}.{part}.{n}" for arm in ("all-roles", "no-planner") for part in parts for n in names} <= set(figures)
    assert json.loads(json.dumps(figures)) == figures


def test_seeds_are_averaged_within_functions_and_a_function_counts_once(drawn: Path) -> None:
    """Five copies of the same audits are no further evidence."""
    rows = [r for r in load_study(drawn).rows if r.arm == "all-roles"]
    copies = [r.model_copy(update={"seed": r.seed + 5 * k}) for r in rows for k in range(3)]
    base = [r for r in load_study(drawn).rows if r.arm == "no-planner"]
    base_copies = [r.model_copy(update={"seed": r.seed + 5 * k}) for r in base for k in range(3)]

    assert by_function(copies, "score") == pytest.approx(by_function(rows, "score"))
    few, many = compare(rows, base, ("a", "b"))[0], compare(copies, base_copies, ("a", "b"))[0]
    assert many.difference.interval.lo == pytest.approx(few.difference.interval.lo or 0.0)
    assert many.difference.p == few.difference.p


def test_only_pairs_are_compared_and_the_rest_is_counted(drawn: Path) -> None:
    """A seed that only one arm has makes no difference, whatever its score."""
    rows = load_study(drawn).rows
    first = [r for r in rows if r.arm == "all-roles" and r.is_scored]
    second = [r for r in rows if r.arm == "no-planner" and r.is_scored]
    extra = first[0].model_copy(update={"seed": 99, "score": 0.0})

    plain, more = compare(first, second, ("a", "b"))[0], compare([*first, extra], second, ("a", "b"))[0]
    assert more.difference == plain.difference
    assert more.unpaired == plain.unpaired + 1
    assert compare(second, first, ("b", "a"))[0].difference.interval.estimate == pytest.approx(
        -plain.difference.interval.estimate
    )
    with pytest.raises(BadInput, match="nothing pairs"):
        compare(first, [extra], ("a", "b"))


def test_an_arm_is_found_by_name_and_different_budgets_are_a_warning(drawn: Path) -> None:
    """`DIRECTORY:ARM`; what else than the team is different is said."""
    comparisons = compare_arms(f"{drawn}:all-roles", f"{drawn}:few-queries")
    found = comparisons[0]

    assert found.part == "all"
    assert found.difference.interval.estimate < 0
    assert "different query budgets" in found.warnings[0]
    assert {"all.difference", "all.lo", "all.hi", "all.p", "all.p_holm"} <= set(found.figures)
    assert all(c.p_holm >= c.difference.p for c in compare_within(drawn))
    for wrong in (str(drawn), f"{drawn}:nobody", "/nowhere:all-roles"):
        with pytest.raises(BadInput):
            find_arm(wrong)


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".sqlite"])
def test_an_export_holds_every_row(drawn: Path, tmp_path: Path, ending: str) -> None:
    """Read back with other tools than ours."""
    rows, out = load_study(drawn).rows, tmp_path / f"table{ending}"
    assert export(rows, out) == len(rows)
    if ending == ".jsonl":
        assert [Row.model_validate_json(line) for line in out.read_text().splitlines()] == list(rows)
    elif ending == ".csv":
        with out.open(newline="") as file:
            assert [line["audit"] for line in csv.DictReader(file)] == [row.audit for row in rows]
    else:
        found = sqlite3.connect(out).execute("SELECT audit, score FROM audits").fetchall()
        assert found == [(row.audit, row.score) for row in rows]


def test_no_text_starts_a_formula_in_a_spreadsheet(drawn: Path, tmp_path: Path) -> None:
    """Causes hold words of agents."""
    formulas = [f"{start}cmd|' /C calc'!A0" for start in "=+-@\t\r\n"]
    rows = tuple(load_study(drawn).rows[0].model_copy(update={"cause": cause}) for cause in formulas)
    export(rows, tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(newline="") as file:
        assert [line["cause"] for line in csv.DictReader(file)] == [f"'{formula}" for formula in formulas]


def test_an_unknown_ending_or_a_missing_library_is_said(drawn: Path, tmp_path: Path) -> None:
    """The message names what there is, or what to install."""
    with pytest.raises(BadInput, match=r"\.sqlite"):
        export(load_study(drawn).rows, tmp_path / "table.xlsx")


def test_a_study_loads_as_records_and_as_columns(drawn: Path) -> None:
    """Columns are of one length, ready for any data frame."""
    results = load_study(drawn)
    columns = results.columns

    assert {len(column) for column in columns.values()} == {len(results)} == {24 * 20}
    assert columns["score"] == [row.score for row in results]
    assert "files" not in columns


def test_verify_finds_what_was_touched(tmp_path: Path) -> None:
    """A changed grade, a changed log, a changed result, a lost directory: each is named; what is whole is not."""
    run(tmp_path, study=manifest(seeds=[0]), limit=5)
    home = StudyDirectory(tmp_path)
    whole, graded, logged, told, lost = home.rows().values()
    assert verify(tmp_path).intact
    _replace(home.run_path(graded.audit) / "grade.json", '"truth": "', '"truth": "not ')
    _replace(home.run_path(logged.audit) / "events.jsonl", '"queries_used":4', '"queries_used":5')
    home.append(told.model_copy(update={"score": 0.123}))
    home.run_path(lost.audit).rename(tmp_path / "elsewhere")

    found = "\n".join(verify(tmp_path).touched)
    assert f"{graded.audit}: grade.json is not what it was" in found
    assert f"{logged.audit}: {home.run_path(logged.audit)}/events.jsonl" in found
    assert "chain is broken" in found
    assert f"{told.audit}: its line in results.jsonl does not follow from its run directory: score" in found
    assert f"{lost.audit}: its run directory is gone" in found
    assert whole.audit not in found


def test_a_study_whose_manifest_was_changed_is_refused(tmp_path: Path) -> None:
    """Its hash no longer follows from its audits."""
    home = synthetic(tmp_path, functions=1)
    _replace(tmp_path / "study.json", '"audit": "0000000000000003"', '"audit": "000000000000000f"')

    with pytest.raises(BadInput, match="was changed"):
        home.study()


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
