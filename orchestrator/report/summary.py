"""What a run amounts to, in a few words and numbers: the head of the report and its budgets."""

from itertools import takewhile
from typing import Literal

from functions.brief import Input, Record
from judges.grade import Grade, Outcome
from orchestrator.budget import Budget
from orchestrator.events import Ended, NeuronCall, Resumed
from orchestrator.history import fold
from orchestrator.models.ledger import spent as spent_on
from orchestrator.report.run import Run
from orchestrator.report.show import share
from orchestrator.roles.messages import RoleName

Tone = Literal["good", "middling", "bad", "none"]


class Verdict(Record):
    """The headline, one sentence that explains it, and how the team's part ended."""

    tone: Tone
    headline: str
    sentence: str
    ending: str


class Spending(Record):
    """One budget: what was spent of it. `limit` is None where the configuration is not known."""

    name: str
    spent: float
    limit: float | None


class Spent(Record):
    """All that was spent, and the clocks in a sentence."""

    queries: int
    experiments: int
    turns: int
    rows: tuple[Spending, ...]
    timing: str


class Asked(Record):
    """One input as it was asked: the batch (line of queries.jsonl, from 0), who asked, and the answer."""

    batch: int
    role: RoleName | Literal["-"]
    input: Input
    output: float | str | None


_FAILED: dict[Outcome, tuple[str, str]] = {
    Outcome.AGENT_FAILED: ("The team failed: 0", "This audit scores 0 and stays in the denominator."),
    Outcome.INFRASTRUCTURE: ("No result: infrastructure", "Something outside the team failed; this is never a score."),
    Outcome.UNSCORED: ("Unscored", "The judge could not answer."),
    Outcome.UNGRADED: ("Ungraded", "There is no ground truth to grade against."),
}

_ENDINGS = {
    "accepted": "The critic could not break the leading hypothesis, and accepted it.",
    "unchecked": "The team has no critic: its first result was accepted at once.",
    "finished": "The planner saw nothing more worth measuring.",
    "queries": "It ended because the queries were spent.",
    "experiments": "It ended because the experiments were spent.",
    "turns": "It ended because the turns were spent.",
    "seconds": "It ended because its time was up.",
    "calls": "It ended because the calls of language models were spent.",
    "tokens": "It ended because the next call could have exceeded the tokens.",
    "cost": "It ended because the next call could have exceeded the cost.",
    "neuron": "It ended because what the model behind the function may use was spent.",
    "submitted": "The submission handed in what it had.",
    "stopped": "A person stopped it.",
    "refused": "A person did not let its interpretation be handed in.",
    "agent_failed": "The team broke down.",
}


def verdict(run: Run) -> Verdict:
    """How the audit went."""
    tone, headline, sentence = _graded(run.grade) if run.grade else ("none", "Not graded", "No grade is on record.")
    if run.ended is None:
        ending = "The team is not done: the log has no ending."
    else:
        ending = f"{_ENDINGS[run.ended.reason]} {run.ended.detail}".strip()
    return Verdict(tone=tone, headline=headline, sentence=sentence, ending=ending)


def _graded(grade: Grade) -> tuple[Tone, str, str]:
    if grade.outcome is not Outcome.GRADED:
        headline, sentence = _FAILED[grade.outcome]
        tone: Tone = "bad" if grade.outcome is Outcome.AGENT_FAILED else "none"
        return tone, headline, f"{sentence} {grade.cause}".strip()
    heads: list[str] = []
    says: list[str] = []
    scores: list[float] = []
    if grade.code:
        scores.append(grade.code.score)
        heads.append(f"code {share(grade.code.score)}")
        says.append(
            f"The code is right on {share(grade.code.agreement)} of the hidden inputs, averaged over regions; "
            f"the best trivial baseline on {share(grade.code.baseline)}."
        )
    if grade.description:
        claims = grade.description.true_claims
        scores.append(grade.description.headline)
        heads.append(f"description {share(grade.description.headline)}")
        supported = sum(c.verdict == "supported" for c in claims)
        if grade.description.reads_claims:
            says.append(f"The description states {supported} of {len(claims)} true claims.")
    return _tone(min(scores, default=0.0)), f"Graded: {', '.join(heads) or 'no judge spoke'}", " ".join(says)


def _tone(score: float) -> Tone:
    return "good" if score >= 0.8 else "middling" if score >= 0.4 else "bad"


def spent(run: Run) -> Spent:
    """What the audit cost, beside what it was allowed."""
    budget = run.config.budget if run.config else None
    queries = sum(q.new for q in run.queries)
    turns = sum(told.turn is not None for told in run.told)
    seconds = _seconds(run)
    cpu = sum(e.result.usage.cpu_s for e in run.experiments)
    wall = sum(e.result.usage.wall_s for e in run.experiments)
    resumed = sum(isinstance(e, Resumed) for e in run.events)
    return Spent(
        queries=queries,
        experiments=len(run.experiments),
        turns=turns,
        rows=(
            Spending(name="queries", spent=queries, limit=budget and budget.queries),
            Spending(name="experiments", spent=len(run.experiments), limit=budget and budget.experiments),
            Spending(name="turns", spent=turns, limit=budget and budget.turns),
            Spending(name="seconds", spent=seconds, limit=budget and budget.seconds),
            *_behind(run, budget),
        ),
        timing=f"Experiments took {wall:.2f} s in the lab, {cpu:.2f} s of them on a processor."
        + (f" The audit was interrupted and continued {resumed} times." if resumed else ""),
    )


def _behind(run: Run, budget: Budget | None) -> tuple[Spending, ...]:
    """What the model used that answers as the function, where one does: no part of what the team may use."""
    used = spent_on(e.call for e in run.events if isinstance(e, NeuronCall))
    if not used.calls:
        return ()
    allowed = budget and budget.neuron
    return (
        Spending(name="calls of the model behind the function", spent=used.calls, limit=allowed and allowed.calls),
        Spending(name="its tokens", spent=used.tokens, limit=allowed and allowed.tokens),
    )


def _seconds(run: Run) -> float:
    """Wall clock up to the team's end, without the pauses between interruption and continuation."""
    team = list(takewhile(lambda entry: not isinstance(entry.event, Ended), run.entries))
    return fold(run.entries[: len(team) + 1], query_budget=1).seconds


def asked(run: Run) -> tuple[Asked, ...]:
    """Every input that was asked, with the role whose experiment asked it."""
    who: list[RoleName | Literal["-"]] = []
    for e in run.experiments:
        who += ["-"] * (min(e.first_batch, len(run.queries)) - len(who))
        who += [e.role] * (min(e.end_batch, len(run.queries)) - len(who))
    who += ["-"] * (len(run.queries) - len(who))
    return tuple(
        Asked(batch=at, role=who[at], input=x, output=y)
        for at, record in enumerate(run.queries)
        for x, y in zip(record.inputs, record.outputs, strict=False)
    )
