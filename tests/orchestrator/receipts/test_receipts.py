"""A receipt holds as it was signed, and not otherwise."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from functions.brief import Category
from functions.errors import BadInput
from functions.suites import build, load_suite
from functions.suites import resolve as resolve_function
from functions.suites.private import write_commitments
from orchestrator.audit import grade
from orchestrator.provenance import Provenance
from orchestrator.receipts.check import Check, check_grades, check_offline, check_reveal, check_runs, read_receipt
from orchestrator.receipts.make import receipt_of
from orchestrator.receipts.record import Signed
from orchestrator.receipts.signing import holds, make_key, sign
from orchestrator.result import AuditResult
from orchestrator.study.config import StudyConfig
from orchestrator.study.manifest import expand, suite_hashes, suite_members
from orchestrator.study.run import choose_sandbox, run_study
from sandbox.client import Isolation
from tests.orchestrator.fakes import provenance
from tests.orchestrator.study.fakes import STUDY, Inline, make_parts


def versions(isolation: Isolation) -> Provenance:
    """Fixed ones that look like real ones."""
    return provenance(isolation).model_copy(update={"code": "c" * 64, "dependencies": "d" * 64})


PARTS = replace(make_parts(), resolve=resolve_function, provenance=versions)


def finished(directory: Path, functions: str = "demo@1", limit: int | None = None, **changes: object) -> Path:
    """A study of one arm on three numeric functions, audited without a sandbox."""
    document = STUDY | {"functions": [functions], "per_category": 3, "seeds": [0, 1], "arms": [{"name": "team"}]}
    study = expand(StudyConfig.model_validate(document | changes), resolve_function, suite_members)
    run_study(
        study,
        directory,
        Inline(PARTS),
        cells=study.chosen((), limit, None),
        chosen=choose_sandbox("local", "default", PARTS),
        suites=suite_hashes(study),
    )
    return directory


def regrade(path: Path) -> AuditResult:
    return grade(path, parts=PARTS)


def signed(study: Path, home: Path) -> Signed:
    make_key(home / "key")
    return sign(receipt_of(study, "The Lines"), home / "key")


def failed(checks: tuple[Check, ...]) -> list[str]:
    return [check.name for check in checks if not check.passed]


def test_a_receipt_of_a_public_suite_holds(tmp_path: Path) -> None:
    """Offline, with its runs, and when everything is graded again; and it says how every audit ended."""
    study = finished(tmp_path / "study")
    found = signed(study, tmp_path)

    assert failed(check_offline(found, found.key)) == []
    assert [line.function for line in found.receipt.lines[::2]] == [f"demo@1/numeric/000{i}" for i in range(3)]
    assert found.receipt.suites == {"demo@1": load_suite("demo@1").sha256}
    assert found.receipt.score["all"].n == 3
    assert check_runs(found.receipt, study).passed
    assert check_grades(found.receipt, study, regrade).passed


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    """Whatever is changed in the file, it is no receipt any more, or its signature does not hold."""
    text = signed(finished(tmp_path / "study"), tmp_path).model_dump_json(indent=1)
    path, accepted = tmp_path / "changed.json", []
    for place in range(0, len(text), 37):
        other = "1" if text[place] == "0" else "0"
        path.write_text(text[:place] + other + text[place + 1 :])
        try:
            changed = read_receipt(path)
        except BadInput:
            continue
        if holds(changed):
            accepted.append(place)

    assert accepted == []


def scores(document: dict[str, dict[str, object]]) -> None:
    document["receipt"]["score"]["all"]["estimate"] = 0.99  # type: ignore[index]


def lines(document: dict[str, dict[str, object]]) -> None:
    document["receipt"]["lines"][0]["score"] = 0.5  # type: ignore[index]


def targets(document: dict[str, dict[str, object]]) -> None:
    document["receipt"]["lines"][0]["target"] = "0" * 64  # type: ignore[index]


@pytest.mark.parametrize(("change", "check"), [(scores, "scores"), (lines, "scores"), (targets, "suites")])
def test_a_signer_who_lies_is_found_too(
    tmp_path: Path, change: Callable[[dict[str, dict[str, object]]], None], check: str
) -> None:
    """A good signature under sums that do not add up, or under functions that are in no suite."""
    document = json.loads(signed(finished(tmp_path / "study"), tmp_path).model_dump_json())
    change(document)
    liar = sign(Signed.model_validate(document).receipt, tmp_path / "key")

    assert holds(liar)
    assert check in failed(check_offline(liar))


def test_another_key_and_other_runs_are_found(tmp_path: Path) -> None:
    """Who signed is known only by a key from elsewhere; runs are those whose logs end as the receipt says."""
    study = finished(tmp_path / "study")
    found = signed(study, tmp_path)
    other = finished(tmp_path / "other")

    assert failed(check_offline(found, "0" * 64)) == ["key"]
    assert not check_runs(found.receipt, other).passed
    handed_in = next(study.glob("*/interpretation.json"))
    handed_in.write_text(handed_in.read_text().replace("linear", "cubic"))
    assert not check_runs(found.receipt, study).passed


def test_a_score_that_cannot_be_had_again_is_found(tmp_path: Path) -> None:
    """The recorded interpretations are what is graded: nothing else gives the score that was signed."""
    study = finished(tmp_path / "study")
    found = signed(study, tmp_path)
    for handed_in in study.glob("*/interpretation.json"):
        document = json.loads(handed_in.read_text())
        handed_in.write_text(json.dumps(document | {"code": "[0, 1e9]"}))
    scored = any(line.score for line in found.receipt.lines)

    assert scored is not check_grades(found.receipt, study, regrade).passed


def test_a_private_suite_is_proved_when_it_is_revealed(tmp_path: Path) -> None:
    """Before, the receipt tells nothing of its functions; afterwards nobody can say that it was about others."""
    suite = load_suite("demo@1:123456789", Category.NUMERIC)
    build(suite, tmp_path / "held")
    write_commitments(suite, tmp_path / "held")
    study = finished(tmp_path / "study", str(tmp_path / "held"))
    found = signed(study, tmp_path)
    other = load_suite("demo@1:987654321", Category.NUMERIC)
    build(other, tmp_path / "false")
    write_commitments(other, tmp_path / "false")

    assert failed(check_offline(found)) == []
    text = found.model_dump_json()
    assert not any(member.spec.sha256 in text for member in suite.members)
    assert not any(path.name in text for path in study.iterdir() if path.is_dir())
    assert "held" not in text
    assert check_reveal(found.receipt, tmp_path / "held", study).passed
    assert not check_reveal(found.receipt, tmp_path / "false").passed


def test_only_a_whole_study_of_one_team_gets_a_receipt(tmp_path: Path) -> None:
    """Nobody picks the audits that went well."""
    with pytest.raises(BadInput, match="2 audits are left"):
        receipt_of(finished(tmp_path / "half", limit=4), "half")
    with pytest.raises(BadInput, match="2 arms"):
        receipt_of(finished(tmp_path / "two", arms=[{"name": "a"}, {"name": "b", "team": "critic=none"}]), "two")
    touched = finished(tmp_path / "touched")
    next(touched.glob("*/grade.json")).write_text("{}")
    with pytest.raises(BadInput, match="was touched"):
        receipt_of(touched, "touched")


def test_a_key_is_its_owners_alone(tmp_path: Path) -> None:
    """It is never written over, and refused where others can read it, or where it is none."""
    public = make_key(tmp_path / "key")
    receipt = receipt_of(finished(tmp_path / "study"), "x")

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(public)) == 32
    with pytest.raises(BadInput, match="never written over"):
        make_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(BadInput, match="Others can read"):
        sign(receipt, tmp_path / "key")
    (tmp_path / "none").write_text("nothing")
    (tmp_path / "none").chmod(0o600)
    with pytest.raises(BadInput, match="no Ed25519 key"):
        sign(receipt, tmp_path / "none")
