"""The result of one audit as one flat record: a line of `results.jsonl`, a row of every table.

A row follows from the audit's run directory, but for `attempts` and what the process that ran it alone knows: its
processor seconds, and its containers'.
"""

import hashlib
from collections.abc import Sequence
from itertools import pairwise

from pydantic import Field, NonNegativeFloat, NonNegativeInt

from functions.brief import Category, Record
from judges.grade import Grade, Outcome, Unit
from orchestrator.events import Ended, Entry, Experiment, Graded, Resumed, Said, SubmissionStarted, Submitted
from orchestrator.files import read_capped
from orchestrator.result import AuditResult
from orchestrator.rundir import MAX_JSON_BYTES, RunDirectory
from orchestrator.study.config import JudgeName
from orchestrator.study.manifest import Cell
from orchestrator.study.processor import HostCpu

FILES = ("audit.json", "events.jsonl", "queries.jsonl", "interpretation.json", "grade.json")
"""What an audit leaves and `study verify` looks at. Pages and pictures are made from these."""


class Row(Record):
    """One audit of a study. Scores are in 0..1, None where there is none; times are in seconds.

    `score` is the mean over the study's judges; a team that failed scores 0; infrastructure, unscored and ungraded
    audits have no score. `files` holds the SHA-256 of each file of the run directory.
    """

    audit: str
    arm: str
    function: str
    category: Category
    tier: str = ""
    noisy: bool
    corrupted: bool
    composed: bool
    target_sha256: str
    seed: int
    outcome: Outcome
    cause: str = ""
    ending: str = ""
    score: Unit | None = None
    code: Unit | None = None
    description: Unit | None = None
    legacy_indicator: Unit | None = None
    code_judge: str = ""
    description_judge: str = ""
    queries: NonNegativeInt = 0
    query_budget: NonNegativeInt
    experiments: NonNegativeInt = 0
    turns: NonNegativeInt = 0
    calls: NonNegativeInt = 0  # of models
    tokens: NonNegativeInt = 0
    cost: NonNegativeFloat | None = None  # US dollars; None: unknown
    wall_s: NonNegativeFloat = 0.0
    agents_s: NonNegativeFloat = 0.0
    experiments_s: NonNegativeFloat = 0.0
    grading_s: NonNegativeFloat = 0.0
    rest_s: NonNegativeFloat = 0.0
    lab_cpu_s: NonNegativeFloat = 0.0
    containers_cpu_s: NonNegativeFloat | None = None  # the experiments' in them; None: not seen
    host_cpu_s: NonNegativeFloat | None = None  # None: its process was lost before it could say
    host_agents_cpu_s: NonNegativeFloat | None = None
    host_grading_cpu_s: NonNegativeFloat | None = None
    attempts: NonNegativeInt = 1
    files: dict[str, str] = Field(default_factory=dict)

    @property
    def host_cpu(self) -> HostCpu | None:
        """What the process that audited spent, by what it was for; None where that is not known."""
        if self.host_cpu_s is None:
            return None
        agents, grading = self.host_agents_cpu_s or 0.0, self.host_grading_cpu_s or 0.0
        return HostCpu(agents=agents, grading=grading, rest=max(0.0, round(self.host_cpu_s - agents - grading, 4)))

    @property
    def is_scored(self) -> bool:
        """Is it in the denominator?"""
        return self.score is not None

    @property
    def is_final(self) -> bool:
        """Would the same command leave it alone? Infrastructure is tried again when a person says so."""
        return self.outcome is not Outcome.INFRASTRUCTURE


