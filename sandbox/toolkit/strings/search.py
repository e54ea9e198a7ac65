"""Program search: chains of up to three operations that turn questions into answers, all of them or a part.

The first steps are tried one by one; equal behaviours are kept once. The last step is not guessed: what it would have
to be is read off the answers (`infer`), after a cheap look at what must hold for its kind. Work is counted, not timed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from .kind import (
    NUMBER,
    WHOLE,
    Kind,
    Pair,
    Parameters,
    Program,
    Step,
    cost,
    relation,
    run,
    steps_of,
    words_in_scope,
    words_of,
)
from .library import library
from .traces import suggested
from .undo import undoable

Texts = tuple[str | None, ...]

INFORMED = 3
"""Pairs from which a last step's parameters are read."""

GLIMPSE = 4
"""Pairs on which a step has to be right at least once before it is tried on the others."""


TRACED = 6
"""Questions by which it is seen whether a step left traces in the answers."""

UNDOING = 60_000
"""Applied steps in the search for what comes before a last step that was undone."""

LOOK = 4
"""Questions by which chains of two steps are told apart, and judged whether a third is worth looking for."""


@dataclass(frozen=True)
class Match:
    """A program with the pairs that it gets right, as bits: bit i is pair i."""

    program: Program
    hits: int

    @property
    def count(self) -> int:
        """How many it gets right."""
        return self.hits.bit_count()

    @property
    def cost(self) -> float:
        """Less is more likely beforehand."""
        return cost(self.program)


@dataclass
class Work:
    """A budget of applied steps; searches end when it is spent. What a part spends, the whole has spent."""

    left: int
    whole: "Work | None" = None

    def part(self, most: int) -> "Work":
        """A budget within this one."""
        return Work(min(most, self.left), self)

    def spend(self, amount: int) -> bool:
        """Take some; False when there is none left."""
        self.left -= amount
        if self.whole is not None:
            self.whole.spend(amount)
        return self.left > 0


@dataclass(frozen=True)
class Starts:
    """What first steps make of the questions: one program for each behaviour, the cheapest.

    Steps that put marks or digits into texts are left out where no answer has them.
    """

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    kinds: tuple[Kind, ...] = field(default_factory=library)

    @cached_property
    def single(self) -> tuple[tuple[Program, Texts], ...]:
        """Each single step."""
        listed = [s for kind in self.kinds for s in steps_of(kind)]
        listed += suggested(self.questions, self.answers, self.kinds)
        steps = sorted(filter(_begins, listed), key=lambda s: s.cost)
        glimpses = [(x, _marks(x), _marks(y)) for x, y in zip(self.questions, self.answers, strict=True)][:TRACED]
        left = ((step,) for step in steps if _leaves_traces(step, glimpses))
        return tuple(_distinct(((p, tuple(run(p, x) for x in self.questions)) for p in left), self.questions))

    def double(self, most: float, need: int, work: Work) -> Iterator[tuple[Program, Texts]]:
        """Pairs of steps up to a cost, cheapest first, told apart by what they make of the first few questions.

        Only those after which a third step can be seen that may lead to the answers, `need` of them.
        """
        seen = {outs[:LOOK] for _, outs in self.single}
        bear = 0 if need == len(self.questions) else LOOK // 2
        for program, outs, step in _by_cost(self.single, most):
            texts = _promising(step, outs[:LOOK], self.answers, bear)
            if not work.spend(1):
                return
            if texts and texts not in seen:
                seen.add(texts)
                yield (*program, step), tuple(None if text is None else run((step,), text) for text in outs)


def _promising(step: Step, texts: Texts, answers: Sequence[str], bear: int) -> Texts:
    """The texts after a step; empty if nothing holds between all but `bear` of them and the answers."""
    out: list[str | None] = []
    common, missed = -1, 0
    for text, answer in zip(texts, answers, strict=False):
        after = None if text is None else run((step,), text)
        flags = 0 if after is None else relation(after, answer)
        if common & flags:
            common &= flags
        else:
            missed += 1
            if missed > bear:
                return ()
        out.append(after)
    return tuple(out)


FIRST_SCOPES = WHOLE, "each word", "first word", "last word"


