"""Does a receipt hold? Its signature, its sums, its suite, the runs that it is about, and their grades."""

import hashlib
import math
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from functions.brief import Record
from functions.errors import BadInput
from functions.spec import parse_spec, spec_json
from functions.suites import load_suite
from functions.suites.private import COMMITMENTS, SALTS, Commitments, Salts, read_published, reveals
from orchestrator.audit import grade
from orchestrator.files import read_capped
from orchestrator.receipts.make import chain_head, interpretation_hash
from orchestrator.receipts.record import Line, Receipt, Signed, Split, scores_of
from orchestrator.receipts.signing import holds
from orchestrator.result import AuditResult
from orchestrator.rundir import RunDirectory
from orchestrator.study.config import JudgeName
from orchestrator.study.directory import StudyDirectory
from orchestrator.study.row import score_of

MAX_RECEIPT_BYTES = 32_000_000
SAME = 1e-9  # of scores: they are means of equal numbers

Regrade = Callable[[Path], AuditResult]
"""Grades the run in a directory once more."""


class Check(Record):
    """One thing that was looked at. `detail` says what is wrong, or what was compared."""

    name: str
    passed: bool
    detail: str


def read_receipt(path: Path) -> Signed:
    """A receipt from a file. Raises `BadInput` that names the field."""
    try:
        return Signed.model_validate_json(read_capped(path, MAX_RECEIPT_BYTES))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))[:80] or "the file"
        raise BadInput(f"{path} is no receipt ({where}: {first['msg'][:200]}).") from None


def check_offline(signed: Signed, key: str | None = None) -> tuple[Check, ...]:
    """What the file alone can show: who signed it, that its scores follow from its audits, and its public suites.

    Where it was not signed as it stands, nothing else is worth a look. `key` is the organiser's public key (hex), known
    from elsewhere: without it anybody may have signed.
    """
    receipt = signed.receipt
    checks = [Check(name="signature", passed=holds(signed), detail=f"by {signed.key}")]
    if key is not None:
        checks.append(Check(name="key", passed=signed.key == key.lower(), detail=f"expected {key}"))
    if not all(check.passed for check in checks):
        return tuple(checks)
    checks.append(Check(name="scores", passed=_sums(receipt), detail=f"of {len(receipt.lines)} audits"))
    if receipt.split == "public":
        checks.append(_found("suites", _public_faults(receipt), f"{', '.join(receipt.suites)} made again"))
    return tuple(checks)


def check_reveal(receipt: Receipt, revealed: Path, study: Path | None = None) -> Check:
    """Is the private suite in the directory `revealed` the one that was committed to?

    With the study's directory: were its audits about these very functions? Raises `BadInput` for what is no suite.
    """
    path = revealed / COMMITMENTS
    promised, salts = read_published(path, Commitments), read_published(revealed / SALTS, Salts)
    if receipt.suites.get(promised.suite) != hashlib.sha256(read_capped(path, MAX_RECEIPT_BYTES)).hexdigest():
        return Check(name="reveal", passed=False, detail="these are not the commitments that the receipt names")
    specs = {
        name: parse_spec(read_capped(revealed / f"{name}.json", MAX_RECEIPT_BYTES)) for name in _functions(receipt)
    }
    faults = [
        name
        for name, target in _functions(receipt).items()
        if promised.sha256.get(name) != target or not reveals(promised, salts, name, spec_json(specs[name]))
    ]
    if study is not None:
        runs = _runs(receipt, StudyDirectory(study))
        faults += [line.function for line, run in runs if _target(run) != specs[line.function].sha256]
    return _found("reveal", faults, f"{promised.suite} as it was committed to")


def check_runs(receipt: Receipt, study: Path) -> Check:
    """Are these the runs that the receipt is about? Logs by the heads of their chains, and what was handed in."""
    home = StudyDirectory(study)
    if home.study().sha256 != receipt.study or len(home.study().manifest.cells) != len(receipt.lines):
        return Check(name="runs", passed=False, detail=f"{study} is another study")
    faults = (
        f"{line.function} seed {line.seed}"
        for line, run in _runs(receipt, home)
        if not _is_of(line, run, receipt.split)
    )
    return _found("runs", faults, f"{len(receipt.lines)} event logs and interpretations")