def row_of(
    cell: Cell,
    result: AuditResult,
    judges: Sequence[JudgeName],
    *,
    query_budget: int,
    classical: bool,
    host_cpu: HostCpu | None = None,
    containers_cpu_s: float | None = None,
    attempts: int = 1,
) -> Row:
    """The row of an audit that came to an end, or to a failure of infrastructure, in its run directory."""
    run, figures = RunDirectory(result.run), result.figures
    entries = run.entries()
    return Row.model_validate(
        _identity(cell, query_budget)
        | _judges(result.grade)
        | where_time_went(entries)
        | {
            "outcome": result.outcome,
            "cause": result.cause[:500],
            "ending": result.ending.value if result.ending else "",
            "score": score_of(result, judges),
            "code": figures.get("code.score"),
            "description": figures.get("description.score"),
            "legacy_indicator": figures.get("code.legacy_indicator"),
            "queries": int(figures["queries.used"]),
            "experiments": int(figures["experiments.run"]),
            "turns": int(figures["turns.taken"]),
            "calls": int(figures.get("model.calls", 0)),
            "tokens": int(figures.get("model.tokens", 0)),
            "cost": 0.0 if classical else figures.get("model.cost"),
            "wall_s": figures["seconds.wall"],
            "lab_cpu_s": round(sum(e.event.result.usage.cpu_s for e in entries if isinstance(e.event, Experiment)), 4),
            "containers_cpu_s": containers_cpu_s if containers_cpu_s is None else round(containers_cpu_s, 4),
            "host_cpu_s": host_cpu and round(host_cpu.total, 4),
            "host_agents_cpu_s": host_cpu and host_cpu.agents,
            "host_grading_cpu_s": host_cpu and host_cpu.grading,
            "attempts": attempts,
            "files": fingerprints(run),
        }
    )


def lost_row(cell: Cell, cause: str, *, query_budget: int, attempts: int) -> Row:
    """The row of an audit whose process was lost each time. It has no score, and the same command tries again."""
    said = {"outcome": Outcome.INFRASTRUCTURE, "cause": cause[:500], "attempts": attempts}
    return Row.model_validate(_identity(cell, query_budget) | said)


def score_of(result: AuditResult, judges: Sequence[JudgeName]) -> float | None:
    """The mean over `judges`; 0 where the team failed; None where any of them has not spoken."""
    if result.outcome is Outcome.AGENT_FAILED:
        return 0.0
    if result.outcome is not Outcome.GRADED:
        return None
    names = {"code": "code.score", "description": "description.score"}
    scores = [result.figures.get(names[judge]) for judge in judges]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if len(known) == len(scores) else None


def where_time_went(entries: Sequence[Entry]) -> dict[str, float]:
    """Split the clocks of an event log into the fields of a row, up to the first grade, without pauses between lives.

    `agents_s`: turns without their experiments; `rest_s`: the orchestrator's own, and the opening of sandboxes.
    """
    spent = {"agents_s": 0.0, "experiments_s": 0.0, "grading_s": 0.0, "rest_s": 0.0}
    for before, entry in pairwise(entries):
        took = max(0.0, entry.at - before.at)
        match entry.event:
            case Resumed():
                continue
            case Experiment():
                inside = min(took, entry.event.result.usage.wall_s)
                spent["experiments_s"] += inside
                spent["agents_s"] += took - inside
            case Said() | Submitted():
                spent["agents_s"] += took
            case Ended() if isinstance(before.event, SubmissionStarted):
                spent["agents_s"] += took
            case Graded():
                spent["grading_s"] += took
                break
            case _:
                spent["rest_s"] += took
    return {name: round(seconds, 4) for name, seconds in spent.items()}


def fingerprints(run: RunDirectory) -> dict[str, str]:
    """SHA-256 of each file of the run that is there."""
    there = [name for name in FILES if (run.path / name).is_file()]
    return {name: hashlib.sha256(read_capped(run.path / name, 8 * MAX_JSON_BYTES)).hexdigest() for name in there}


def _identity(cell: Cell, query_budget: int) -> dict[str, object]:
    meant = cell.model_dump(exclude={"traits"})
    return meant | cell.traits.model_dump() | {"query_budget": query_budget}


def _judges(grade: Grade | None) -> dict[str, object]:
    said = {"code_judge": grade and grade.code, "description_judge": grade and grade.description}
    return {name: f"{by.judge.name}@{by.judge.version}" for name, by in said.items() if by}
