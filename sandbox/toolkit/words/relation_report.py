"""An investigation of a relation: answers in, explanations out; asks where they disagree."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from . import relation_prose as prose
from .endings import Endings, learnt
from .relation_probes import neighbours, outside, survey
from .relations import Answers, Ask, Ranked, Relation, answers_of, convincing, cover, explain, next_words, telling
from .rules import Rule, plain

BATCH = 6
COINED = ("blicket", "sproy", "vatch")  # words that no table holds, with endings of three kinds
SAMPLE = 120  # words of a table that show whether a rule is one of endings
_LOSS = 1.5  # nats by which an unexplained answer lowers the support of an explanation


@dataclass(frozen=True)
class RelationFindings:
    """What explains the answers, the best first; where nothing does, how endings change, if that was learnt."""

    ranked: tuple[Ranked, ...]
    answers: Answers
    endings: Endings | None = None

    @property
    def explained(self) -> bool:
        """Does the best explain every answer?"""
        return bool(self.ranked) and self.ranked[0].right == len(self.answers)


def study_relation(pairs: Sequence[tuple[object, object]], ask: Ask, queries: int) -> RelationFindings:
    """Find the domain where it is not known yet, then tell explanations apart and look for exceptions."""
    answers = answers_of(pairs)
    spent = 0

    def asking(words: list[str]) -> list[str | None]:
        nonlocal spent
        words = list({plain(word): word for word in words if plain(word) not in answers}.values())[: queries - spent]
        replies = list(ask(words)) if words else []
        spent += len(words)
        answers.update(answers_of(list(zip(words, replies, strict=True))))
        return replies

    if queries:
        survey(queries, answers, asking)
    ranked = _explanations(answers)
    if ranked and convincing(ranked[0], answers) and of_table(ranked[0].relation.rule, SAMPLE):
        asking(list(COINED))
    while spent < queries:
        before = spent
        asking(_next(ranked, answers, min(BATCH, queries - spent)))
        ranked = _explanations(answers)
        if spent == before:
            break
    if ranked and convincing(ranked[0], answers):
        return RelationFindings(ranked, answers)
    if queries > spent:
        asking(list(COINED))
    return RelationFindings((), answers, learnt((word, answer) for word, answer in answers.items() if answer))


def _explanations(answers: Answers) -> tuple[Ranked, ...]:
    """Rules for the answers, the best first; it may hold for words that its table does not have."""
    ranked = explain(answers)
    return (_beyond(ranked[0], answers), *ranked[1:]) if ranked else ()


def _beyond(best: Ranked, answers: Answers) -> Ranked:
    """The same for words that its table does not hold, where their answers are what the endings of its words teach."""
    rows = best.relation.rule.rows
    strangers = {w: a for w, a in answers.items() if a is not None and w not in rows and w.isalpha()}
    endings = of_table(best.relation.rule) if len(strangers) > 1 else None
    if endings is None or 3 * sum(endings.answer(w) == a.lower() for w, a in strangers.items()) < 2 * len(strangers):
        return best
    relation = replace(best.relation, beyond=endings)
    return Ranked(relation, relation.right(answers))


@lru_cache(maxsize=32)
def of_table(rule: Rule, most: int | None = None) -> Endings | None:
    """What endings become, learnt from the first words of a rule's table; None for a rule that is about meaning."""
    rows = list(rule.rows.items())[:most]
    return learnt((word, row[rule.target]) for word, row in rows)


def _next(ranked: Sequence[Ranked], answers: Answers, count: int) -> list[str]:
    """Words to ask about next: half of them any of the domain while nothing explains the answers well."""
    if not ranked:
        return neighbours(answers, count)
    if convincing(ranked[0], answers):
        return next_words(ranked, answers, count)
    apart = next_words(ranked, answers, count // 2)
    return [*apart, *neighbours({**answers, **{plain(word): None for word in apart}}, count - len(apart))]


def relation_attacks(pairs: Sequence[tuple[object, object]], count: int) -> list[tuple[str, str]]:
    """Words with the kind of attack they are: where rivals say otherwise, classes hardly asked about, other domains."""
    answers = answers_of(pairs)
    ranked = explain(answers)
    if not ranked:
        return []
    relation, apart = ranked[0].relation, telling(ranked, answers, count)
    asked = answers | {plain(word): None for word in apart}
    near = cover(relation, asked, count - len(apart), times=4)
    far = [word for word in outside(relation.rule, 2) if plain(word) not in asked]
    kinds = [(apart, "a rival says otherwise"), (near, "a class hardly asked about"), (far, "outside of the domain")]
    return [(word, kind) for words, kind in kinds for word in words][:count]


def relation_report(found: RelationFindings) -> dict[str, object]:
    """As JSON: description, code, hypotheses with their support."""
    best = found.ranked[0].relation if found.ranked else None
    total = sum(_trust(r, found) for r in found.ranked)
    return {
        "description": _described(best, found),
        "code": prose.code(best, found.answers, found.endings),
        "explained": found.explained,
        "asked": len(found.answers),
        "unexplained": len(found.answers) - (found.ranked[0].right if found.ranked else 0),
        "noise": 0.0,
        "names": [f"from {best.rule.source} to {best.rule.target}"] if best else [],
        "regions": [_region(best)] if best and best.departure else [],
        "hypotheses": [
            {
                "form": r.relation.form,
                "statement": prose.statement(r.relation),
                "support": _trust(r, found) / total,
            }
            for r in found.ranked[:4]
        ],
    }


def _described(best: Relation | None, found: RelationFindings) -> str:
    if best:
        return prose.describe(best, found.answers)
    return prose.by_endings(found.endings, found.answers) if found.endings else prose.unknown(found.answers)


def _trust(explanation: Ranked, found: RelationFindings) -> float:
    return math.exp(_LOSS * (explanation.worth - found.ranked[0].worth))


def _region(relation: Relation) -> dict[str, str]:
    departure = relation.departure
    if departure is None:
        return {}
    return {"condition": departure.where.clause, "behaviour": prose.instead(relation.rule, departure)}
