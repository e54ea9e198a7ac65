"""Program search: chains of up to three operations that turn questions into answers, all of them or a part.

The first steps are tried one by one; equal behaviours are kept once. The last step is not guessed: what it would have
to be is read off the answers (`infer`), after a cheap look at what must hold for its kind. Work is counted, not timed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .kind import WHOLE, Kind, Pair, Parameters, Program, Step, cost, relation, run, steps_of, words_in_scope, words_of
from .library import library

Texts = tuple[str | None, ...]

INFORMED = 3
"""Pairs from which a last step's parameters are read."""

GLIMPSE = 6
"""Pairs on which a step has to be right at least once before it is tried on the others."""


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
    """A budget of applied steps; searches end when it is spent."""

    left: int

    def spend(self, amount: int) -> bool:
        """Take some; False when there is none left."""
        self.left -= amount
        return self.left > 0


@dataclass(frozen=True)
class Starts:
    """What first steps make of the questions: one program for each behaviour, the cheapest."""

    questions: tuple[str, ...]
    kinds: tuple[Kind, ...] = field(default_factory=library)

    @cached_property
    def single(self) -> tuple[tuple[Program, Texts], ...]:
        """No step and each single step."""
        steps = sorted(
            (s for kind in self.kinds for s in steps_of(kind) if kind.name != "always"), key=lambda s: s.cost
        )
        programs: list[Program] = [(), *((step,) for step in steps)]
        return tuple(_distinct((p, tuple(run(p, x) for x in self.questions)) for p in programs))

    def double(self, most: float, look: int) -> Iterator[tuple[Program, Texts]]:
        """Pairs of steps up to a cost, cheapest first, told apart by the first `look` questions."""
        seen = {outs[:look] for _, outs in self.single}
        for program, outs, step in _by_cost(self.single[1:], most):
            texts = tuple(None if text is None else run((step,), text) for text in outs[:look])
            if texts not in seen:
                seen.add(texts)
                yield (*program, step), texts


def _by_cost(single: Sequence[tuple[Program, Texts]], most: float) -> Iterator[tuple[Program, Texts, Step]]:
    """Combinations of single steps, the cheapest first in rings of rising cost."""
    costs = [cost(program) for program, _ in single]
    low = 0.0
    for high in (2.05, 2.15, 2.25, 2.35, 2.5, 2.7, 3.0, 4.0):
        for (program, texts), spent in zip(single, costs, strict=True):
            for (second, _), more in zip(single, costs, strict=True):
                if low < spent + more <= min(high, most):
                    yield program, texts, second[0]
        low = high


def _distinct(programs: Iterable[tuple[Program, Texts]]) -> Iterator[tuple[Program, Texts]]:
    seen: set[Texts] = set()
    for program, outs in programs:
        if outs not in seen and any(outs):
            seen.add(outs)
            yield program, outs


class Finisher:
    """Finds last steps that turn given texts into the answers, at least `need` of them."""

    def __init__(self, answers: Sequence[str], need: int, work: Work, kinds: tuple[Kind, ...] | None = None) -> None:
        self._answers, self._need, self._work = tuple(answers), need, work
        self._informed = INFORMED if need < len(answers) else 1  # where all must fit, one pair tells
        self._by_need: dict[int, list[Kind]] = {}
        for kind in kinds or library():
            self._by_need.setdefault(kind.needs, []).append(kind)
        self._wordwise = [kind for kind in kinds or library() if kind.wordwise]

    def promising(self, texts: Texts) -> bool:
        """Does anything but `0` hold often enough between the first texts and the answers? Cheap; for deep searches."""
        flags = [0 if t is None else relation(t, y) for t, y in zip(texts, self._answers, strict=False)]
        enough = min(self._need, len(flags))
        return any(sum(bool(f & bit) for f in flags) >= enough for bit in self._by_need if bit)

    def last_steps(self, texts: Texts) -> Iterator[tuple[Step, int]]:
        """Last steps with the pairs that they get right, as bits."""
        flags = [0 if t is None else relation(t, y) for t, y in zip(texts, self._answers, strict=True)]
        usable = [i for i, t in enumerate(texts) if t is not None]
        if len(usable) < self._need:
            return
        self._work.spend(len(texts))
        for bit, kinds in self._by_need.items():
            where = [i for i in usable if flags[i] & bit] if bit else usable
            if len(where) < self._need:
                continue
            for kind in kinds:
                yield from self._tried(self._whole(kind, texts, where), texts, where)
        yield from self._on_words(texts, usable)

    def _whole(self, kind: Kind, texts: Texts, where: list[int]) -> Iterable[Step]:
        if kind.infer is None:
            return (s for s in steps_of(kind) if not s.scope)
        return self._inferred(kind, [(texts[i] or "", self._answers[i]) for i in where], WHOLE)

    def _inferred(self, kind: Kind, pairs: Iterable[Pair], scope: str) -> Iterator[Step]:
        seen, told = set(), 0
        for before, after in pairs:
            found = [p for p in (kind.infer or _nothing)(before, after) if p not in seen]
            seen.update(found)
            told += bool(found)
            yield from (Step(kind, parameters, scope) for parameters in found)
            if told >= self._informed or len(seen) > 30:
                return

    def _on_words(self, texts: Texts, usable: list[int]) -> Iterator[tuple[Step, int]]:
        """Steps in words: only where the number of words stays."""
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


def search(starts: Starts, answers: Sequence[str], need: int, depth: int, work: Work) -> list[Match]:
    """Programs of exactly `depth` steps (1 to 3) that get at least `need` answers right, best first; ends with `work`.

    Of programs that get the same right, the cheapest dozen are kept. Depth 1 includes the program of no steps.
    """
    finisher = Finisher(answers, need, work, starts.kinds)
    found: dict[int, list[Match]] = {}
    for program, texts in _beginnings(starts, finisher, depth):
        if depth == 1:
            same = sum(1 << i for i, (t, y) in enumerate(zip(texts, answers, strict=True)) if t == y)
            if same.bit_count() >= need:
                found.setdefault(same, []).append(Match((), same))
        for step, hits in finisher.last_steps(texts):
            if step.kind.name == "always" and depth > 1:
                continue
            found.setdefault(hits, []).append(Match((*program, step), hits))
        if work.left <= 0:
            break
    kept = [m for matches in found.values() for m in sorted(matches, key=lambda m: m.cost)[:12]]
    return sorted(kept, key=lambda m: (-m.count, m.cost))


def _beginnings(starts: Starts, finisher: Finisher, depth: int) -> Iterator[tuple[Program, Texts]]:
    if depth == 1:
        yield starts.single[0]
    elif depth == 2:
        yield from starts.single[1:]
    else:
        for program, texts in starts.double(most=2.5, look=GLIMPSE):
            if finisher.promising(texts):
                yield program, tuple(run(program, x) for x in starts.questions)