def _begins(step: Step) -> bool:
    """Is it worth trying before others? What gives a number, or changes every second word, hardly is."""
    return not step.kind.needs & NUMBER and step.kind.name != "always" and step.scope in FIRST_SCOPES


def _marks(text: str) -> set[str]:
    return {c for c in text if not c.isalpha()}


def _leaves_traces(step: Step, glimpses: list[tuple[str, set[str], set[str]]]) -> bool:
    """Are marks and digits that it puts in to be seen in some answer? True where it puts in none."""
    silent = True
    for question, before, answered in glimpses:
        new = _marks(run((step,), question) or "") - before
        if new & answered:
            return True
        silent = silent and not new
    return silent


def _by_cost(single: Sequence[tuple[Program, Texts]], most: float) -> Iterator[tuple[Program, Texts, Step]]:
    """Combinations of single steps (which come cheapest first), in rings of rising cost."""
    costs = [cost(program) for program, _ in single]
    for low, high in pairwise((0.0, 2.05, 2.15, 2.25, 2.35, 2.5, 2.7, 3.0, 4.0)):
        for (program, texts), spent in zip(single, costs, strict=True):
            for at in range(bisect_right(costs, low - spent), bisect_right(costs, min(high, most) - spent)):
                yield program, texts, single[at][0][0]


def _distinct(programs: Iterable[tuple[Program, Texts]], nothing: Texts) -> Iterator[tuple[Program, Texts]]:
    seen: set[Texts] = {nothing}
    for program, outs in programs:
        if outs not in seen and any(outs):
            seen.add(outs)
            yield program, outs


class Finisher:
    """Finds last steps that turn given texts into the answers, at least `need` of them."""

    def __init__(self, answers: Sequence[str], need: int, work: Work, kinds: tuple[Kind, ...] | None = None) -> None:
        self._answers, self._need, self._work = tuple(answers), need, work
        self._exact = need == len(answers)
        self._informed = 1 if self._exact else INFORMED  # where all must fit, one pair tells
        self._by_need: dict[int, list[Kind]] = {}
        for kind in kinds or library():
            self._by_need.setdefault(kind.needs, []).append(kind)
        self._wordwise = [kind for kind in kinds or library() if kind.wordwise]

    def last_steps(self, texts: Texts) -> Iterator[tuple[Step, int]]:
        """Last steps with the pairs that they get right, as bits."""
        usable = [i for i, t in enumerate(texts) if t is not None]
        if len(usable) < self._need:
            return
        told = usable[:GLIMPSE] if self._exact else usable
        flags = {i: relation(texts[i] or "", self._answers[i]) for i in told}
        self._work.spend(len(told))
        for bit, kinds in self._by_need.items():
            where = [i for i in told if flags[i] & bit] if bit else told
            if len(where) < min(self._need, len(told)):
                continue
            for kind in kinds:
                where = usable if self._exact else where
                yield from self._tried(self._whole(kind, texts, where), texts, where)
        yield from self._on_words(texts, usable)

    def _whole(self, kind: Kind, texts: Texts, where: list[int]) -> Iterable[Step]:
        if kind.infer is None:
            return (s for s in steps_of(kind) if not s.scope)
        return self._inferred(kind, [(texts[i] or "", self._answers[i]) for i in where], WHOLE)

    def _inferred(self, kind: Kind, pairs: Iterable[Pair], scope: str) -> Iterator[Step]:
        seen, told = set(), 0
        for before, after in pairs:
            if kind.needs and not relation(before, after) & kind.needs:
                continue
            found = [p for p in (kind.infer or _nothing)(before, after) if p not in seen]
            seen.update(found)
            told += bool(found)
            yield from (Step(kind, parameters, scope) for parameters in found)
            if told >= self._informed or len(seen) > 30:
                return

    def _on_words(self, texts: Texts, usable: list[int]) -> Iterator[tuple[Step, int]]:
        """Steps in words: only where the number of words stays."""
        first = texts[usable[0]] or ""
        if self._exact and first.count(" ") != self._answers[usable[0]].count(" "):
            return
        where = [i for i in usable if (texts[i] or "").count(" ") == self._answers[i].count(" ")]
        spaced = [i for i in where if " " in (texts[i] or "").strip() and texts[i] != self._answers[i]]
        if len(where) < self._need or not spaced:
            return
        scopes = self._scopes(texts, spaced[:GLIMPSE])
        for scope in scopes:
            pairs = [pair for i in spaced[:INFORMED] for pair in _word_pairs(texts[i] or "", self._answers[i], scope)]
            for kind in self._wordwise:
                if kind.needs and not any(relation(a, b) & kind.needs for a, b in pairs):
                    continue
                steps = (
                    [s for s in steps_of(kind) if s.scope == scope]
                    if kind.infer is None
                    else list(self._inferred(kind, pairs, scope))
                )
                yield from self._tried(steps, texts, [*spaced, *(i for i in where if i not in set(spaced))])

    def _scopes(self, texts: Texts, spaced: list[int]) -> list[str]:
        """Scopes outside of which no word changed, in one of the texts at least."""
        out = []
        for scope in ("each word", "first word", "last word", "every other word", "every second word"):
            for i in spaced:
                before, after = (texts[i] or "").split(" "), self._answers[i].split(" ")
                changed = {k for k in range(len(before)) if before[k] != after[k]}
                if changed <= set(words_in_scope(before, scope)):
                    out.append(scope)
                    break
        return out

    def _tried(self, steps: Iterable[Step], texts: Texts, where: list[int]) -> Iterator[tuple[Step, int]]:
        misses_allowed = len(where) - self._need
        for step in steps:
            hits, misses, tried = 0, 0, 0
            for i in where:
                tried += 1
                if _right(step, texts[i] or "", self._answers[i]):
                    hits |= 1 << i
                else:
                    misses += 1
                    if misses > misses_allowed or (not hits and tried >= GLIMPSE):
                        break
            else:
                yield step, hits
            self._work.spend(tried)


