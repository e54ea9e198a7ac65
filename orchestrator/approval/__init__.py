"""Human oversight: code, plans or the final interpretation are shown before they count, and each decision is recorded.

`Overseer` asks an `Approver`: a person at the terminal (`approval.terminal`) or a policy file (`approval.policy`). What
is not approved is not run. A recorded decision is never asked for again.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from typing import Literal, Protocol

from functions.brief import Interpretation, Record
from functions.errors import BadInput
from orchestrator.budget import BudgetSpent, Ending
from orchestrator.events import Decided, Event
from orchestrator.roles.messages import Plan, RoleName

What = Literal["code", "plan", "final"]
KINDS: tuple[What, ...] = ("code", "plan", "final")


class Subject(Record):
    """What is to be decided about. `title` and `text` come from agents: show them as characters, escaped."""

    what: What
    role: RoleName
    title: str
    text: str


class Verdict(Record):
    """What was decided. `edit` comes with the code to run instead; `guidance` is for the team, in any case."""

    verdict: Literal["approve", "edit", "refuse", "stop", "timeout"]
    reason: str = ""
    code: str | None = None
    guidance: str = ""


class Approver(Protocol):
    """Whoever decides. `name` is written into the record."""

    @property
    def name(self) -> str: ...

    def decide(self, subject: Subject) -> Verdict:
        """Decide; called in a thread of its own, and may take its time."""
        ...

    def close(self) -> None:
        """Give up deciding: a `decide` under way returns soon."""
        ...


class Refused(Record):
    """Not run, and why. The agent reads it."""

    reason: str


class Overseer:
    """Asks for each kind of thing in `kinds`, records what was decided, and serves what was decided before."""

    def __init__(
        self,
        kinds: Iterable[What],
        approver: Approver | None,
        record: Callable[[Event], None],
        decided: Iterable[Event] = (),
    ) -> None:
        self._kinds, self._approver, self._record = frozenset(kinds), approver, record
        self._decided = {(e.turn, e.index, e.what, e.digest): e for e in decided if isinstance(e, Decided)}

    async def code(self, turn: int, index: int, role: RoleName, purpose: str, code: str) -> str | Refused:
        """The code to run, as it was or as it was edited; or that it is not run. Raises `BudgetSpent` on a stop."""
        decision = await self._decide(turn, index, Subject(what="code", role=role, title=purpose, text=code))
        match decision.verdict if decision else "approve":
            case "approve":
                return code
            case "edit" if decision and decision.code is not None:
                return decision.code
            case "stop":
                raise _stopped()
        return Refused(reason=_reason(decision))

    async def plan(self, turn: int, plan: Plan) -> Plan:
        """The plan, or in its place one that measures nothing and says why. Raises `BudgetSpent` on a stop."""
        text = plan.model_dump_json(indent=2)
        decision = await self._decide(
            turn, 0, Subject(what="plan", role=RoleName.PLANNER, title=plan.question, text=text)
        )
        if decision is None or decision.verdict == "approve":
            return plan
        if decision.verdict == "stop":
            raise _stopped()
        return Plan(question=f"A person refused the plan. {_reason(decision)}", alive=plan.alive)

    async def final(self, turn: int, interpretation: Interpretation) -> bool:
        """May it be handed in?"""
        text = interpretation.model_dump_json(indent=2)
        subject = Subject(what="final", role=RoleName.EXPERIMENTER, title=interpretation.description, text=text)
        decision = await self._decide(turn, 0, subject)
        return decision is None or decision.verdict == "approve"

    def close(self) -> None:
        """Stop waiting for a decision."""
        if self._approver is not None:
            self._approver.close()

    async def _decide(self, turn: int, index: int, subject: Subject) -> Decided | None:
        """The decision, new or recorded; None where this kind is not asked about."""
        digest = hashlib.sha256(subject.text.encode(errors="surrogatepass")).hexdigest()
        place = (turn, index, subject.what, digest)
        if place in self._decided:
            return self._decided[place]
        if subject.what not in self._kinds or self._approver is None:
            return None
        verdict = await asyncio.to_thread(self._approver.decide, subject)
        decision = Decided(
            turn=turn, index=index, what=subject.what, digest=digest, by=self._approver.name, **dict(verdict)
        )
        self._record(decision)
        self._decided[place] = decision
        return decision


def parse_kinds(text: str) -> tuple[What, ...]:
    """Read `never`, or some of `code`, `plan`, `final` with commas. Raises `BadInput`."""
    if text == "never":
        return ()
    chosen = [part.strip() for part in text.split(",")]
    if not set(chosen) <= set(KINDS):
        raise BadInput(f"Cannot read '{text[:40]}': --approve takes never, or some of {', '.join(KINDS)} with commas.")
    return tuple(kind for kind in KINDS if kind in chosen)


def _reason(decision: Decided | None) -> str:
    if decision is not None and decision.verdict == "timeout":
        return "Nobody decided in time, so it was not run."
    return f"A person refused it: {decision.reason if decision and decision.reason else 'no reason given'}."


def _stopped() -> BudgetSpent:
    return BudgetSpent(Ending.STOPPED, "A person stopped the team.")
