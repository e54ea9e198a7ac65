"""Run directories for the tests of reports: small, whole, and made from records alone."""

import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from functions.brief import Brief, Category, Claim, Interpretation, Interval, Noise, NoiseKind, Region
from judges.grade import ClaimVerdict, CodeGrade, DescriptionGrade, Grade, Judge, Outcome, RegionScore
from judges.truth import FloatArray, IntArray
from orchestrator.budget import Budget, Ending
from orchestrator.config import AuditConfig, Team
from orchestrator.events import GENESIS, AuditStarted, Ended, Entry, Event, Experiment, Graded, Said, TurnStarted
from orchestrator.provenance import Provenance
from orchestrator.report.curves import record_curves
from orchestrator.roles.messages import (
    Counterexample,
    Critique,
    Evidence,
    Hypothesis,
    Measurement,
    Message,
    Plan,
    RoleName,
    Standing,
)
from orchestrator.rundir import AuditFile
from sandbox.client import Answer, ExperimentResult, Isolation, QueryRecord, Status, Usage

ISOLATION = Isolation(
    engine="docker",
    runtime="runc",
    image_digests=("sha256:" + "ab" * 32,),
    promises=("no network", "memory is limited"),
    not_promised=("a separate kernel",),
)
PROVENANCE = Provenance(
    version="0.1.0", code="c" * 64, dependencies="d" * 64, python="3.11.2", machine="Linux x86_64", isolation=ISOLATION
)


class Wave:
    """A truth: 3 sin(x / 5), but 2 ln(x - 20) on [15, 40]: undefined up to 20."""

    sha256 = "e" * 64
    domain = Interval(low=-60.0, high=60.0)
    noise = Noise(kind=NoiseKind.GAUSSIAN, scale=0.3)
    irregular = (Interval(low=15.0, high=40.0),)

    def evaluate(self, x: FloatArray, /) -> FloatArray:
        with np.errstate(invalid="ignore", divide="ignore"):
            inside = 2 * np.log(x - 20)
        return np.where((x >= 15) & (x <= 40), np.where(x > 20, inside, np.nan), 3 * np.sin(x / 5))

    def sample(self, x: FloatArray, _asked_before: IntArray, _secret: bytes, /) -> FloatArray:
        return self.evaluate(x)

    def describe(self, _phrasing: int = 0, /) -> str:
        return "A sine of amplitude 3 and frequency 0.2; between 15 and 40 it is a logarithm instead."

    def claims(self) -> tuple[Claim, ...]:
        return ()


class NearlyRight:
    """A candidate runner whose candidate knows the wave, ends the region at 36, and raises beyond 58."""

    isolation = ISOLATION

    def __init__(self) -> None:
        self.asked: list[tuple[str, float | str]] = []

    def evaluate(self, code: str, inputs: Sequence[float | str]) -> tuple[Answer, ...]:
        self.asked.extend((code, x) for x in inputs)
        return tuple(self._one(float(x)) for x in inputs)

    def _one(self, x: float) -> Answer:
        if x > 58:
            return Answer(error="ValueError: too far")
        value = 3 * math.sin(x / 5) if x < 15 or x > 36 else 2 * math.log(x - 20) if x > 20 else None
        return Answer(value=value)

    def close(self) -> None: ...

    def __enter__(self) -> "NearlyRight":
        return self

    def __exit__(self, *_: object) -> None: ...


CODE = "import numpy as np\n\ndef function(x):\n    # the wave\n    return 3 * np.sin(0.2 * x)\n"
SAID = Interpretation(
    description="A sine wave of amplitude 3 and frequency 0.2. Between 15 and 36 it is replaced by a logarithm.",
    code=CODE,
    regions=(Region(where=Interval(low=15.0, high=36.0), behaviour="a logarithm"),),
    noise=Noise(kind=NoiseKind.GAUSSIAN, scale=0.31),
)


def config() -> AuditConfig:
    """One audit of the wave."""
    return AuditConfig(
        function="demo/numeric/0007",
        target={"category": "numeric", "family": "sine", "amplitude": 3.0},
        target_sha256="e" * 64,
        brief=Brief(category=Category.NUMERIC, input_type="float", domain=Wave.domain, query_budget=100),
        team=Team(),
        budget=Budget(),
        seed=1,
    )


def hypotheses(round_: int) -> tuple[Hypothesis, ...]:
    """Belief moves from a line to a wave, and from the plain wave to the corrupted one."""
    wrong = Counterexample(input=-20.0, expected=0.1, observed=2.27, tolerance=0.9)
    line = Hypothesis(id="H1", statement="A straight line: 0.01 x", code=CODE, support=(0.55, 0.02, 0.0)[round_])
    wave = Hypothesis(id="H2", statement="A sine of amplitude 3", code=CODE, support=(0.45, 0.9, 0.05)[round_])
    both = Hypothesis(id="H3", statement="A sine; a logarithm on [15, 36]", code=CODE, support=(0, 0.08, 0.95)[round_])
    if round_:
        line = line.model_copy(update={"standing": Standing.REFUTED, "refuted_by": (wrong,)})
    return ((line, wave), (wave, both, line), (both, wave))[round_]


def queries() -> tuple[QueryRecord, ...]:
    """Six batches of ten: five from the experimenter, the last from the critic; one answer is undefined."""
    x = np.linspace(-59, 59, 60)
    values = Wave().evaluate(x) + 0.3 * np.sin(40 * x)
    answers = [None if math.isnan(v) else float(v) for v in values]
    return tuple(
        QueryRecord(seq=i, inputs=tuple(x[i::6].tolist()), outputs=tuple(answers[i::6]), new=10) for i in range(6)
    )


