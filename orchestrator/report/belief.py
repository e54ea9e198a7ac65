"""How belief moved: each hypothesis followed through the rounds of an audit, with what was held against it."""

from collections.abc import Sequence
from typing import Literal

from functions.brief import Record
from orchestrator.roles.base import Turn
from orchestrator.roles.messages import Counterexample, Critique, Evidence, Hypothesis, Standing


class Cell(Record):
    """One hypothesis in one round. `support` is None where the evidence no longer, or not yet, speaks of it."""

    support: float | None = None
    standing: Standing | None = None
    verdict: Literal["accept", "revise"] | None = None  # the critic's, where this was what it attacked


class Row(Record):
    """One hypothesis as it was last stated, and its cells: one for each round."""

    id: str
    statement: str
    standing: Standing
    cells: tuple[Cell, ...]
    counterexamples: tuple[Counterexample, ...] = ()


class Belief(Record):
    """`rounds` are the numbers (from 1) of the turns in which evidence was given. Rows are ordered by peak support."""

    rounds: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()


def follow(turns: Sequence[Turn]) -> Belief:
    """Fold a transcript: a round is one evidence and the critique that answers it."""
    rounds: list[int] = []
    evidence: list[Evidence] = []
    critiques: dict[int, Critique] = {}
    for number, turn in enumerate(turns, start=1):
        if isinstance(turn.message, Evidence):
            rounds.append(number)
            evidence.append(turn.message)
        elif isinstance(turn.message, Critique) and rounds:
            critiques[len(rounds) - 1] = turn.message
    ids = dict.fromkeys(h.id for said in evidence for h in said.hypotheses)
    rows = [_row(id_, evidence, critiques) for id_ in ids]
    return Belief(rounds=tuple(rounds), rows=tuple(sorted(rows, key=_weight, reverse=True)))


def _row(id_: str, evidence: Sequence[Evidence], critiques: dict[int, Critique]) -> Row:
    stated = [next((h for h in said.hypotheses if h.id == id_), None) for said in evidence]
    known = [h for h in stated if h is not None]
    attacks = {at: c for at, c in critiques.items() if c.hypothesis == id_}
    found = [x for h in known for x in h.refuted_by] + [x for c in attacks.values() for x in c.counterexamples]
    last = max(attacks, default=-1)
    accepted = last == len(evidence) - 1 and attacks[last].verdict == "accept"
    return Row(
        id=id_,
        statement=known[-1].statement,
        standing=Standing.ACCEPTED if accepted else known[-1].standing,
        cells=tuple(_cell(h, attacks.get(at)) for at, h in enumerate(stated)),
        counterexamples=tuple(dict.fromkeys(found)),
    )


def _cell(hypothesis: Hypothesis | None, attack: Critique | None) -> Cell:
    verdict = attack.verdict if attack else None
    if hypothesis is None:
        return Cell(verdict=verdict)
    return Cell(support=hypothesis.support, standing=hypothesis.standing, verdict=verdict)


def _weight(row: Row) -> tuple[float, float]:
    """The hypothesis that ended best goes first; among the abandoned, the one that once had most support."""
    supports = [c.support or 0.0 for c in row.cells]
    return supports[-1], max(supports)
