"""What a receipt says: who was graded on what, under which versions, and how every audit ended. Pure."""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import fmean
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, NonNegativeFloat, NonNegativeInt

from functions.brief import Category, Record
from functions.identity import canonical_json
from judges.grade import Outcome, Unit
from orchestrator.budget import Budget
from orchestrator.study.results import ALL
from orchestrator.study.statistics import Interval, mean_interval

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256."""

Words = Annotated[str, Field(max_length=200)]
Split = Literal["public", "private"]


class Line(Record):
    """One audit. `function` is `suite/category/id`; of a private suite `category/id`, and the suite is not named.

    `target` is the SHA-256 of the spec; of a private suite it is the published commitment, which tells nothing before
    the suite is revealed. `chain` is the SHA-256 of the last line of the event log, and so stands for all of it.
    """

    function: Words
    category: Category
    target: Digest
    seed: NonNegativeInt
    outcome: Outcome
    score: Unit | None
    code: Unit | None
    description: Unit | None
    queries: NonNegativeInt
    cost: NonNegativeFloat | None
    chain: Digest
    interpretation: Digest | None


class Versions(Record):
    """On what it ran: SHA-256 of the sources and of the installed packages, the judges, the sandbox, the machine."""

    inquest: Words
    code: Digest
    dependencies: Digest
    judges: tuple[Words, ...]
    python: Words
    machine: Words
    sandbox: Words


class Receipt(Record):
    """The result of one team on one set of functions. `suites` maps names to the SHA-256 of their manifests; a
    private one is the SHA-256 of its `commitments.json`. `gateway` is that of what it could ask language models, None
    where it could ask none. `score` has the key `all` and one for each category."""

    version: Literal[1] = 1
    team: Words
    subject: Words  # the image, NAME@sha256:..., or who filled the roles
    split: Split
    suites: Annotated[dict[Words, Digest], Field(max_length=8)]  # each is made again by whoever checks
    study: Digest
    seeds: tuple[NonNegativeInt, ...]
    budget: Budget
    gateway: Digest | None = None
    versions: Versions
    made: AwareDatetime
    report: Words = ""
    score: dict[Words, Interval]
    lines: Annotated[tuple[Line, ...], Field(max_length=50_000)]

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """How many audits ended in each way."""
        return {o: n for o in Outcome if (n := sum(line.outcome is o for line in self.lines))}

    @property
    def queries(self) -> float:
        """The mean number of queries of an audit."""
        return fmean(line.queries for line in self.lines) if self.lines else 0.0

    @property
    def cost(self) -> float | None:
        """US dollars of all audits; None where one is unknown."""
        costs = [line.cost for line in self.lines]
        return None if any(cost is None for cost in costs) else math.fsum(cost or 0.0 for cost in costs)


class Signed(Record):
    """A receipt with the public key and the signature (hex) over its canonical JSON."""

    receipt: Receipt
    key: Digest
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]

    @property
    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        return canonical_json(self.receipt).encode()


def scores_of(lines: Sequence[Line]) -> dict[str, Interval]:
    """The score with its interval over all functions and by category; each function is the mean over its seeds."""
    categories = sorted({line.category.value for line in lines})
    parts = {ALL: lines} | {c: [line for line in lines if line.category == c] for c in categories}
    return {part: mean_interval(_by_function(of_part)) for part, of_part in parts.items()}


def now() -> datetime:
    """To the second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def _by_function(lines: Iterable[Line]) -> list[float]:
    scores: dict[str, list[float]] = {}
    for line in lines:
        if line.score is not None:
            scores.setdefault(line.target, []).append(line.score)
    return [fmean(of_one) for of_one in scores.values()]
