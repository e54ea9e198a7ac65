"""An investigation of a neuron: survey, then ask where explanations disagree, then in the parts of its concepts."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .concept_search import SIGMA, Scored, search
from .knowledge import plain
from .levels import Levels, normalised
from .neuron_code import code
from .neuron_probes import beside, disagreements, hints, subgroups, survey
from .neuron_prose import describe, statement, subgroup_of
from .neurons import Dent
from .nouns import Lexicon, nouns

BATCH = 8
Ask = Callable[[list[str]], object]
Pairs = Sequence[tuple[object, object]]


@dataclass(frozen=True)
class NeuronFindings:
    """Explanations, the best first, of the mean responses `y` (scaled to 0..1) to `words`."""

    ranked: tuple[Scored, ...]
    words: tuple[str, ...]
    y: tuple[float, ...]
    levels: Levels

    @property
    def explained(self) -> bool:
        """Are all responses near what the best explanation says?"""
        return bool(self.ranked) and all(abs(gap) < 0.3 for gap in self.gaps)

    @property
    def gaps(self) -> tuple[float, ...]:
        """Response less what the best explanation says, of each word."""
        if not self.ranked:
            return self.y
        says = self.ranked[0].neuron.responses(Lexicon(nouns(), self.words))
        return tuple((np.array(self.y) - says).tolist())


def look(pairs: Pairs) -> NeuronFindings:
    """What explains the answers so far."""
    words, y, found = normalised(pairs)
    return NeuronFindings(search(words, y), words, tuple(y.tolist()), found)


def study_neuron(observed: Callable[[], Pairs], ask: Ask, wide: int, deep: int) -> NeuronFindings:
    """Ask `wide` words all over the taxonomy, and up to `deep` more where that leads. `observed` gives all answers."""
    asked = {plain(str(word)) for word, _ in observed()}
    first = [word for word in survey() if word not in asked][:wide]
    if first:
        ask(first)
    found = look(observed())
    while deep > 0:
        words = _next(found, min(BATCH, deep))
        if not words:
            break
        ask(words)
        deep -= len(words)
        found = look(observed())
    return found


def _next(found: NeuronFindings, count: int) -> list[str]:
    """Words to ask about next: half where explanations disagree, the rest in parts of the best one's concepts."""
    odd = hints(found.words, found.gaps, max(0.06, 2.5 * found.levels.noise), count // 3 if found.ranked else count)
    if not found.ranked:
        more = [word for word in survey() if word not in found.words and word not in odd]
        return [*odd, *more][:count]
    best = found.ranked[0].neuron
    apart = disagreements(found.ranked, (*found.words, *odd), (count - len(odd) + 1) // 2)
    words = [*odd, *apart]
    words += subgroups(best, (*found.words, *words), count - len(words))
    words += beside(best, (*found.words, *words), min(2, count - len(words)))
    return words


def neuron_attacks(pairs: Pairs, count: int) -> list[tuple[str, str]]:
    """Words with the kind of attack they are: of other concepts, which nothing else reveals, parts of the concepts,
    siblings."""
    found = look(pairs)
    if not found.ranked:
        return []
    best = found.ranked[0].neuron
    apart = disagreements(found.ranked, found.words, count // 3)
    inside = subgroups(best, (*found.words, *apart), count // 3, times=4)
    near = beside(best, (*found.words, *apart, *inside), count // 6)
    far = [word for word in survey() if word not in (*found.words, *apart, *inside, *near)]
    kinds = {"a rival says otherwise": apart, "a part of the concept": inside, "a sibling of the concept": near}
    kinds["another concept"] = far[:count]
    # each kind evenly among the others, so that no volley is of one kind
    places = [(i / len(words), word, kind) for kind, words in kinds.items() for i, word in enumerate(words)]
    return [(word, kind) for _, word, kind in sorted(places, key=lambda place: place[0])][:count]


def neuron_report(found: NeuronFindings) -> dict[str, object]:
    """As JSON: description, code, noise, hypotheses with their support."""
    best = found.ranked[0] if found.ranked else None
    costs = [s.cost - found.ranked[0].cost for s in found.ranked[:4]]
    trust = [math.exp(-cost / (4 * SIGMA)) for cost in costs]
    neuron = best.neuron if best else None
    return {
        "description": describe(neuron, found.words, found.gaps, found.levels),
        "code": code(neuron, found.levels, dict(zip(found.words, found.y, strict=True))),
        "explained": found.explained,
        "asked": len(found.words),
        "unexplained": sum(abs(gap) >= 0.3 for gap in found.gaps),
        "noise": found.levels.noise,
        "names": [nouns().label(c) for c in neuron.concepts] if neuron else [],
        "regions": [_region(dent) for dent in neuron.dents] if neuron else [],
        "hypotheses": [
            {"form": s.neuron.form, "statement": statement(s.neuron), "support": t / sum(trust)}
            for s, t in zip(found.ranked, trust, strict=False)
        ],
    }


def _region(dent: Dent) -> dict[str, str]:
    if not dent.residual:
        return {"condition": subgroup_of(dent), "behaviour": "no response"}
    return {"condition": subgroup_of(dent), "behaviour": f"{dent.residual:g} times the usual response"}
