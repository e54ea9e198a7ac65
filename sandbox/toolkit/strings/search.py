"""Program search: chains of up to three operations that turn questions into answers, all of them or a part.

Chains are found on one telling pair, the pivot: the first steps forwards, the last one read off what is left to do
(`finish`), or undone first (`undo`). Each is then run on all other pairs. What no chain explains becomes the next
pivot: so both sides of a branch are found, whatever their share. The likeliest steps come first (`prior`).
"""

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .finish import Finisher
from .kind import NUMBER, SAME_OUTLINE, SHORTER, WHOLE, Kind, Pair, Program, Step, cost, nature, relation, run, steps_of
from .library import library
from .pooled import pooled
from .prior import STEPS
from .traces import suggested
from .undo import Undoing
from .work import Work

Texts = tuple[str | None, ...]

UNDEFINED = "\0undefined"
"""Stands for an answer that there was none: no program gives it."""

GLIMPSE = 6
"""Pairs beside the pivot of which a chain has to get one right before it is run on the others."""

ALIKE_KEPT = 12
"""Programs that are kept of those that get the same pairs right: the likeliest."""

COVERED = 0.2
"""Of all pairs that a program has to get right before what it explains is no pivot any more."""

TRACED = 12
"""Questions by which it is seen whether a step left traces in the answers."""

TRACELESS = 2.5
"""Nats that a first step is less likely whose marks and digits are in no answer."""

DEEP = 3
"""Steps of chains that are too many for all of them to be tried."""

PAIR = 3
"""Work of one pair of steps: it is taken on two texts, and each is compared with its answer."""

RING = 0.5
"""Nats by which the surprise of pairs of steps grows from one round to the next."""


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


@dataclass(frozen=True)
class Start:
    """A first step with what it makes of all questions; `cost` counts what the answers show of it."""

    step: Step
    texts: Texts
    cost: float


@dataclass(frozen=True)
class Task:
    """Questions with their answers, and what first steps make of them: one for each behaviour, the likeliest first."""

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    kinds: tuple[Kind, ...]
    starts: tuple[Start, ...] = field(repr=False)

    @property
    def everywhere(self) -> int:
        """All pairs, as bits."""
        return (1 << len(self.questions)) - 1

    def pair(self, place: int) -> Pair:
        """A question with its answer."""
        return self.questions[place], self.answers[place]

    @property
    def by_telling(self) -> list[int]:
        """Pairs in the order of how much they tell of a chain."""
        told = [_telling(x, y) for x, y in zip(self.questions, self.answers, strict=True)]
        return sorted(range(len(told)), key=lambda i: -told[i])

    def only(self, places: Sequence[int]) -> "Task":
        """Some of the pairs."""
        questions, answers = (tuple(texts[i] for i in places) for texts in (self.questions, self.answers))
        starts = (Start(s.step, tuple(s.texts[i] for i in places), s.cost) for s in self.starts)
        more = _begun(suggested(questions, answers, self.kinds), questions, answers)
        return Task(questions, answers, self.kinds, _distinct([*starts, *more], questions))


def task(questions: Sequence[str], answers: Sequence[str], kinds: tuple[Kind, ...] | None = None) -> Task:
    """All first steps, tried on all questions."""
    kinds = kinds or library()
    listed = [s for kind in kinds for s in steps_of(kind)]
    begun = _begun([*listed, *suggested(questions, answers, kinds)], questions, answers)
    return Task(tuple(questions), tuple(answers), kinds, _distinct(begun, tuple(questions)))


def _begun(steps: Iterable[Step], questions: Sequence[str], answers: Sequence[str]) -> Iterator[Start]:
    marks = [(_marks(x), _marks(y)) for x, y in zip(questions, answers, strict=True)][:TRACED]
    for step in steps:
        if _begins(step):
            texts = tuple(run((step,), x) for x in questions)
            yield Start(step, texts, step.cost + (0 if _leaves_traces(texts, marks) else TRACELESS))


def _begins(step: Step) -> bool:
    """Is it worth trying before others? What gives a number, or changes every second word, hardly is."""
    scopes = (WHOLE, "each word", "first word", "last word")
    return not step.kind.needs & NUMBER and step.kind.name != "always" and step.scope in scopes


