"""A study of classical teams in this process, without sandboxes: less processor time, and the same statistics.

    python -m tests.orchestrator.study_bench STUDY --out FILE [--only PATTERN]

does the audits of STUDY, a TOML file or a ready-made study, that FILE does not have yet, adds a row for each to FILE,
and prints scores by category and tier, and every arm against the reference.
"""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

from functions.suites import resolve
from judges.judge import grade_audit
from orchestrator.study.compare import against_reference, by_category
from orchestrator.study.config import read_study
from orchestrator.study.manifest import Cell, Manifest, expand, suite_members
from orchestrator.study.results import summarise
from orchestrator.study.row import Row
from tests.orchestrator.any_lab import AnyLab, investigate_any
from tests.orchestrator.in_process import InProcess


def audited(cell: Cell, manifest: Manifest) -> Row:
    """One audit, graded by the code judge and the offline judge of descriptions."""
    arm, spec = manifest.arm(cell.arm), resolve(cell.function)
    lab = AnyLab(spec, arm.budget.queries, cell.seed)
    transcript = asyncio.run(investigate_any(lab, arm.parsed_team, arm.budget.turns))
    said = transcript.evidence
    assert said is not None
    grade = grade_audit(spec, said.interpretation, InProcess(), query_budget=arm.budget.queries)
    code = grade.code.score if grade.code else None
    description = grade.description.headline if grade.description else None
    return Row(
        **cell.traits.model_dump(),
        **cell.model_dump(exclude={"traits"}),
        outcome=grade.outcome,
        score=None if code is None or description is None else (code + description) / 2,
        code=code,
        description=description,
        queries=len(lab.x),
        query_budget=arm.budget.queries,
        turns=len(transcript.turns),
    )


def tables(manifest: Manifest, rows: Sequence[Row]) -> Iterator[str]:
    """Scores by arm, category and tier; then differences from the reference with 95 % intervals over functions."""
    for category in sorted({row.category for row in rows}):
        for tier in ("", *sorted({row.tier for row in rows})):
            for arm in manifest.study.arms:
                inside = [r for r in rows if (r.arm, r.category) == (arm.name, category) and tier in ("", r.tier)]
                if inside:
                    group = summarise(arm.name, category, inside, len(inside))
                    yield f"{category} {tier or 'all'} {arm.name}: {group.score.estimate:.3f} (n = {group.score.n})"
    for figure in ("score", "code"):
        for c in (*by_category(manifest.study, rows, figure), *against_reference(manifest.study, rows, figure)):
            low, high = c.difference.interval.lo or 0.0, c.difference.interval.hi or 0.0
            span = f"({low:+.3f} to {high:+.3f}), n = {c.difference.interval.n}, p = {c.difference.p:.4f}"
            yield f"{figure} {c.part} {c.second}: {c.difference.interval.estimate:+.3f} {span}, Holm {c.p_holm:.4f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", action="append", default=[])
    given = parser.parse_args(arguments)
    manifest = expand(read_study(given.study), resolve, suite_members)
    lines = given.out.read_text().splitlines() if given.out.exists() else []
    rows = {row.audit: row for row in map(Row.model_validate_json, lines)}
    chosen = manifest.chosen(given.only, None, None)
    with given.out.open("a") as out:
        for cell in chosen:
            if cell.audit not in rows:
                rows[cell.audit] = audited(cell, manifest)
                out.write(rows[cell.audit].model_dump_json() + "\n")
                out.flush()
    print("\n".join(tables(manifest, [rows[cell.audit] for cell in chosen])))  # noqa: T201


if __name__ == "__main__":
    main()
