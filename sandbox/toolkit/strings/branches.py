"""Branches: two programs that together explain everything, and a condition that tells which of them is followed."""

from collections.abc import Iterable, Sequence

from .conditions import Condition, conditions
from .explanation import Explanation
from .kind import Program, run
from .search import Match, Starts, Work, search

LEADING = 3
"""Programs whose failures are searched for what happens there."""

REPEATED = 3
"""Texts that have to get one and the same answer before it is believed to be all that a branch ever says."""

MOST = 60
"""Explanations that are kept."""


def condition_masks(questions: Sequence[str]) -> list[tuple[Condition, int]]:
    """Where each condition holds, as bits, the plainest first; those that never or always hold are left out."""
    everywhere = (1 << len(questions)) - 1
    masks = [(c, sum(1 << i for i, x in enumerate(questions) if c(x))) for c in conditions()]
    return sorted(((c, m) for c, m in masks if 0 < m < everywhere), key=lambda pair: pair[0].cost)


def branched(matches: Sequence[Match], starts: Starts, depth: int, work: Work) -> list[Explanation]:
    """Explanations by a branch, best first: of pairs of programs that were found, or of one and what explains the
    rest."""
    masks = condition_masks(starts.questions)
    answers, everywhere = starts.answers, (1 << len(starts.answers)) - 1
    found: list[Explanation] = []
    for main in matches:
        for inside in matches:
            if inside is not main and main.hits | inside.hits == everywhere:
                found += joined(main, inside, masks, everywhere)
    if not found:
        for main in _leading(matches):
            rest = [i for i in range(len(answers)) if not main.hits >> i & 1]
            if rest:
                inside_matches = _explain_rest(rest, starts, depth, work)
                found += [e for inside in inside_matches for e in joined(main, inside, masks, everywhere)]
    return sorted(found, key=lambda e: e.cost)[:MOST]


def joined(main: Match, inside: Match, masks: list[tuple[Condition, int]], everywhere: int) -> list[Explanation]:
    """Conditions that hold wherever `main` fails, and only where `inside` is right."""
    failures = everywhere & ~main.hits
    fitting = (c for c, mask in masks if not failures & ~mask and not mask & ~inside.hits)
    return [Explanation(main.program, c, inside.program) for c, _ in zip(fitting, range(12), strict=False)]


def _leading(matches: Iterable[Match]) -> list[Match]:
    """The best of the programs that get different things right."""
    out: list[Match] = []
    for match in matches:
        if match.program and not any(match.hits & ~other.hits == 0 for other in out):
            out.append(match)
        if len(out) == LEADING:
            break
    return out


def _explain_rest(rest: list[int], starts: Starts, depth: int, work: Work) -> list[Match]:
    """Programs that get all of the rest right, with everything else that they get right."""
    some = Starts(tuple(starts.questions[i] for i in rest), tuple(starts.answers[i] for i in rest), starts.kinds)
    for steps in range(1, depth + 1):
        found = search(some, len(rest), steps, work)
        if found:
            return [
                Match(m.program, _all_hits(m.program, starts.questions, starts.answers))
                for m in found[:12]
                if m.program[-1:] == () or m.program[-1].kind.name != "always" or len(rest) >= REPEATED
            ]
    return []


def _all_hits(program: Program, questions: Sequence[str], answers: Sequence[str]) -> int:
    return sum(1 << i for i, (x, y) in enumerate(zip(questions, answers, strict=True)) if run(program, x) == y)


def unknown_branch(main: Match, questions: Sequence[str]) -> Explanation:
    """`main`, with the plainest condition that holds exactly where it fails, if there is one."""
    failures = ((1 << len(questions)) - 1) & ~main.hits
    where = next((c for c, mask in condition_masks(questions) if mask == failures), None)
    return Explanation(main.program, where)
