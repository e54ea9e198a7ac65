"""Which neurons explain the responses seen: concepts, unions of them, and where they are left out or weaker."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from .neurons import Dent, FloatArray, Neuron, Scale, graded
from .nouns import Lexicon, concepts, lexicon, members, nouns
from .spelling import Spelling, spellings

SIGMA = 0.1  # responses that differ by less are alike
_CAP = 0.25  # loss of a word that does not respond although it should: dents are common
_CONCEPT, _DENT = 0.35, 0.3  # what a part of an explanation costs, in squared response
_BEAM, _MOST = 12, 3
_PART, _VISIBLE = (0.04, 0.7), (0.06, 0.5)  # of a concept's words, in a part, and of one spelling
_FEWEST = 4  # words in a part
_RESIDUALS = (0.0, 0.1, 0.2, 0.3, 0.5)
_SLOPES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Scored:
    """A neuron with what it leaves unexplained (squared response) and what its parts cost."""

    neuron: Neuron
    loss: float

    @property
    def cost(self) -> float:
        """What ranks it; the smaller the better."""
        return self.loss + _CONCEPT * len(self.neuron.concepts) + _DENT * len(self.neuron.dents)


def search(words: Sequence[str], y: FloatArray) -> tuple[Scored, ...]:
    """Neurons by how well they explain the responses `y`, shape (n,), to `words`; none where nothing responds."""
    if not (y > 0.25).any():
        return ()
    seen, scale = Lexicon(nouns(), words), Scale()
    found: list[Scored] = []
    for _ in range(2):  # the second time with gradings that were fitted to the best of the first
        bases = _unions(seen, y, scale)
        found = [dented for base in bases[:_BEAM] for dented in _dented(base, seen, y)]
        found.sort(key=lambda s: s.cost)
        scale = fitted(found[0].neuron, seen, y)
    ranked = {s.neuron.form: s for s in reversed(_scored([s.neuron.with_scale(scale) for s in found], seen, y))}
    return tuple(sorted(ranked.values(), key=lambda s: s.cost))[: 2 * _BEAM]


def loss(predicted: FloatArray, y: FloatArray) -> FloatArray:
    """Squared differences summed over the last axis; a missing response counts less than one without a reason."""
    gap = (y - predicted) ** 2
    return np.where(predicted > y, np.minimum(gap, _CAP), gap).sum(axis=-1)  # type: ignore[no-any-return]


def fitted(neuron: Neuron, seen: Lexicon, y: FloatArray) -> Scale:
    """Weights of a word's less usual senses and the slope of closeness that fit best, one after the other."""
    best = neuron.scale
    grid = [w / 20 for w in range(4, 21)]
    for _ in range(2):
        options = [replace(best, slope=slope) for slope in _SLOPES]
        options += [replace(best, weights=(1.0, w, best.weights[2])) for w in grid]
        options += [replace(best, weights=(*best.weights[:2], w)) for w in grid]
        best = min([best, *options], key=lambda s: float(loss(neuron.with_scale(s).responses(seen), y)))
    return best


def _scored(neurons: Sequence[Neuron], seen: Lexicon, y: FloatArray) -> list[Scored]:
    found = [Scored(n, float(loss(n.responses(seen), y))) for n in neurons]
    return sorted(found, key=lambda s: s.cost)


def _unions(seen: Lexicon, y: FloatArray, scale: Scale) -> list[Scored]:
    """Single concepts, and what is gained by adding others."""
    pool = _candidates(seen, y)
    weights = np.array(scale.weights)[seen.rank]
    single = seen.best(np.array([graded(seen.closeness(c), scale) for c in pool.tolist()]) * weights)
    found = [Scored(Neuron((int(c),), scale=scale), float(gone)) for c, gone in zip(pool, loss(single, y), strict=True)]
    row = {int(c): i for i, c in enumerate(pool)}
    beam = sorted(found, key=lambda s: s.cost)[:_BEAM]
    out = list(beam)
    for _ in range(_MOST - 1):
        grown: dict[frozenset[int], Scored] = {}
        for base in beam:
            so_far = single[[row[c] for c in base.neuron.concepts]].max(axis=0)
            gone = loss(np.maximum(so_far, single), y)
            for i in np.argsort(gone, kind="stable")[:_BEAM].tolist():
                named = (*base.neuron.concepts, int(pool[i]))
                if gone[i] < base.loss - _CONCEPT / 2 and not _nested(named):
                    grown.setdefault(frozenset(named), Scored(replace(base.neuron, concepts=named), float(gone[i])))
        beam = sorted(grown.values(), key=lambda s: s.cost)[:_BEAM]
        out += beam
    return sorted(out, key=lambda s: s.cost)


