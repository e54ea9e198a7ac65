"""Who picks one of several attempts: by fresh queries of the team's own, never by what a judge would say."""

import json
from collections.abc import Sequence

from functions.brief import Brief, Category, Exemplar, Interpretation, Record
from orchestrator.budget import AgentFailed
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical.findings import UnusableReportError, read
from orchestrator.roles.classical.scripts import bounds
from orchestrator.roles.messages import Evidence, Hypothesis, RoleName, Standing
from sandbox.client import Lab

_FRESH = {
    Category.NUMERIC: "LOW, HIGH = {low!r}, {high!r}\n"
    "fresh = [LOW + (HIGH - LOW) * ((n + 0.5) * 0.6180339887498949 % 1) for n in range({count})]\n",
    Category.STRING: "from toolkit import strings\n\n"
    "fresh = [x for x, _ in strings.attacks([x for x, _ in SEEN], {count})]\n",
    Category.ENTITY: "from toolkit import words\n\nfresh = [x for x, _ in words.neuron_attacks(SEEN, {count})]\n",
    Category.RELATION: "from toolkit import words\n\nfresh = [x for x, _ in words.relation_attacks(SEEN, {count})]\n",
}

_ASK = '''"""Ask what no attempt has asked."""

from lab import oracle, report

SEEN = {seen}
{fresh}
answers = oracle.query(fresh[: oracle.remaining]) if fresh else []
report({{"x": fresh[: len(answers)], "y": [None if y != y else y for y in answers]}})
'''

_FORETELL = '''"""How well does attempt {number} foretell the fresh answers? 0: every one; 1: none."""

from lab import report

FRESH = {fresh}

{code}


def loss(x, y):
    try:
        said = function(x)
    except Exception:
        return 1.0
    if y is None or isinstance(y, str):
        return float(said != y and not (y is None and said != said))
    return min(1.0, abs(said - y) / {spread!r}) if isinstance(said, (int, float)) and said == said else 1.0


report({{"loss": sum(loss(x, y) for x, y in FRESH) / len(FRESH)}})
'''


class Asked(Record):
    """Fresh inputs with their answers."""

    x: tuple[float | str, ...]
    y: tuple[float | str | None, ...]


class Foretold(Record):
    """The mean loss of one attempt on them, in 0..1."""

    loss: float


class Chooser:
    """Picks one of `attempts`. `seen` is what they all have asked."""

    name = RoleName.EXPERIMENTER

    def __init__(self, attempts: Sequence[Interpretation], seen: Sequence[Exemplar]) -> None:
        self._attempts, self._seen = attempts, seen

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:  # noqa: ARG002 - nobody else has spoken
        """The attempt that foretells fresh answers best; of equals the first. Raises `AgentFailed` for none at all."""
        if not any(attempt.code or attempt.description for attempt in self._attempts):
            raise AgentFailed(f"None of the {len(self._attempts)} attempts came to anything.")
        try:
            asked = read(await lab.run(asking(lab.brief, self._seen, lab.remaining), purpose="ask afresh"), Asked)
            losses = [await self._loss(number, asked, lab) for number in range(len(self._attempts))]
        except UnusableReportError as why:
            asked, losses = Asked(x=(), y=()), [0.0 if a.code else 1.0 for a in self._attempts]
            return self._evidence(losses, f"Nothing could be asked afresh: {why}.")
        return self._evidence(losses, f"{len(asked.x)} fresh answers.")

    async def _loss(self, number: int, asked: Asked, lab: Lab) -> float:
        """An experiment of its own for each: one that brings the lab down brings down only itself."""
        if not asked.x or not self._attempts[number].code:
            return 1.0
        script = foretelling(number + 1, self._attempts[number].code, asked)
        try:
            found = read(await lab.run(script, purpose=f"what does attempt {number + 1} foretell?"), Foretold)
        except UnusableReportError:
            return 1.0
        return min(1.0, max(0.0, found.loss))

    def _evidence(self, losses: Sequence[float], how: str) -> Evidence:
        ranked = sorted(range(len(losses)), key=lambda number: losses[number])
        best, total = ranked[0], sum(1 - loss for loss in losses) or 1.0
        told = ", ".join(f"{loss:.3g}" for loss in losses)
        return Evidence(
            summary=f"Attempt {best + 1} of {len(losses)}. {how} Mean losses of the attempts: {told}.",
            hypotheses=tuple(
                Hypothesis(
                    id=f"H{number + 1}",
                    statement=self._attempts[number].description,
                    code=self._attempts[number].code,
                    support=max(0.0, 1 - losses[number]) / total,
                    standing=Standing.SUPPORTED if number == best else Standing.OPEN,
                )
                for number in ranked
            ),
            regions=self._attempts[best].regions,
            noise=self._attempts[best].noise,
            interpretation=self._attempts[best],
        )


def asking(brief: Brief, seen: Sequence[Exemplar], count: int) -> str:
    """A script that asks `count` inputs unlike those that were `seen`, and reports an Asked."""
    low, high = bounds(brief)
    fresh = _FRESH[brief.category].format(low=low, high=high, count=count)
    return _ASK.format(seen=[(e.input, e.output) for e in seen], fresh=fresh)


def foretelling(number: int, code: str, asked: Asked) -> str:
    """A script that runs one attempt's code on fresh inputs, and reports Foretold."""
    numbers = [y for y in asked.y if isinstance(y, float)]
    middle = sum(numbers) / (len(numbers) or 1)
    spread = (sum((y - middle) ** 2 for y in numbers) / (len(numbers) or 1)) ** 0.5 or 1.0
    fresh = json.loads(json.dumps(list(zip(asked.x, asked.y, strict=True))))
    return _FORETELL.format(number=number, fresh=fresh, code=code, spread=spread)
