"""Nouns and what they are kinds of: WordNet's noun taxonomy, offline, loaded on first use.

Lines of the table are decoded only when they are looked at; `functions.entity.build_taxonomy` says what is in them.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property

from functions.data import canonical, read_text

TABLE = "nouns@1"
_LONGEST = 8  # words in an ending that is looked up
_DETACHED = (  # WordNet's rules of detachment for nouns (morphy(7WN))
    ("ses", "s"),
    ("ves", "f"),
    ("xes", "x"),
    ("zes", "z"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("men", "man"),
    ("ies", "y"),
    ("s", ""),
)


class Taxonomy:
    """Synsets (sets of words of one meaning) are numbered; a parent's number is lower than its children's."""

    def __init__(self, text: str) -> None:
        synsets, _, rest = text.removeprefix("# synsets\n").partition("# lemmas\n")
        lemmas, _, plurals = rest.partition("# plurals\n")
        self._synsets = synsets.splitlines()
        self._lemmas = lemmas.splitlines()
        self._plurals = dict(line.split("\t") for line in plurals.splitlines())
        self._ancestors: dict[int, frozenset[int]] = {}

    def __len__(self) -> int:
        return len(self._synsets)

    def label(self, synset: int) -> str:
        """The first of the words for it."""
        return self._synsets[synset].split("\t")[0]

    def parents(self, synset: int) -> tuple[int, ...]:
        """What it is directly a kind or an instance of; empty for the one root, "entity"."""
        return _numbers(self._synsets[synset].split("\t")[1])

    def size(self, synset: int) -> int:
        """How many synsets are kinds of it, itself included."""
        return int(self._synsets[synset].split("\t")[2])

    def ancestors(self, synset: int) -> frozenset[int]:
        """Everything it is a kind of, itself included."""
        known = self._ancestors.get(synset)
        if known is None:
            known = frozenset({synset}).union(*(self.ancestors(up) for up in self.parents(synset)))
            self._ancestors[synset] = known
        return known

    def kinds(self, synset: int) -> frozenset[int]:
        """Everything that is a kind of it, itself included."""
        found, left = {synset}, [synset]
        while left:
            new = [child for child in self._children.get(left.pop(), ()) if child not in found]
            found.update(new)
            left += new
        return frozenset(found)

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for synset in range(len(self)):
            for up in self.parents(synset):
                children.setdefault(up, []).append(synset)
        return children

    def senses(self, word: str) -> tuple[int, ...]:
        """Synsets that a word may mean, the most usual first. Empty where it is unknown.

        The word is made canonical; what is not a lemma is read as a plural, first an irregular and then a regular one;
        an unknown phrase is read as the longest ending of it that is known ("rusty sports cars" as "sports car").
        """
        lemma = self.lemma(word)
        return self.lemma_senses(lemma) if lemma else ()

    def lemma(self, word: str) -> str:
        """The dictionary form that a word is read as, "" where it is unknown."""
        words = canonical(word).split(" ")[-_LONGEST:]
        endings = (" ".join(words[start:]) for start in range(len(words)))
        return next((form for ending in endings for form in self._readings(ending) if self._find(form)), "")

    def lemma_senses(self, lemma: str) -> tuple[int, ...]:
        """Synsets of a dictionary form, the most usual first."""
        return _numbers(self._find(lemma).partition("\t")[0])

    def lemmas(self) -> Iterator[tuple[str, int]]:
        """Every dictionary form in alphabetical order, with how often it was tagged in SemCor: its frequency."""
        for line in self._lemmas:
            lemma, _, counts = line.split("\t")
            yield lemma, sum(_numbers(counts))

    def _readings(self, word: str) -> Iterator[str]:
        yield word
        yield from self._plurals.get(word, "").split(",")
        yield from (word.removesuffix(end) + start for end, start in _DETACHED if word.endswith(end))

    def _find(self, lemma: str) -> str:
        """What the table says of a lemma, after its name; "" where it is not there."""
        at = bisect_left(self._lemmas, f"{lemma}\t")
        found = lemma and at < len(self._lemmas) and self._lemmas[at].startswith(f"{lemma}\t")
        return self._lemmas[at][len(lemma) + 1 :] if found else ""


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy, loaded once."""
    return Taxonomy(read_text(TABLE))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()
