"""Rules about endings, learnt from examples: what the last letters of a word become, also of words that no table holds.

Each example is a change of ending: letters taken off, others put on, perhaps with the last one doubled. Which change a
word gets is decided by how it ends, in letters or in kinds of letters ("Cy": a consonant and y), by the pattern that
was most reliable among the examples.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

VOWELS = "aeiou"
FEWEST = 8  # examples, for anything to be learnt
LEARNT = 0.75  # of the examples, told from the others alone, that make a rule
MOST = 400  # patterns that are kept


@dataclass(frozen=True)
class Change:
    """Takes `off` the end, doubles the letter that is then last if `doubled`, and puts `on`."""

    off: str
    doubled: bool
    on: str

    def applied(self, word: str) -> str | None:
        """The changed word; None where it does not end in that way."""
        if not word.endswith(self.off) or len(word) <= len(self.off):
            return None
        stem = word[: len(word) - len(self.off)]
        return stem + (stem[-1] if self.doubled else "") + self.on

    @property
    def words(self) -> str:
        """What is done: `"y" becomes "ies"`."""
        doubled = " after doubling the last letter" if self.doubled else ""
        if not self.on:
            return f'"{self.off}" is taken off' if self.off else "nothing changes"
        return f'"{self.off}" becomes "{self.on}"{doubled}' if self.off else f'"{self.on}" is added{doubled}'


@dataclass(frozen=True)
class Endings:
    """Changes with how reliable each is, by pattern; `share` of the examples can be told from the others alone."""

    by_pattern: Mapping[str, tuple[float, Change]]
    share: float

    def answer(self, word: str) -> str | None:
        """What a word in lower case becomes; None for a phrase and where no change fits."""
        if not word.isalpha():
            return None
        known = (self.by_pattern[p] for p in patterns(word) if p in self.by_pattern)
        for _, change in sorted(known, key=lambda entry: -entry[0]):
            if (changed := change.applied(word)) is not None:
                return changed
        return None

    @property
    def words(self) -> str:
        """The usual change, and the most reliable others by how a word ends."""
        usual = self.by_pattern[""][1] if "" in self.by_pattern else None
        others: dict[Change, str] = {}
        for pattern, (trust, change) in sorted(self.by_pattern.items(), key=lambda entry: (-entry[1][0], entry[0])):
            if change != usual and trust > 0.6 and pattern:
                others.setdefault(change, pattern)
        told = [
            f"where the word ends in {_said(pattern)}, {change.words}" for change, pattern in list(others.items())[:4]
        ]
        return "; ".join([*([] if usual is None else [f"usually {usual.words}"]), *told])


def learnt(examples: Iterable[tuple[str, str]]) -> Endings | None:
    """What pairs of a word and what it becomes teach; None where they are few, or cannot be told from one another."""
    known = {w.lower(): a.lower() for w, a in examples if w.isalpha() and a.isalpha()}
    counted: dict[str, Counter[Change]] = defaultdict(Counter)
    changes = {word: change for word, answer in known.items() if (change := _change(word, answer)) is not None}
    for word, change in changes.items():
        for pattern in patterns(word):
            counted[pattern][change] += 1
    if len(known) < FEWEST:
        return None
    right = sum(_told(word, counted, changes) == answer for word, answer in known.items())
    best = {p: (_trust(c), c.most_common(1)[0][0]) for p, c in counted.items()}
    kept = sorted(best.items(), key=lambda entry: (bool(entry[0]), -entry[1][0], len(entry[0]), entry[0]))[:MOST]
    share = right / len(known)
    return Endings(dict(kept), share) if share >= LEARNT else None


def patterns(word: str) -> list[str]:
    """How a word ends: any way, in letters, in a kind of letter before letters, and in kinds of letters."""
    kinds = "".join("V" if letter in VOWELS else "C" for letter in word)
    found = [""]
    for length in range(1, min(4, len(word)) + 1):
        found += [word[-length:], kinds[-length] + word[len(word) - length + 1 :], kinds[-length:]]
    return list(dict.fromkeys(found))


def _change(word: str, answer: str) -> Change | None:
    """From the first letter on that differs; None where nothing is left of the word."""
    same = next((i for i, (a, b) in enumerate(zip(word, answer, strict=False)) if a != b), min(len(word), len(answer)))
    if not same:
        return None
    off, on = word[same:], answer[same:]
    doubled = not off and len(on) > 1 and on[0] == word[-1] and word[-1] not in VOWELS
    return Change(off, doubled, on[1:] if doubled else on)


def _trust(counted: Counter[Change]) -> float:
    """How sure the most frequent change is, less for few examples (Laplace's rule of succession)."""
    return (counted.most_common(1)[0][1] + 0.5) / (counted.total() + 1.5)


def _told(word: str, counted: Mapping[str, Counter[Change]], changes: Mapping[str, Change]) -> str | None:
    """What the other examples say of one of them."""
    own, others = changes.get(word), list[tuple[float, Change]]()
    for pattern in patterns(word):
        left = counted.get(pattern, Counter()) - Counter([own] if own else [])
        if left:
            others.append((_trust(left), left.most_common(1)[0][0]))
    for _, change in sorted(others, key=lambda entry: -entry[0]):
        if (changed := change.applied(word)) is not None:
            return changed
    return None


def _said(pattern: str) -> str:
    kinds = {"C": "a consonant", "V": "a vowel"}
    letters = pattern.lstrip("CV")
    told = [kinds[kind] for kind in pattern[: len(pattern) - len(letters)]]
    return " and ".join([*told, *([f'"{letters}"'] if letters else [])])