def _marks(text: str) -> set[str]:
    return {c for c in text if not c.isalpha()}


def _leaves_traces(texts: Texts, marks: list[tuple[set[str], set[str]]]) -> bool:
    """Are marks and digits that were put in to be seen in some answer? True where none was."""
    silent = True
    for text, (before, answered) in zip(texts, marks, strict=False):
        new = _marks(text or "") - before
        if new & answered:
            return True
        silent = silent and not new
    return silent


def _distinct(starts: Iterable[Start], nothing: Texts) -> tuple[Start, ...]:
    seen: set[Texts] = {nothing}
    out = []
    for start in sorted(starts, key=lambda s: s.cost):
        if start.texts not in seen and any(start.texts):
            seen.add(start.texts)
            out.append(start)
    return tuple(out)


def _telling(question: str, answer: str) -> float:
    """How much a pair tells of a chain: many different characters, several words, all in good order."""
    tests = str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum() and c != " "
    classes = sum(any(map(test, question)) for test in tests)
    plain = question.isascii() and question.isprintable() and "  " not in question and question == question.strip(" ")
    several = 1 <= question.count(" ") <= 4
    doubled = any(a == b for a, b in itertools.pairwise(question))
    size = min(len(set(answer)), 12) + min(len(set(question)), 12) / 2 - max(0, len(question) - 24) / 4
    return size + 2 * classes + 4 * plain + 4 * several + 3 * doubled - 40 * (answer == UNDEFINED)


