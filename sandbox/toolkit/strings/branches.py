"""Branches: two programs that together explain everything, and a condition that tells which of them is followed."""

from collections.abc import Iterable, Sequence

from .conditions import Condition, conditions
from .explanation import Explanation
from .kind import Program, run
from .search import DEEP, Match, Search, Task
from .work import Work

LEADING = 3
"""Programs whose failures are searched for what happens there."""

REPEATED = 3
"""Texts that have to get one and the same answer before it is believed to be all that a branch ever says."""

MOST = 200
"""Explanations that are kept."""

CONDITIONS = 12
"""Conditions that are kept for one pair of programs: the likeliest."""

Masks = Sequence[tuple[Condition, int]]


def condition_masks(questions: Sequence[str]) -> list[tuple[Condition, int]]:
    """Where each condition holds, as bits, the likeliest first; those that never or always hold are left out."""
    everywhere = (1 << len(questions)) - 1
    masks = [(c, sum(1 << i for i, x in enumerate(questions) if c(x))) for c in conditions()]
    return sorted(((c, m) for c, m in masks if 0 < m < everywhere), key=lambda pair: pair[0].cost)


def branched(matches: Sequence[Match], some: Task, masks: Masks, depth: int, work: Work) -> list[Explanation]:
    """Explanations by a branch, the likeliest first: of pairs of programs that were found, or of one and what explains
    the rest, in up to `depth` steps."""
    everywhere = some.everywhere
    found: list[Explanation] = []
    for main in matches:
        for inside in matches:
            if inside is not main and main.hits | inside.hits == everywhere:
                found += joined(main, inside, masks, everywhere)
    if not found:
        for main in leading(matches, masks, everywhere)[: LEADING if depth < DEEP else 1]:
            for inside in _explain_rest(everywhere & ~main.hits, some, depth, work):
                found += joined(main, inside, masks, everywhere)
                found += joined(inside, main, masks, everywhere)
    return sorted(found, key=lambda e: e.cost)[:MOST]


def joined(main: Match, inside: Match, masks: Masks, everywhere: int) -> list[Explanation]:
    """Conditions that hold wherever `main` fails, and only where `inside` is right."""
    failures = everywhere & ~main.hits
    fitting = (c for c, mask in masks if not failures & ~mask and not mask & ~inside.hits and not c.denied)
    return [Explanation(main.program, c, inside.program) for c, _ in zip(fitting, range(CONDITIONS), strict=False)]


def leading(matches: Iterable[Match], masks: Masks, everywhere: int) -> list[Match]:
    """The programs whose hits look most like one side of a branch: a condition holds of nearly nothing else."""
    sides = list(dict.fromkeys(mask for _, mask in masks))

    def likeness(match: Match) -> int:
        """Texts on the side that fits best, less those that it gets right beyond that side."""
        outside = everywhere & ~match.hits
        return max((2 * mask.bit_count() for mask in sides if not mask & outside), default=0) - match.count

    scored = [(likeness(match), match) for match in matches]
    out: list[Match] = []
    for score, match in sorted(scored, key=lambda pair: (-pair[0], pair[1].cost)):
        if score > 0 and not any(match.hits & ~other.hits == 0 for other in out):
            out.append(match)
        if len(out) == LEADING:
            break
    return out


def _explain_rest(rest: int, some: Task, depth: int, work: Work) -> list[Match]:
    """Programs that get all of the rest right, with everything else that they get right."""
    places = [i for i in range(len(some.questions)) if rest >> i & 1]
    if not places:
        return []
    search = Search(some.only(places), work)
    for steps in range(1, depth + 1):
        found = search.whole(steps, WORK[steps])
        if found:
            return [
                Match(m.program, _all_hits(m.program, some.questions, some.answers))
                for m in found[:CONDITIONS]
                if len(places) >= REPEATED or all(step.kind.name != "always" for step in m.program)
            ]
    return []


def _all_hits(program: Program, questions: Sequence[str], answers: Sequence[str]) -> int:
    return sum(1 << i for i, (x, y) in enumerate(zip(questions, answers, strict=True)) if run(program, x) == y)


def unknown_branch(main: Match, masks: Masks, everywhere: int) -> Explanation:
    """`main`, with the likeliest condition that holds exactly where it fails, if there is one."""
    failures = everywhere & ~main.hits
    return Explanation(main.program, next((c for c, mask in masks if mask == failures), None))


WORK = {1: 20_000, 2: 150_000, 3: 300_000}
"""Applied steps in one search of so many operations."""