def events() -> list[Event]:
    """Three rounds of planner, experimenter and critic."""
    told: list[Event] = [AuditStarted(audit=config().id, provenance=PROVENANCE)]
    for round_ in range(3):
        last = round_ == 2
        measured = Measurement(design="survey", queries=20, low=-60.0, high=60.0, why="to see the whole domain")
        plan = Plan(question="What does it look like over the whole domain?", measurements=(measured,), alive=("H1",))
        evidence = Evidence(
            summary="Twenty fresh points; the sine explains them within the noise.",
            hypotheses=hypotheses(round_),
            noise=SAID.noise,
            interpretation=SAID,
            data={"residual": 0.31, "fits": ["sine", "linear"]},
        )
        critique = Critique(
            hypothesis=hypotheses(round_)[0].id,
            verdict="accept" if last else "revise",
            attacks=("far out: holds", "between samples: fails" if not last else "between samples: holds"),
            counterexamples=() if last else (Counterexample(input=30.0, expected=-0.84, observed=4.6, tolerance=0.9),),
            reason="No fresh query contradicts it." if last else "It fails at 30.",
        )
        turns: list[tuple[RoleName, Message]] = [
            (RoleName.PLANNER, plan),
            (RoleName.EXPERIMENTER, evidence),
            (RoleName.CRITIC, critique),
        ]
        for at, (role, message) in enumerate(turns, start=3 * round_):
            told.append(TurnStarted(turn=at, role=role, remaining=100 - 20 * round_))
            if role is not RoleName.PLANNER:
                told.append(experiment(at, role, round_))
            told.append(Said(turn=at, role=role, message=message))
    told.append(Ended(turn=9, reason=Ending.ACCEPTED))
    told.append(Graded(outcome=Outcome.GRADED, figures={"code.score": 0.91}))
    return told


def experiment(turn: int, role: RoleName, round_: int, **result: object) -> Experiment:
    """One experiment; the critic's use the odd batches."""
    batch = 2 * round_ + (role is RoleName.CRITIC)
    fields: dict[str, object] = {
        "status": Status.OK,
        "stdout": '{"rms": 0.31}\n',
        "queries_used": 10,
        "usage": Usage(wall_s=0.004, cpu_s=0.003),
    }
    return Experiment(
        turn=turn,
        index=0,
        role=role,
        purpose="fit families to what is known",
        code="from lab import oracle\n\nprint(oracle.query([1.0, 2.0]))\n",
        result=ExperimentResult.model_validate(fields | result),
        first_batch=batch,
        end_batch=batch + 1,
        remaining=90 - 20 * round_,
    )


def grade() -> Grade:
    """A good grade with one contradicted claim."""
    sine = Claim(kind="family", about="base", name="sine", text="The base is a sine.")
    bound = Claim(kind="interval", about="region", low=15.0, high=40.0, text="It is corrupted on [15, 40].")
    said = Claim(kind="interval", about="region", low=15.0, high=36.0)
    return Grade(
        outcome=Outcome.GRADED,
        code=CodeGrade(
            judge=Judge(name="code", version="1"),
            outcome=Outcome.GRADED,
            score=0.91,
            agreement=0.93,
            base_agreement=0.999,
            baseline=0.21,
            baseline_name="interpolation",
            legacy_indicator=0,
            regions=(
                RegionScore(region="base", inputs=100, agreement=0.999, baseline=0.3),
                RegionScore(region="corrupted", inputs=60, agreement=0.81, baseline=0.1),
            ),
            errors=("ValueError: too far",),
            error_rate=0.02,
        ),
        description=DescriptionGrade(
            judge=Judge(name="claims", version="1"),
            outcome=Outcome.GRADED,
            recall=0.5,
            precision=0.5,
            f1=0.5,
            true_claims=(
                ClaimVerdict(claim=sine, verdict="supported", found="A sine wave"),
                ClaimVerdict(claim=bound, verdict="contradicted", found="Between 15 and 36"),
            ),
            made_claims=(ClaimVerdict(claim=said, verdict="contradicted"),),
        ),
        truth=Wave().describe(),
    )


def write_events(directory: Path, told: Sequence[Event]) -> None:
    """A chained log, one event a second."""
    lines: list[bytes] = []
    prev = GENESIS
    for seq, event in enumerate(told):
        entry = Entry(seq=seq, prev=prev, at=1_000_000.0 + seq, event=event)
        lines.append(entry.model_dump_json().encode())
        prev = hashlib.sha256(lines[-1]).hexdigest()
    (directory / "events.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def write_whole(directory: Path, said: Interpretation = SAID) -> Path:
    """A finished run in `directory`, which is made."""
    directory.mkdir(parents=True, exist_ok=True)
    audit = AuditFile(id=config().id, config=config(), provenance=PROVENANCE)
    curves = record_curves(Wave(), said, NearlyRight())
    records: dict[str, BaseModel] = {
        "audit.json": audit,
        "interpretation.json": said,
        "grade.json": grade(),
        "curves.json": curves,
    }
    for name, record in records.items():
        (directory / name).write_text(record.model_dump_json())
    (directory / "queries.jsonl").write_text("".join(q.model_dump_json() + "\n" for q in queries()))
    write_events(directory, events())
    return directory


def edit(path: Path, **changes: object) -> None:
    """Change fields of a JSON file."""
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
