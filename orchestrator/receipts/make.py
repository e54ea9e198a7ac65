"""From a study's directory to a receipt."""

import hashlib
from pathlib import Path

from functions.errors import BadInput
from functions.suites.private import COMMITMENTS, Commitments
from orchestrator.eventlog import read_lines
from orchestrator.files import read_capped
from orchestrator.provenance import Provenance
from orchestrator.receipts.record import Line, Receipt, Versions, now, scores_of
from orchestrator.rundir import MAX_JSON_BYTES, RunDirectory
from orchestrator.study.directory import StudyDirectory
from orchestrator.study.row import Row
from orchestrator.study.verify import verify


def receipt_of(directory: Path, team: str, report: str = "") -> Receipt:
    """The receipt of a study with one arm whose audits have all come to an end.

    `team` is what the people behind it call themselves; `report` where the study's page can be read. A suite that was
    built with commitments is private: the receipt then names neither its functions nor their hashes. Raises `BadInput`
    for a study that is not done, has several arms, was touched, or mixes private and public functions.
    """
    home = StudyDirectory(directory)
    study, rows = home.study(), home.rows()
    arms = study.manifest.study.arms
    left = sum(c.audit not in rows or not rows[c.audit].is_final for c in study.manifest.cells)
    if len(arms) != 1:
        raise BadInput(f"{directory} has {len(arms)} arms: a receipt is about one team.")
    if left:
        raise BadInput(f"{directory} is not done: {left} audits are left. Give its command again.")
    if touched := verify(directory).touched:
        raise BadInput(f"{directory} was touched: {touched[0]} See 'inquest study verify'.")
    private = _commitments(study.manifest.functions)
    done = [rows[cell.audit] for cell in study.manifest.cells]
    lines = tuple(_line(row, RunDirectory(home.run_path(row.audit)), private) for row in done)
    return Receipt(
        team=team,
        subject=arms[0].parsed_team.label,
        split="private" if private else "public",
        suites={name: digest for name, (_, digest) in private.items()} if private else study.suites,
        study=study.sha256,
        seeds=study.manifest.study.seeds,
        budget=arms[0].budget,
        gateway=arms[0].gateway and arms[0].gateway.sha256,
        versions=_versions(study.provenances[-1], done),
        made=now(),
        report=report,
        score=scores_of(lines),
        lines=lines,
    )


def chain_head(run: RunDirectory) -> str:
    """The SHA-256 of the last line of an event log. Raises `BadInput` where the chain before it is broken."""
    run.entries()
    return hashlib.sha256(read_lines(run.events_path)[0][-1]).hexdigest()


def interpretation_hash(run: RunDirectory) -> str | None:
    """The SHA-256 of what was handed in; None where nothing was."""
    path = run.path / "interpretation.json"
    return hashlib.sha256(read_capped(path, MAX_JSON_BYTES)).hexdigest() if path.exists() else None


def _commitments(functions: tuple[str, ...]) -> dict[str, tuple[Commitments, str]]:
    """By suite, what was published beforehand, and its hash; empty where every function is public."""
    homes = {Path(function).parent.parent if function.endswith(".json") else None for function in functions}
    files = {home: home / COMMITMENTS for home in homes if home is not None and (home / COMMITMENTS).is_file()}
    if files and len(files) < len(homes):
        raise BadInput("The study mixes functions of a private suite with others: run them apart.")
    found = {}
    for path in files.values():
        content = read_capped(path, MAX_JSON_BYTES)
        commitments = Commitments.model_validate_json(content)
        found[commitments.suite] = commitments, hashlib.sha256(content).hexdigest()
    return found


def _line(row: Row, run: RunDirectory, private: dict[str, tuple[Commitments, str]]) -> Line:
    function, target = row.function, row.target_sha256
    if private:
        function = "/".join(Path(row.function).with_suffix("").parts[-2:])
        target = next(c.sha256[function] for c, _ in private.values() if function in c.sha256)
    return Line(
        function=function,
        category=row.category,
        target=target,
        seed=row.seed,
        outcome=row.outcome,
        score=row.score,
        code=row.code,
        description=row.description,
        queries=row.queries,
        cost=row.cost,
        chain=chain_head(run),
        interpretation=interpretation_hash(run),
    )


def _versions(provenance: Provenance, rows: list[Row]) -> Versions:
    isolation = provenance.isolation
    return Versions(
        inquest=provenance.version,
        code=provenance.code,
        dependencies=provenance.dependencies,
        judges=tuple(sorted({j for row in rows for j in (row.code_judge, row.description_judge) if j})),
        python=provenance.python,
        machine=provenance.machine,
        sandbox=f"{isolation.engine}/{isolation.runtime}",
    )