def check_grades(receipt: Receipt, study: Path, regrade: Regrade = grade) -> Check:
    """Do the recorded interpretations get the same scores again? Nothing in the study's directory is changed."""
    home = StudyDirectory(study)
    judges = home.study().manifest.study.judges
    with TemporaryDirectory(prefix="inquest-") as scratch:
        again = _Regrading(judges, Path(scratch), regrade)
        faults = [fault for line, run in _runs(receipt, home) if (fault := again.fault(line, run))]
    return _found("grades", faults, f"{len(receipt.lines)} interpretations graded again")


def _sums(receipt: Receipt) -> bool:
    again = scores_of(receipt.lines)
    return again.keys() == receipt.score.keys() and all(
        math.isclose(again[part].estimate, said.estimate, abs_tol=SAME)
        and _near(again[part].lo, said.lo)
        and _near(again[part].hi, said.hi)
        and again[part].n == said.n
        for part, said in receipt.score.items()
    )


def _near(first: float | None, second: float | None) -> bool:
    return first == second or (first is not None and second is not None and math.isclose(first, second, abs_tol=1e-6))


def _public_faults(receipt: Receipt) -> Iterator[str]:
    targets: dict[str, str] = {}
    for name, digest in receipt.suites.items():
        suite = load_suite(name)
        if suite.sha256 != digest:
            yield f"{name} is another suite here"
        targets |= {suite.reference(member): member.spec.sha256 for member in suite.members}
    yield from (line.function for line in receipt.lines if targets.get(line.function) != line.target)


def _runs(receipt: Receipt, home: StudyDirectory) -> Iterator[tuple[Line, RunDirectory]]:
    """Lines are in the order of the manifest."""
    cells = home.study().manifest.cells
    return ((line, RunDirectory(home.run_path(c.audit))) for line, c in zip(receipt.lines, cells, strict=False))


def _is_of(line: Line, run: RunDirectory, split: Split) -> bool:
    if not run.exists or (split == "public" and _target(run) != line.target):
        return False
    return chain_head(run) == line.chain and interpretation_hash(run) == line.interpretation


def _target(run: RunDirectory) -> str | None:
    return run.audit().config.target_sha256 if run.exists else None


def _functions(receipt: Receipt) -> dict[str, str]:
    """What each function is said to be; its name is a path below a directory, and no other."""
    found = {line.function: line.target for line in receipt.lines}
    for name in found:
        if not re.fullmatch(r"[a-z]+/[0-9]+", name):
            raise BadInput(f"'{name[:80]}' is no function of a private suite: write CATEGORY/ID.")
    return found


@dataclass(frozen=True)
class _Regrading:
    """Grades copies of runs, so that nothing in a study's directory is changed."""

    judges: tuple[JudgeName, ...]
    scratch: Path
    regrade: Regrade

    def fault(self, line: Line, run: RunDirectory) -> str:
        """What is wrong with the score of one audit, or nothing. A team that failed handed nothing in to be graded."""
        if line.interpretation is None or line.score is None or not run.exists:
            return ""
        copy = self.scratch / run.path.name
        shutil.copytree(run.path, copy)
        again = score_of(self.regrade(copy), self.judges)
        shutil.rmtree(copy)
        if again is not None and math.isclose(again, line.score, abs_tol=SAME):
            return ""
        became = "none" if again is None else f"{again:.3f}"
        return f"{line.function} seed {line.seed}: {line.score:.3f} became {became}"


def _found(name: str, faults: Iterator[str] | list[str], right: str) -> Check:
    """A check that passed where there is no fault."""
    found = list(faults)
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return Check(name=name, passed=not found, detail=f"{'; '.join(found[:3])}{more}" if found else right)
