"""Parameters read off all pairs together, where no single pair tells them: alphabets, and letters that are gone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .groups import LETTERS, low
from .kind import SAME_OUTLINE, SHORTER, Kind, Pair, Step, relation

LOWER = LETTERS[:26]

MOST_SEEN = 18
"""Letters of the alphabet that have to be seen before it is believed what becomes of the others."""

MOST_GONE = 8
"""Letters that may be gone: more would be a group that has a name."""


def pooled(pairs: Sequence[Pair], pivot: int, kinds: Iterable[Kind]) -> Iterator[Step]:
    """Last steps with such parameters. The pivot is believed, of the other pairs what most of them say."""
    flags = relation(*pairs[pivot])
    for kind in kinds:
        if kind.name == "substitute" and flags & SAME_OUTLINE and pairs[pivot][0] != pairs[pivot][1]:
            yield from (Step(kind, (alphabet,)) for alphabet in _alphabet(pairs, pivot))
        if kind.name == "remove_letters" and flags & SHORTER and len(pairs[pivot][0]) > len(pairs[pivot][1]):
            yield from (Step(kind, (gone,)) for gone in _gone(pairs, pivot))


def _alphabet(pairs: Sequence[Pair], pivot: int) -> Iterator[str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for i, (before, after) in enumerate(pairs):
        if len(before) == len(after):
            for old, new in zip(low(before), low(after), strict=True):
                if old in LOWER and new in LOWER:
                    votes[old][new] += 1 + 1000 * (i == pivot)
    became = {old: counts.most_common(1)[0][0] for old, counts in votes.items()}
    if len(became) >= MOST_SEEN and len(set(became.values())) == len(became):
        left = sorted(set(LOWER) - set(became.values()), reverse=True)
        yield "".join(became.get(c) or left.pop() for c in LOWER)


def _gone(pairs: Sequence[Pair], pivot: int) -> Iterator[str]:
    """Letters of the pivot that it lost, and those that wherever they were nearly always are lost."""
    lost, kept = Counter[str](), Counter[str]()
    for before, after in pairs:
        for c in set(low(before)) & set(LOWER):
            (kept if c in low(after) else lost)[c] += 1
    sure = {c for c in LOWER if c in low(pairs[pivot][0]) and c not in low(pairs[pivot][1])}
    gone = sure | {c for c in lost if c not in low(pairs[pivot][1]) and not kept[c]}
    if gone and len(gone) <= MOST_GONE:
        yield "".join(sorted(gone))
