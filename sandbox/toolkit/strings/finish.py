"""Last steps: what turns one text into another in a single step. Read off the two texts, never guessed.

A cheap look at the pair (`relation`) rules most kinds out; parameters are inferred where a kind can infer them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .kind import WHOLE, Kind, Pair, Parameters, Step, relation, run, steps_of, words_in_scope, words_of
from .work import Work

Infer = Callable[[str, str], Iterable[Parameters]]

MOST_INFERRED = 30
"""Parameters that one kind may infer from one pair."""

TRIED = "Hello World 42", "banana split, Too", "MISSISSIPPI river-7", "abcdefgh", "1234567 aab"
"""Texts on which it is seen whether a step that is taken twice does more than once."""

WORDWISE = "each word", "each word, gaps closed", "first word", "last word", "every other word", "every second word"


@dataclass(frozen=True)
class Candidates:
    """What is tried on a pair of texts: steps from lists, and kinds that infer their parameters alike."""

    listed: tuple[Step, ...]
    inferring: tuple[tuple[Infer, tuple[Kind, ...]], ...]

    def steps(self, before: str, after: str, scope: str) -> Iterator[Step]:
        """All of them, with parameters read off this pair."""
        yield from self.listed
        for infer, kinds in self.inferring:
            found = list(dict.fromkeys(infer(before, after)))[:MOST_INFERRED]
            yield from (Step(kind, parameters, scope) for kind in kinds for parameters in found)


class Finisher:
    """Finds last steps among some kinds; remembers which candidates go with which relation of two texts.

    `answers`, where given, are what all of the steps lead to: steps are left out then that change nothing when they are
    taken twice, and yet would change an answer.
    """

    def __init__(
        self, kinds: tuple[Kind, ...], answers: tuple[str, ...] = (), scopes: tuple[str, ...] = WORDWISE
    ) -> None:
        self._kinds, self._answers, self._scopes = kinds, answers, scopes
        self._known: dict[tuple[int, str], Candidates] = {}

    def last_steps(self, before: str, after: str, work: Work, common: int = -1) -> list[Step]:
        """Steps that turn one text into the other, on all of it or on its words. `common`: what holds elsewhere too."""
        pair = before, after
        found = _right(self._candidates(relation(before, after) & common, WHOLE), pair, pair, WHOLE, work)
        if " " in before.strip() and before != after:
            for scope in self._scopes:
                found += self._on_words(before, after, scope, work)
        return found

    def _on_words(self, before: str, after: str, scope: str, work: Work) -> list[Step]:
        """Only where the number of words stays and nothing changes outside the scope."""
        old, new = words_of(before, scope), words_of(after, scope)
        places = words_in_scope(old, scope)
        changed = [i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b]
        if len(old) != len(new) or not changed or not set(changed) <= set(places):
            return []
        pairs = [(old[i], new[i]) for i in places]
        flags = -1
        for a, b in pairs:
            flags &= relation(a, b)
            if not flags:
                return []
        telling = max(pairs, key=lambda pair: (pair[0] != pair[1], len(pair[0])))
        return _right(self._candidates(flags, scope), telling, (before, after), scope, work)

    def _candidates(self, flags: int, scope: str) -> Candidates:
        if (flags, scope) not in self._known:
            kinds = [k for k in self._kinds if (not k.needs or k.needs & flags) and (k.wordwise or not scope)]
            groups: dict[Infer, list[Kind]] = {}
            for kind in kinds:
                if kind.infer is not None:
                    groups.setdefault(kind.infer, []).append(kind)
            self._known[flags, scope] = Candidates(
                tuple(
                    s for k in kinds if k.infer is None for s in steps_of(k) if s.scope == scope and self._may_end(s)
                ),
                tuple((infer, tuple(some)) for infer, some in groups.items()),
            )
        return self._known[flags, scope]

    def _may_end(self, step: Step) -> bool:
        """Can it be what came last before the answers?"""
        if not self._answers or all(run((step,), y) == y for y in self._answers):
            return True
        once = [run((step,), x) for x in TRIED]
        return any(y is None or run((step,), y) != y for y in once)


def _right(candidates: Candidates, telling: Pair, whole: Pair, scope: str, work: Work) -> list[Step]:
    """Those of the candidates, read off the telling pair, that are right about all of the text."""
    out, tried = [], 1
    for step in candidates.steps(*telling, scope):
        tried += 1
        try:
            if step(whole[0]) == whole[1]:
                out.append(step)
        except (ValueError, IndexError, ZeroDivisionError):
            continue
    work.spend(tried)
    return out
