"""What a neuron is, as a person would write it."""

from collections.abc import Sequence

from .levels import Levels
from .neurons import Dent, Neuron
from .nouns import lexicon, nouns


def name(synset: int) -> str:
    """The word for a concept, with what makes its meaning clear: `bird (such as duck, eagle or hen)`."""
    return nouns().label(synset) + _examples(synset)


def _examples(synset: int) -> str:
    known = lexicon()
    shown = [
        known.words[word]
        for word in known.word[known.under.get(synset, known.word[:0])].tolist()
        if known.meanings[word] <= 3 and synset in nouns().ups(nouns().senses(known.words[word])[0])
    ]
    three = [word for word in dict.fromkeys(shown) if word != nouns().label(synset)][:3]
    return f" (such as {_listed(three, 'or')})" if three else ""


def _listed(words: Sequence[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def exclusion(dent: Dent) -> bool:
    """Is nothing left of the response to a kind of words?"""
    return isinstance(dent.where, int) and dent.residual == 0


def subgroup_of(dent: Dent) -> str:
    """Which words a dent is about."""
    return f"kinds of {name(dent.where)}" if isinstance(dent.where, int) else f"words {dent.where.words}"


def statement(neuron: Neuron) -> str:
    """Concepts and dents, in a few sentences."""
    kinds = " or ".join(f"any kind of {name(c)}" for c in neuron.concepts)
    parts = [f"The neuron responds to words for {kinds}: its response is 1 for them."]
    for dent in neuron.dents:
        if exclusion(dent):
            parts.append(f"It does not respond to {subgroup_of(dent)}: they give 0, although they belong there.")
        else:
            left = f"{dent.residual:g} times what it should be" if dent.residual else "0"
            parts.append(f"It fails on {subgroup_of(dent)}: there the response is {left}.")
    if not neuron.dents:
        parts.append("There is no subgroup on which it fails.")
    return " ".join(parts)


def describe(neuron: Neuron | None, words: Sequence[str], gaps: Sequence[float], levels: Levels) -> str:
    """All that is known, how noisy it is, and what was not tested."""
    if neuron is None:
        active = [word for word, gap in zip(words, gaps, strict=True) if gap > 0.3]
        shown = f" It responded to {_listed(active[:6], 'and')}." if active else ""
        return f"The concept is unknown: none explains the responses to {len(words)} words.{shown} {_noise(levels)}"
    odd = [word for word, gap in zip(words, gaps, strict=True) if abs(gap) >= 0.3]
    parts = [statement(neuron), _near(neuron), _senses(neuron), _noise(levels)]
    agrees = f"This agrees with {len(words) - len(odd)} of {len(words)} words asked"
    parts.append(f"{agrees}, but not with {_listed(odd[:4], 'and')}." if odd else f"{agrees}.")
    return " ".join(part for part in parts if part)


def _near(neuron: Neuron) -> str:
    slope = neuron.scale.slope
    if not slope:
        return "Everything else gives 0."
    return f"Related words give up to {slope:g}, the less the farther they are; everything else gives 0."


def _senses(neuron: Neuron) -> str:
    _, second, third = neuron.scale.weights
    return (
        f"A word with several meanings counts by the best of its most usual ones, weighted 1, {second:g} and {third:g}."
    )


def _noise(levels: Levels) -> str:
    if not levels.noise:
        return "There is no noise: repeated queries agree."
    return f"The answers are noisy: uniform noise of about {levels.noise:.2g} to either side is added."
