"""Descriptions that people wrote freely, of known worth: read, and graded by any judge.

`python -m judges.calibration.free FILE..` prints what the offline judge makes of them.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from functions.brief import Record
from functions.errors import BadInput
from functions.suites import resolve
from judges.calibration.measure import auc
from judges.grade import DescriptionGrade, Outcome, Unit
from judges.judge import DescriptionJudge

FOLDER = Path(__file__).parent
TRAINING = (FOLDER / "free" / "written@1.jsonl", FOLDER / "free" / "written@2.jsonl")
HELD_OUT = FOLDER / "heldout"
RIGHT, WRONG = 0.75, 0.25  # qualities: what is between is neither


class Written(Record):
    """One description: of which function, how right it is, and what is wrong with it."""

    function: Annotated[str, Field(pattern=r"^[\w@.-]+/\w+/\w+$")]
    text: str
    quality: Unit
    fault: str


class Graded(Record):
    """A description with its grade."""

    written: Written
    grade: DescriptionGrade


def read_written(path: Path) -> tuple[Written, ...]:
    """The descriptions in a file. Raises `BadInput` that names a line that is none."""
    found: list[Written] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            found.append(Written.model_validate_json(line))
        except ValidationError as error:
            raise BadInput(f"{path.name}, line {number} is no description: {error.errors()[0]['msg']}.") from None
    return tuple(found)


def training() -> tuple[Written, ...]:
    """What the offline judge was trained on."""
    return tuple(text for path in TRAINING for text in read_written(path))


def held_out() -> tuple[Written, ...]:
    """What somebody wrote who had not seen the readers; empty where that is not there."""
    return tuple(text for path in sorted(HELD_OUT.glob("*.jsonl")) for text in read_written(path))


def grade_written(judge: DescriptionJudge, texts: Iterable[Written]) -> tuple[Graded, ...]:
    """Each with its grade."""
    return tuple(Graded(written=w, grade=judge.judge(resolve(w.function), w.text)) for w in texts)


def figures_of(graded: Sequence[Graded], name: str) -> dict[str, float]:
    """`auc.NAME`, the same by category and by kind of fault, and the share of texts that the judge could not grade.

    The chance that a right text scores above a wrong one. One that is unscored counts as its headline says: as 0.
    """
    right: defaultdict[str, list[float]] = defaultdict(list)
    wrong: defaultdict[str, list[float]] = defaultdict(list)
    faults: defaultdict[str, list[float]] = defaultdict(list)
    for each in graded:
        category, quality, score = each.written.function.split("/")[1], each.written.quality, each.grade.headline
        if quality >= RIGHT:
            right[category].append(score)
        elif quality <= WRONG:
            wrong[category].append(score)
        if each.written.fault != "none" and quality < RIGHT:
            faults[each.written.fault].append(score)
    good = [score for scores in right.values() for score in scores]
    figures = {f"auc.{name}": auc(good, [score for scores in wrong.values() for score in scores])}
    figures |= {f"auc.{name}.{c}": auc(right[c], wrong[c]) for c in sorted(right) if wrong[c]}
    figures |= {f"auc.{name}.{fault}": auc(good, scores) for fault, scores in sorted(faults.items())}
    abstained = sum(each.grade.outcome is Outcome.UNSCORED for each in graded) / len(graded)
    figures |= {f"abstained.{name}": abstained, f"texts.{name}": float(len(graded))}
    return {key: round(value, 4) for key, value in figures.items()}


def written_figures(judge: DescriptionJudge) -> dict[str, float]:
    """`auc.free` of what is held out, and the same of what the offline judge was trained on as `auc.trained`."""
    figures = figures_of(grade_written(judge, training()), "trained")
    texts = held_out()
    return figures | figures_of(grade_written(judge, texts), "free") if texts else figures


def main(paths: Sequence[str]) -> None:
    """Grade the descriptions in files by the offline judge, and print the figures with the hash of each file."""
    from judges.description import ClaimsJudge

    for path in map(Path, paths):
        figures = figures_of(grade_written(ClaimsJudge(), read_written(path)), "free")
        digest = sha256(path.read_bytes()).hexdigest()
        print(json.dumps({"file": path.name, "sha256": digest, "figures": figures}, indent=1))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
