"""Finds what a clause means in a catalogue of phrases, by the words that they share.

Words are cut to stems, synonyms are one stem, and a word that few entries use weighs more (its inverse frequency among
entries). Likeness is Dice's coefficient of the weighted stems, the best over an entry's phrases; order settles ties.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import fsum, log

_JOINED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), f" {by} ")
    for pattern, by in [
        (r"upper[- ]?cased?|\bcapitals?(?: letters?)?\b|capitalised?|capitalized?|all caps", "uppercase"),
        (r"lower[- ]?cased?|\bsmall(?: ones?| letters?)?\b(?=[^-])", "lowercase"),
        (
            r"in front\b(?: of)?|(?:at|to) the (?:start|beginning|front)\b|prepend\w*|\bprefix\w*|before the text",
            "front",
        ),
        (r"(?:at|to) the (?:very )?end\b|append\w*|\bsuffix\w*|tack\w* on|followed by|finish the result", "append"),
        (
            r"leav\w+ out|take\w* out|\bdelet\w+|\bdrop(?:s|ped|ping)?\b|\bstrip\w*|\bomit\w*|\bdiscard\w*|without",
            "remove",
        ),
        (
            r"in (?:the )?place of|instead of|substitut\w+|swapp?\w* out|turn\w* into|\bbecom\w+|\bchange\w* to",
            "replace",
        ),
        (
            r"backwards?|opposite order|revers\w+|\bflip\w*|from (?:back to front|last to first|right to left)",
            "reverse",
        ),
        (r"two times|\bdoubl\w+|\btwice\b|duplicat\w+", "double"),
        (r"number of|how many|\bcount(?:s|ed|ing)?\b(?: of)?|\blength\b|\bamount of", "count"),
        (r"plurali[sz]\w*", "plural"),
        (r"\bantonyms?\b", "opposite"),
        (r"(?:dial\w*|phone|telephone)(?: country)? (?:codes?|prefix\w*|number prefix\w*)", "calling code"),
        (r"\b(?:tlds?|web domain|domain ending|domain suffix)\b", "internet domain"),
        (r"add\w* up|total\w*|sum\w*(?: of)?", "sum"),
        (r"longer than|greater than|\bover\b|\bexceed\w*", "more"),
        (r"shorter than|less than|\bunder\b", "fewer"),
        (r"\bstart(?:s|ing)?\b|\bbegin(?:s|ning)?\b|\bleading\b|\binitial\b|\bopening\b", "begin"),
        (r"\bend(?:s|ing)?\b|\btrailing\b|\bfinal\b", "end"),
        (r"exchang\w+|interchang\w+|\bswap\w*|trad\w+ places|change places", "swap"),
        (r"(?:each|every) (?:single )?|\ball\b", "every"),
        (r"\bstrings?\b|\binput text\b", "text"),
        (r"\bword separators?\b|\bblanks?\b|\bwhitespace\b", "space"),
        (r"\bhas\b|\bcontains?\b|\bincludes?\b|\bholds\b|\bwith at least one\b", "contain"),
        (r"not empty|non-?empty", "nonempty"),
        (r"(?:divisible by|multiples? of) (?:3|three)", "inthrees"),
        (r"next to each other|directly followed by|adjacent|in a row|neighbou?r\w*|consecutive", "neighbour"),
        (r"alternat\w+", "alternate"),
        (r"rot(?:13| 13)", "replace letter shift 13 alphabet place"),
        (r"caesar(?: cipher| shift)?", "letter shift alphabet place"),
    ]
)
_SILENT = """
a an the of to in on at is are be by it its this that and or with for from as into so do does each any then finally next
text result output input function which them they their there here what returns return give gives get gets answer write
make take put go going done also just up but one two three four five six seven eight nine ten same way step operation
was were been has have will would can may if when read reads
"""
_STOP = frozenset(_SILENT.split())
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
ORDER = 0.03  # of likeness, for words that follow one another in both: it settles ties
MAX_KNOWN = 20_000  # answers that an index remembers
_TOKEN = re.compile(r"[a-z]+|\d+")


@lru_cache(maxsize=4096)
def stems(text: str, numbers: bool = False) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in order. Quoted texts are not among them, and numbers on demand."""
    text = re.sub(r'"[^"\n]{0,40}"', " ", text.lower())
    for pattern, by in _JOINED:
        text = pattern.sub(by, text)
    words = (t for t in _TOKEN.findall(text) if (numbers if t.isdigit() else t not in _STOP and len(t) > 1))
    return tuple(map(_stem, words))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + ("y" if ending == "ies" else "")
            break
    return word.removesuffix("e") if len(word) > 3 else word


Stems = tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """Keys with the stems of their phrases, and what each stem weighs."""

    phrases: Mapping[str, tuple[Stems, ...]]
    weights: Mapping[str, float]
    unknown: float  # the weight of a stem that no entry uses
    _known: dict[Stems, tuple[str, float]] = field(default_factory=dict, compare=False)

    def weight(self, words: Iterable[str]) -> float:
        """What these stems weigh together: to the last digit the same, in whatever order they come."""
        return fsum(self.weights.get(word, self.unknown) for word in words)

    def likeness(self, key: str, words: Stems) -> float:
        """Between 0 and 1: how much an entry and these stems share."""
        return max(self.like(phrase, words) for phrase in self.phrases[key])

    def best(self, words: Stems) -> tuple[str, float]:
        """The entry most like these stems, and how much. Ties go to the first."""
        if words not in self._known:
            if len(self._known) > MAX_KNOWN:
                self._known.clear()
            scored = {key: self.likeness(key, words) for key in self.phrases}
            key = max(scored, key=lambda key: scored[key])
            self._known[words] = key, scored[key]
        return self._known[words]

    def like(self, phrase: Stems, words: Stems) -> float:
        """The likeness of two rows of stems."""
        a, b = frozenset(phrase), frozenset(words)
        if a.isdisjoint(b):
            return 0.0
        pairs = frozenset(pairwise(phrase)), frozenset(pairwise(words))
        order = len(pairs[0] & pairs[1]) / (len(pairs[0] | pairs[1]) or 1)
        return (1 - ORDER) * 2 * self.weight(a & b) / (self.weight(a) + self.weight(b)) + ORDER * order


def index(phrases: Mapping[str, Iterable[str]], numbers: bool = False) -> Index:
    """An index of keys by their phrases; each also without what stands in brackets or behind its first clause."""
    cut = {
        key: tuple({stems(version, numbers) for phrase in texts for version in _versions(phrase)} - {()})
        for key, texts in phrases.items()
    }
    used = Counter(word for forms in cut.values() for word in {word for form in forms for word in form})
    weights = {word: log(1 + len(cut) / n) for word, n in used.items()}
    return Index(cut, weights, log(1 + len(cut)) / 2)


def _versions(phrase: str) -> Iterable[str]:
    bare = re.sub(r"\([^)]*\)", " ", phrase)
    return phrase, bare, re.split(r"[;:]|, (?:and|so|also|leaving|joined|shortest|starting|the )", bare)[0]
