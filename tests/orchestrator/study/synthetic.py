"""A large study that nobody ran: rows drawn from a seed, for everything that only reads rows."""

from pathlib import Path

import numpy as np

from functions.brief import Category
from judges.grade import Outcome
from orchestrator.study.config import StudyConfig
from orchestrator.study.directory import StudyDirectory, StudyFile
from orchestrator.study.manifest import Cell, Manifest, Traits
from orchestrator.study.row import Row
from tests.orchestrator.fakes import FAKE, provenance

ARMS = {"all-roles": 0.0, "no-planner": -0.06, "no-critic": -0.01, "few-queries": -0.2}
CONFIG = StudyConfig.model_validate(
    {
        "name": "synthetic",
        "description": "Four teams whose scores were drawn, not earned.",
        "functions": ["fake@1"],
        "seeds": range(5),
        "arms": [
            {"name": "all-roles"},
            {"name": "no-planner", "team": "planner=none"},
            {"name": "no-critic", "team": "critic=none"},
            {"name": "few-queries", "budget": {"queries": 25}},
        ],
    }
)
CONFIG_BUDGETS = {arm.name: arm.budget.queries for arm in CONFIG.arms}


def synthetic(directory: Path, functions: int = 100, hostile: str = "") -> StudyDirectory:
    """Four arms x five seeds x `functions`; a few audits fail in each way. `hostile` is put where agents' words are."""
    directory.mkdir(parents=True, exist_ok=True)
    dice = np.random.default_rng(1)
    cells, rows = [], []
    for index in range(functions):
        kind = list(Category)[index % 4]
        traits = Traits(
            category=kind,
            tier=("easy", "hard")[index % 2],
            noisy=index % 3 == 0,
            corrupted=index % 5 == 0,
            composed=index < 40,
        )
        ability = dice.beta(8, 1) if dice.random() < 0.6 else dice.beta(1, 2)
        for seed in CONFIG.seeds:
            for arm, shift in ARMS.items():
                audit = f"{len(cells):016x}"
                cell = Cell(
                    audit=audit,
                    arm=arm,
                    function=f"fake@1/{kind}/{index:04d}",
                    target_sha256=f"{index:064x}",
                    seed=seed,
                    traits=traits,
                )
                cells.append(cell)
                rows.append(_row(cell, float(np.clip(ability + shift + dice.normal(0, 0.05), 0, 1)), dice, hostile))
    manifest = Manifest(study=CONFIG, cells=tuple(cells))
    home = StudyDirectory(directory)
    study = StudyFile(
        sha256=manifest.sha256, manifest=manifest, suites={"fake@1": "0" * 64}, provenances=(provenance(FAKE),)
    )
    home.write_study(study)
    home.append(*rows)
    return home


def _row(cell: Cell, score: float, dice: np.random.Generator, hostile: str) -> Row:
    fate = dice.random()
    outcome = Outcome.AGENT_FAILED if fate < 0.02 else Outcome.INFRASTRUCTURE if fate < 0.03 else Outcome.GRADED
    graded, failed = outcome is Outcome.GRADED, outcome is Outcome.AGENT_FAILED
    seconds = dice.exponential(2.0, 4).round(3).tolist()
    return Row.model_validate(
        cell.model_dump(exclude={"traits"})
        | cell.traits.model_dump()
        | {
            "outcome": outcome,
            "cause": "" if graded else f"The {'experimenter failed' if failed else 'engine broke'}.{hostile}",
            "score": score if graded else 0.0 if failed else None,
            "code": score if graded else 0.0 if failed else None,
            "description": score**2 if graded else 0.0 if failed else None,
            "legacy_indicator": float(score > 0.5) if graded else 0.0 if failed else None,
            "code_judge": "agreement@1",
            "description_judge": "claims@1",
            "queries": 50,
            "query_budget": CONFIG_BUDGETS[cell.arm],
            "cost": 0.0,
            "wall_s": sum(seconds),
            "agents_s": seconds[0],
            "experiments_s": seconds[1],
            "grading_s": seconds[2],
            "rest_s": seconds[3],
            "lab_cpu_s": seconds[1],
            "containers_cpu_s": 3 * seconds[1],
            "host_cpu_s": seconds[0],
            "host_agents_cpu_s": seconds[0] / 2,
            "host_grading_cpu_s": seconds[0] / 4,
        }
    )