def _nothing(_before: str, _after: str) -> Iterable[Parameters]:
    return ()


def _right(step: Step, text: str, answer: str) -> bool:
    try:
        return step(text) == answer
    except (ValueError, IndexError, ZeroDivisionError):
        return False


def _word_pairs(before: str, after: str, scope: str) -> list[Pair]:
    old, new = words_of(before, scope), words_of(after, scope)
    if len(old) != len(new):
        return []
    return [(old[i], new[i]) for i in words_in_scope(old, scope) if old[i]]


def search(starts: Starts, need: int, depth: int, work: Work) -> list[Match]:
    """Programs of exactly `depth` steps (1 to 3) that get at least `need` answers right, best first; ends with `work`.

    Of programs that get the same right, the cheapest dozen are kept. Depth 1 includes the program of no steps.
    """
    answers = starts.answers
    kinds = tuple(kind for kind in starts.kinds if depth == 1 or kind.name != "always")
    finisher = Finisher(answers, need, work, kinds)
    found: dict[int, list[Match]] = {}
    for program, texts in _beginnings(starts, need, depth, work):
        if depth == 1:
            same = sum(1 << i for i, (t, y) in enumerate(zip(texts, answers, strict=True)) if t == y)
            if same.bit_count() >= need:
                found.setdefault(same, []).append(Match((), same))
        for step, hits in finisher.last_steps(texts):
            found.setdefault(hits, []).append(Match((*program, step), hits))
        if work.left <= 0:
            break
    for step, before in undoable(answers, kinds, need, few=depth > 2) if depth > 1 else ():
        shorter = search(Starts(starts.questions, tuple(before), starts.kinds), need, depth - 1, work.part(UNDOING))
        for match in shorter:
            hits = match.hits & sum(1 << i for i, y in enumerate(answers) if run((step,), before[i]) == y)
            if hits.bit_count() >= need:
                found.setdefault(hits, []).append(Match((*match.program, step), hits))
    kept = [m for matches in found.values() for m in sorted(matches, key=lambda m: m.cost)[:12]]
    return sorted(kept, key=lambda m: (-m.count, m.cost))


def _beginnings(starts: Starts, need: int, depth: int, work: Work) -> Iterator[tuple[Program, Texts]]:
    if depth == 1:
        yield (), starts.questions
    elif depth == 2:
        yield from starts.single
    else:
        yield from starts.double(most=2.35, need=need, work=work)