def _candidates(seen: Lexicon, y: FloatArray) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Concepts that hold a sense of a word that responds."""
    active = {int(s) for s, w in zip(seen.sense, seen.word, strict=True) if y[w] > 0.2}
    around = set().union(*(nouns().ups(s) for s in active))
    return np.array([c for c in concepts().tolist() if c in around])


def _nested(named: tuple[int, ...]) -> bool:
    last = named[-1]
    return any(last in nouns().ups(c) or c in nouns().ups(last) for c in named[:-1])


def _dented(base: Scored, seen: Lexicon, y: FloatArray) -> Iterator[Scored]:
    """The neuron as it is, and with the one or two dents that explain most."""
    yield base
    for _ in range(2):
        tried = _scored(
            [replace(base.neuron, dents=(*base.neuron.dents, d)) for d in _dents(base.neuron, seen, y)], seen, y
        )
        if not tried or tried[0].loss > base.loss - 0.15:
            return
        best = [_softened(s.neuron, seen, y) for s in tried[:6]]
        best.sort(key=lambda s: s.cost)
        yield from best
        base = best[0]


def _softened(neuron: Neuron, seen: Lexicon, y: FloatArray) -> Scored:
    """With the residual of the last dent that fits best."""
    *others, last = neuron.dents
    options = [replace(neuron, dents=(*others, replace(last, residual=r))) for r in _RESIDUALS]
    return _scored(options, seen, y)[0]


def _dents(neuron: Neuron, seen: Lexicon, y: FloatArray) -> Iterator[Dent]:
    """Parts of the concepts, and spellings, that hold words which respond less than expected."""
    expected = neuron.responses(seen)
    weak = np.flatnonzero(expected - y > 0.3)
    for part in parts(neuron.concepts):
        places = seen.under.get(part)
        if places is not None and np.isin(seen.word[places], weak).any():
            yield Dent(part)
    if any(isinstance(d.where, int) for d in neuron.dents) or not weak.size:
        return
    for spelling in common_spellings(neuron.concepts):
        if seen.written(spelling)[weak].any():
            yield Dent(spelling)


@lru_cache(maxsize=256)
def common_spellings(named: tuple[int, ...]) -> tuple[Spelling, ...]:
    """Spellings that a visible part of the concepts' words have."""
    inside = np.array(sorted(set().union(*(members()[c] for c in named))))
    found = spellings([lexicon().words[i] for i in inside])
    return tuple(s for s in found if _VISIBLE[0] <= lexicon().written(s)[inside].mean() <= _VISIBLE[1])


def parts(named: Sequence[int]) -> list[int]:
    """Synsets below one of the concepts that hold a visible part of its words."""
    return sorted(set().union(*map(_parts, named)))


@lru_cache(maxsize=512)
def _parts(concept: int) -> frozenset[int]:
    senses = {int(lexicon().sense[place]) for place in lexicon().under[concept].tolist()}
    below = {up for sense in senses for up in nouns().ups(sense) if concept in nouns().ups(up)} - {concept}
    low, high = (share * len(members()[concept]) for share in _PART)
    return frozenset(s for s in below if max(_FEWEST, low) <= len(members()[s] & members()[concept]) <= high)


__all__ = ["SIGMA", "Scored", "common_spellings", "fitted", "loss", "parts", "search"]
