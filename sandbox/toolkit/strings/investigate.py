"""All of it in one call: questions and answers in, explanations out."""

from collections.abc import Sequence
from dataclasses import dataclass

from .branches import WORK, branched, condition_masks, unknown_branch
from .explanation import Explanation, hits
from .kind import Kind, run
from .search import UNDEFINED, Match, Search, Task, task
from .work import Work

ALL_WORK = 900_000
"""Applied steps in one investigation: some three seconds."""

MATCHES = 300
"""Programs that explain a part, kept for what they may be together."""

NEED = 3
"""Answers that a program has to get right to be one side of a branch."""

TOLD = 0.3
"""Of all answers that a program gets right before it is told as the best guess where nothing explains all."""

PIVOTS = {1: 60, 2: 4}
"""Pairs through which parts are searched, by the number of steps."""

STAGES = (0, 1), (0, 2), (1, 2), (0, 3), (2, 2), (3, 3)
"""What is searched in turn: steps of the part that is found first (0: programs of the whole), and steps of the rest."""


@dataclass(frozen=True)
class Findings:
    """What is believed. `explanations` are ranked, best first; all of them explain everything if `explained`."""

    questions: tuple[str, ...]
    answers: tuple[str, ...]
    explanations: tuple[Explanation, ...]
    explained: bool

    @property
    def best(self) -> Explanation:
        """The first of them; what changes nothing, where nothing was found."""
        return self.explanations[0] if self.explanations else Explanation(())

    @property
    def right(self) -> int:
        """How many answers the best gets right."""
        return hits(self.best, self.questions, self.answers).bit_count()

    @property
    def pairs(self) -> list[tuple[str, str | None]]:
        """Questions with their answers."""
        return [(x, None if y == UNDEFINED else y) for x, y in zip(self.questions, self.answers, strict=True)]

    def after(self, questions: Sequence[str], answers: Sequence[str | None]) -> "Findings":
        """With more answers: explanations that they refute are gone."""
        more = tuple(UNDEFINED if y is None else y for y in answers)
        left = tuple(e for e in self.explanations if all(e(x) == y for x, y in zip(questions, more, strict=True)))
        return Findings((*self.questions, *questions), (*self.answers, *more), left, self.explained)


def investigate(pairs: Sequence[tuple[str, str | None]], kinds: tuple[Kind, ...] | None = None) -> Findings:
    """Explanations of all answers, the plainest first; where there is none, the best of a part of them.

    Chains of one and two steps come before branches with a side of one step, then three steps, then other branches. A
    branch that one text alone speaks for is believed only when nothing else explains it. `kinds` restricts the library.
    """
    seen = dict(pairs)
    questions = tuple(seen)
    answers = tuple(UNDEFINED if y is None else y for y in seen.values())
    found, explained = _explanations(task(questions, answers, kinds))
    return Findings(questions, answers, tuple(found), explained)


def _explanations(some: Task) -> tuple[list[Explanation], bool]:
    """The likeliest first; and do they explain everything?"""
    total = Work(ALL_WORK)
    search, masks = Search(some, total), condition_masks(some.questions)
    matches: list[Match] = []
    weak: list[Explanation] = []
    for parts, depth in STAGES:
        if not parts:
            whole = search.whole(depth, WORK[depth])
            if whole:
                return [Explanation(m.program) for m in whole], True
            continue
        if parts in PIVOTS:
            matches += search.parts(parts, NEED, PIVOTS[parts], matches, WORK[parts])
            matches = sorted(matches, key=lambda m: (-m.count, m.cost))[:MATCHES]
        found = branched(matches, some, masks, depth, total)
        strong = [e for e in found if _supported(e, some.questions)]
        if strong:
            return strong, True
        weak = weak or found
    if weak:
        return weak, True
    told = [m for m in matches if m.count >= TOLD * len(some.questions)]
    return [unknown_branch(m, masks, some.everywhere) for m in told[:3]], False


def _supported(explanation: Explanation, questions: tuple[str, ...]) -> bool:
    """Is there more than one text on either side of the branch that the other side's program would get wrong?"""
    condition = explanation.condition or (lambda _: False)
    differ = [condition(x) for x in questions if run(explanation.main, x) != run(explanation.inside or (), x)]
    return min(differ.count(True), differ.count(False)) > 1