class Search:
    """One search over a task: chains through pivots, and how much of the answers each explains."""

    def __init__(self, some: Task, work: Work) -> None:
        self._task, self._work = some, work
        self._finisher = Finisher(some.kinds)
        self._undoing = Undoing(some.questions, some.answers, some.kinds)
        self._order = some.by_telling

    def whole(self, depth: int, most: int) -> list[Match]:
        """Programs of `depth` steps (1 to 3; 1 includes none) that get all answers right, the likeliest first."""
        pivot, some = self._order[0], self._work.part(most)
        if UNDEFINED in self._task.answers:
            return []
        chains = self._chains(pivot, depth, some) if depth < DEEP else self._deep_chains(pivot, some)
        found = (Match(p, self._hits(p, pivot, len(self._order), some)) for p in chains)
        return sorted((m for m in found if m.hits), key=lambda m: m.cost)

    def parts(self, depth: int, need: int, pivots: int, known: Sequence[Match], most: int) -> list[Match]:
        """Programs of `depth` steps that get at least `need` answers right, found through a number of pivots.

        What known programs explain is no pivot. Ends early where a program explains everything.
        """
        some = self._work.part(most)
        found: dict[int, dict[Program, Match]] = {}
        much = max(need, COVERED * len(self._order))
        covered = 0
        for match in known:
            covered |= match.hits if match.count >= much else 0
        for pivot in self._order:
            if covered >> pivot & 1 or self._task.answers[pivot] == UNDEFINED:
                continue
            if pivots <= 0 or some.left <= 0 or self._task.everywhere in found:
                break
            pivots -= 1
            for program in self._chains(pivot, depth, some):
                hits = self._hits(program, pivot, need, some)
                if hits:
                    found.setdefault(hits, {})[program] = Match(program, hits)
                    covered |= hits if hits.bit_count() >= much else 0
        kept = [m for alike in found.values() for m in sorted(alike.values(), key=lambda m: m.cost)[:ALIKE_KEPT]]
        return sorted(kept, key=lambda m: (-m.count, m.cost))

    def _hits(self, program: Program, pivot: int, need: int, work: Work) -> int:
        """The pairs that it gets right, as bits; 0 if it is fewer than `need`, or the pivot alone of the first few."""
        hits, tried, misses = 1 << pivot, 0, 0
        for i in self._order:
            if i == pivot:
                continue
            tried += 1
            if run(program, self._task.questions[i]) == self._task.answers[i]:
                hits |= 1 << i
            else:
                misses += 1
                if misses > len(self._order) - need or (tried >= GLIMPSE and misses == tried):
                    break
        work.spend(tried * len(program))
        return hits if hits.bit_count() >= need else 0

    def _chains(self, pivot: int, depth: int, work: Work) -> Iterator[Program]:
        """Programs of so many steps that are right about the pivot."""
        question, answer = self._task.questions[pivot], self._task.answers[pivot]
        if depth == 1 and question == answer:
            yield ()
        yield from self._forwards(pivot, answer, depth, work)
        if depth > 1:
            for step, before in self._undoing.before(answer, few=False):
                if before != question:
                    yield from ((*chain, step) for chain in self._forwards(pivot, before, depth - 1, work))

    def _forwards(
        self, pivot: int, answer: str, depth: int, work: Work, finisher: Finisher | None = None
    ) -> Iterator[Program]:
        finisher = finisher or self._finisher
        known: dict[str, list[Step]] = {}
        for program, text in self._beginnings(pivot, depth):
            if text not in known:
                known[text] = finisher.last_steps(text, answer, work)
            yield from ((*program, step) for step in known[text])
            if answer == self._task.answers[pivot] and relation(text, answer) & (SAME_OUTLINE | SHORTER):
                yield from ((*program, step) for step in self._pooled(program, pivot))
            if work.left <= 0:
                return

    def _pooled(self, program: Program, pivot: int) -> Iterator[Step]:
        """Last steps whose parameters all pairs tell together."""
        pairs = zip((run(program, x) or "" for x in self._task.questions), self._task.answers, strict=True)
        return pooled(list(pairs), pivot, self._task.kinds)

    def _beginnings(self, pivot: int, depth: int) -> Iterator[tuple[Program, str]]:
        if depth == 1:
            yield (), self._task.questions[pivot]
        else:
            yield from (((s.step,), s.texts[pivot] or "") for s in self._task.starts if s.texts[pivot] is not None)

    def _deep_chains(self, pivot: int, work: Work) -> Iterator[Program]:
        """Programs of three likely steps that are right about the pivot; another pair shows what may hold."""
        likely = tuple(kind for kind in self._task.kinds if kind.name in STEPS and kind.name != "always")
        plain = Finisher(likely, (), ("each word",))
        for step, before in self._undoing.before(self._task.answers[pivot], few=True):
            yield from ((*chain, step) for chain in self._forwards(pivot, before, DEEP - 1, work, plain))
        finisher = Finisher(likely, self._task.answers, ("each word",))
        other = self._order[1 % len(self._order)]
        (question, answer), (_, answer2) = self._task.pair(pivot), self._task.pair(other)
        of_answer, flags = nature(answer), dict[tuple[str, str], int]()
        known: dict[tuple[str, int], list[Step]] = {}
        begun = [s for s in self._task.starts if s.texts[pivot] not in (None, question)]
        for first, second in in_order_of_cost(begun, work):
            text = run((second.step,), first.texts[pivot] or "")
            if not text or text in (question, first.texts[pivot]):
                continue
            common = _remembered(flags, text, answer)
            if common & ~of_answer:
                common &= _remembered(flags, run((second.step,), first.texts[other] or "") or "", answer2) | of_answer
            if (text, common) not in known:
                known[text, common] = finisher.last_steps(text, answer, work, common)
            yield from ((first.step, second.step, last) for last in known[text, common])


def _remembered(flags: dict[tuple[str, str], int], before: str, after: str) -> int:
    """What holds of a pair; pairs come again and again."""
    if (before, after) not in flags:
        flags[before, after] = relation(before, after)
    return flags[before, after]


def in_order_of_cost(starts: Sequence[Start], work: Work) -> Iterator[tuple[Start, Start]]:
    """All pairs, in rings of rising cost, until the work is spent."""
    costs = [s.cost for s in starts]
    low, high = -1.0, 2 * costs[0] + RING if costs else 0.0
    while costs and low <= 2 * costs[-1]:
        for first in starts:
            if first.cost + costs[0] > high:
                break
            for at in range(bisect_right(costs, low - first.cost), bisect_right(costs, high - first.cost)):
                if not work.spend(PAIR):
                    return
                yield first, starts[at]
        low, high = high, high + RING
