"""Arms by the names that people give them on the command line: `DIRECTORY`, `DIRECTORY:ARM`."""

from pathlib import Path

from functions.errors import BadInput
from orchestrator.study.compare import Comparison, Figure, compare
from orchestrator.study.load import load_study
from orchestrator.study.row import Row


def compare_arms(first: str, second: str, figure: Figure = "score") -> tuple[Comparison, ...]:
    """Second minus first. Raises `BadInput` for what is no arm of a study, and where nothing pairs."""
    (name, ours), (other, theirs) = find_arm(first), find_arm(second)
    names = (name, other) if name != other else (first, second)
    return compare(ours, theirs, names, figure)


def compare_within(directory: Path, figure: Figure = "score") -> tuple[Comparison, ...]:
    """Every arm of a study against its reference. Raises `BadInput` where there is nothing to compare."""
    results = load_study(directory)
    found = results.compare(figure)
    if not found:
        reference = results.study.manifest.study.reference_arm
        raise BadInput(f"In {directory} no arm shares a scored function and seed with {reference}.")
    return found


def find_arm(name: str) -> tuple[str, list[Row]]:
    """An arm and its rows. `DIRECTORY` alone will do where the study has one arm."""
    directory, _, arm = (name, "", "") if Path(name).is_dir() else name.rpartition(":")
    results = load_study(directory or name)
    arms = [a.name for a in results.study.manifest.study.arms]
    arm = arm or (arms[0] if len(arms) == 1 else "")
    if arm not in arms:
        raise BadInput(f"{name} names no arm. Write DIRECTORY:ARM, with one of: {', '.join(arms)}.")
    return arm, [row for row in results.rows if row.arm == arm]
