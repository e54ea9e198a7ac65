"""Nouns and what they are kinds of (WordNet), and the words with which concepts are probed: the frequent ones."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from .knowledge import nouns_text, plain
from .spelling import Spelling

IntArray = NDArray[np.int64]

SENSES = 3  # of a word, that are considered
_PHRASE = 6  # words in an ending that is looked up
_PLURALS = (("ses", "s"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y"), ("s", ""))


class Nouns:
    """Synsets (meanings) are numbered, a parent before its children."""

    def __init__(self, text: str) -> None:
        synsets, _, rest = text.removeprefix("# synsets\n").partition("# lemmas\n")
        lemmas, _, plurals = rest.partition("# plurals\n")
        self._synsets = synsets.splitlines()
        self._lines = lemmas.splitlines()
        self._plurals = dict(line.split("\t") for line in plurals.splitlines())
        self._ups: dict[int, frozenset[int]] = {}

    def label(self, synset: int) -> str:
        """The first of the words for it."""
        return self._synsets[synset].split("\t")[0]

    def parents(self, synset: int) -> tuple[int, ...]:
        """What it is directly a kind or an instance of."""
        return _numbers(self._synsets[synset].split("\t")[1])

    def size(self, synset: int) -> int:
        """How many synsets are kinds of it, itself included."""
        return int(self._synsets[synset].split("\t")[2])

    def ups(self, synset: int) -> frozenset[int]:
        """Everything that a synset is a kind of, itself included."""
        known = self._ups.get(synset)
        if known is None:
            known = frozenset({synset}).union(*(self.ups(up) for up in self.parents(synset)))
            self._ups[synset] = known
        return known

    def senses(self, word: str) -> tuple[int, ...]:
        """What a word may mean, the most usual first; plurals and phrases are read by their last words."""
        parts = plain(word).split(" ")[-_PHRASE:]
        for start in range(len(parts)):
            ending = " ".join(parts[start:])
            singular = [ending.removesuffix(end) + put for end, put in _PLURALS if ending.endswith(end)]
            for form in (ending, *self._plurals.get(ending, "").split(","), *singular):
                if line := self._find(form):
                    return _numbers(line.split("\t")[1])
        return ()

    def _find(self, lemma: str) -> str:
        at = bisect_left(self._lines, f"{lemma}\t")
        found = bool(lemma) and at < len(self._lines) and self._lines[at].startswith(f"{lemma}\t")
        return self._lines[at] if found else ""

    def lemmas(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Every noun in its dictionary form with what it may mean, in alphabetical order."""
        for line in self._lines:
            lemma, senses, _ = line.split("\t")
            yield lemma, _numbers(senses)

    @cached_property
    def frequent(self) -> tuple[str, ...]:
        """Nouns that occur in a corpus (SemCor), the most frequent first."""
        entries = (line.rsplit("\t", 1) for line in self._lines)
        occurring = ((head.split("\t")[0], counts) for head, counts in entries if counts.strip("0,"))
        known = [(word, sum(_numbers(counts))) for word, counts in occurring if not any(map(str.isdigit, word))]
        return tuple(word for word, _ in sorted(known, key=lambda entry: (-entry[1], entry[0])))


class Lexicon:
    """Words with their senses as flat arrays: `sense[i]` is a meaning of word `word[i]`, of rank `rank[i]`."""

    def __init__(self, nouns: Nouns, words: Sequence[str]) -> None:
        self.words = tuple(words)
        found = [nouns.senses(word)[:SENSES] for word in words]
        self.word = np.repeat(np.arange(len(words)), [len(senses) for senses in found])
        self.sense = np.array([sense for senses in found for sense in senses], dtype=np.int64)
        self.rank = np.array([rank for senses in found for rank in range(len(senses))], dtype=np.int64)
        self.meanings = np.array([len(nouns.senses(word)) for word in words], dtype=np.int64)
        self._nouns = nouns
        self._closeness: dict[int, NDArray[np.float64]] = {}
        self._written: dict[Spelling, NDArray[np.bool_]] = {}

    @cached_property
    def _of_rank(self) -> list[NDArray[np.intp]]:
        return [np.flatnonzero(self.rank == rank) for rank in range(SENSES)]

    @cached_property
    def under(self) -> dict[int, IntArray]:
        """For each synset the places in `sense` that are kinds of it."""
        places: dict[int, list[int]] = {}
        for place, sense in enumerate(self.sense.tolist()):
            for up in self._nouns.ups(sense):
                places.setdefault(up, []).append(place)
        return {synset: np.array(found) for synset, found in places.items()}

    def closeness(self, concept: int) -> NDArray[np.float64]:
        """For each sense, the share that a concept makes up of the narrowest category that holds both; 1 inside."""
        if concept not in self._closeness:
            out = np.zeros(self.sense.size)
            sizes = sorted(((self._nouns.size(up), up) for up in self._nouns.ups(concept)), reverse=True)
            for size, up in sizes:
                if (places := self.under.get(up)) is not None:
                    out[places] = sizes[-1][0] / size
            self._closeness[concept] = out
        return self._closeness[concept]

    def written(self, spelling: Spelling) -> NDArray[np.bool_]:
        """Which words are written in that way."""
        if spelling not in self._written:
            self._written[spelling] = np.array([spelling.holds(word) for word in self.words], dtype=np.bool_)
        return self._written[spelling]

    def best(self, of_senses: NDArray[np.float64]) -> NDArray[np.float64]:
        """The largest value of each word's senses, along the last axis; 0 for words without any."""
        out = np.zeros((*of_senses.shape[:-1], len(self.words)))
        for places in self._of_rank:  # a word has one sense of each rank at most
            words = self.word[places]
            out[..., words] = np.maximum(out[..., words], of_senses[..., places])
        return out


@cache
def nouns() -> Nouns:
    """The taxonomy, loaded once."""
    return Nouns(nouns_text())


@cache
def lexicon() -> Lexicon:
    """The frequent words."""
    return Lexicon(nouns(), nouns().frequent)


@cache
def members() -> dict[int, frozenset[int]]:
    """For each synset the frequent words that may mean a kind of it, as places in `lexicon().words`."""
    known = lexicon()
    return {synset: frozenset(known.word[places].tolist()) for synset, places in known.under.items()}


@cache
def concepts(fewest: int = 24, most: int = 1200) -> IntArray:
    """Synsets that a neuron may respond to: enough frequent words, and not nearly everything."""
    return np.array(sorted(s for s, words in members().items() if fewest <= len(words) <= most))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(","))) if text else ()
