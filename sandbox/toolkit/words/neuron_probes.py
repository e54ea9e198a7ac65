"""Which words to ask a neuron about: of all concepts, where explanations disagree, and in the parts of a concept."""

import math
from collections.abc import Iterable, Sequence
from functools import cache
from heapq import heapify, heappop, heappush

import numpy as np

from .concept_search import SIGMA, Scored, common_spellings, parts
from .neurons import Neuron
from .nouns import concepts, lexicon, members, nouns

_SURVEYED, _MEANINGS, _LONGEST = 12_000, 10, 200  # frequent words with few meanings serve as probes
_WORTH = (0.95, 0.92, 0.8)  # of a concept, that a word's first, second and third meaning makes sure of


@cache
def survey() -> tuple[str, ...]:
    """Words that hold as many concepts as possible between them, the most telling first; small concepts count more."""
    known = lexicon()
    left: dict[int, float] = {c: 1 / math.sqrt(len(members()[c])) for c in concepts().tolist()}
    of: dict[int, dict[int, float]] = {}
    for word, sense, rank in zip(known.word.tolist(), known.sense.tolist(), known.rank.tolist(), strict=True):
        if word < _SURVEYED and known.meanings[word] <= _MEANINGS:
            held = of.setdefault(word, {})
            for c in nouns().ups(sense) & left.keys():
                held[c] = max(held.get(c, 0.0), _WORTH[rank])

    def gain(word: int) -> float:
        return sum(left[c] * worth for c, worth in sorted(of[word].items()))

    heap = [(-gain(word), word) for word in of]
    heapify(heap)
    chosen: list[str] = []
    while heap and len(chosen) < _LONGEST:
        stale, word = heappop(heap)
        fresh = gain(word)
        if fresh < -stale - 1e-9:  # gains only shrink: the first that is up to date is the best
            heappush(heap, (-fresh, word))
            continue
        chosen.append(known.words[word])
        for c, worth in of[word].items():
            left[c] *= 1 - worth
    return tuple(chosen)


def hints(words: Sequence[str], gaps: Sequence[float], level: float, count: int) -> list[str]:
    """Words around those that respond a little without a reason: one of each wider and wider category."""
    known, done = lexicon(), set(words)
    odd = sorted((w for w in zip(gaps, words, strict=True) if w[0] > level), reverse=True)[:count]
    chosen: list[str] = []
    for _, word in odd:
        for sense in nouns().senses(word)[:2]:
            inner: frozenset[int] = frozenset()
            around = sorted((len(members()[c]), c) for c in nouns().ups(sense) & members().keys())
            for size, c in around:
                if not 12 <= size <= 400:
                    continue
                fresh = [i for i in sorted(members()[c] - inner) if known.words[i] not in done]
                usual = [
                    i for i in fresh if known.meanings[i] <= 3 and c in nouns().ups(nouns().senses(known.words[i])[0])
                ]
                if usual:
                    chosen.append(known.words[usual[0]])
                    done.add(chosen[-1])
                inner = members()[c]
    return chosen[:count]


def disagreements(ranked: Sequence[Scored], asked: Iterable[str], count: int) -> list[str]:
    """Words on which the likely explanations disagree most, each in a way of its own."""
    alive = [s for s in ranked if s.cost < ranked[0].cost + 1.5][:10]
    if len(alive) < 2:
        return []
    known, done = lexicon(), set(asked)
    says = np.array([s.neuron.responses(known) for s in alive])
    trust = np.exp(-(np.array([s.cost for s in alive]) - alive[0].cost) / (4 * SIGMA))
    trust /= trust.sum()
    mean = trust @ says
    spread = trust @ (says - mean) ** 2 / (1 + 0.1 * known.meanings)
    chosen: list[str] = []
    patterns: set[tuple[int, ...]] = set()
    for place in np.argsort(-spread, kind="stable")[:400].tolist():
        pattern = tuple((says[:, place] * 4).round().astype(int).tolist())
        if spread[place] < 0.004 or len(chosen) == count:
            break
        if known.words[place] not in done and pattern not in patterns:
            patterns.add(pattern)
            chosen.append(known.words[place])
    return chosen


def subgroups(neuron: Neuron, asked: Iterable[str], count: int, times: int = 2) -> list[str]:
    """Words of the concepts, so that each part and each common spelling of them has been asked about `times` times."""
    known, done = lexicon(), set(asked)
    usual = [(known.closeness(c) == 1) & (known.rank == 0) for c in neuron.concepts]
    inside = frozenset(known.word[np.any(usual, axis=0)].tolist())
    groups = [members()[p] & inside for p in parts(neuron.concepts)]
    groups += [frozenset(i for i in inside if known.written(s)[i]) for s in common_spellings(neuron.concepts)]
    groups = [g for g in groups if len(g) >= 3]
    missing = [times - sum(known.words[i] in done for i in g) for g in groups]
    of: dict[int, list[int]] = {i: [] for i in sorted(inside) if known.words[i] not in done and known.meanings[i] <= 5}
    for place, group in enumerate(groups):
        for i in group:
            if i in of:
                of[i].append(place)
    chosen: list[str] = []
    while len(chosen) < count and of:
        best = max(of, key=lambda i: (sum(missing[g] > 0 for g in of[i]), -i))
        if not any(missing[g] > 0 for g in of[best]):
            break
        chosen.append(known.words[best])
        for g in of.pop(best):
            missing[g] -= 1
    return chosen


def beside(neuron: Neuron, asked: Iterable[str], count: int) -> list[str]:
    """Words just outside: of the narrowest categories around the concepts, a different part of them each."""
    known, done = lexicon(), set(asked)
    predicted = neuron.responses(known)
    chosen: list[str] = []
    for concept in neuron.concepts:
        close = np.where(known.rank == 0, known.closeness(concept), 0.0)
        close[close == 1] = 0.0
        order = np.argsort(-close, kind="stable")[:60]
        fresh = [int(known.word[i]) for i in order[:: max(1, 60 // max(1, count))]]
        chosen += [known.words[i] for i in fresh if predicted[i] < 0.7 and known.words[i] not in done]
    return list(dict.fromkeys(chosen))[:count]
