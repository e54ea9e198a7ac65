"""What a description of a neuron claims, against the truth: concepts, where it fails, noise, and how close it comes.

Concepts are compared as sets of words. The same meaning, or nearly the same words, is right; what is named besides is
wrong, unless it is a kind of the concept or a category around it. `closeness` executes the description as a whole: the
words that it would have the neuron respond to against those that it does respond to.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from functions.brief import Claim
from functions.data import Form
from functions.entity import EntitySpec
from functions.entity.concepts import overlap
from functions.entity.neuron import Bias, Concept
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import members
from judges.description.around import match_noise
from judges.description.ledger import Ledger
from judges.description.neurons import EntityReading, Mention, read
from judges.description.reader import read as read_numbers

ALIKE = 0.6  # of their words that two concepts share, if they are one
BESIDE = 0.1  # of their words: with less in common, one is no hint at the other
CHANCE = 0.2  # closeness of what has little to do with the truth: it earns nothing
NEAR = 0.15  # relative: what is left of a response

Words = frozenset[str]


def match(truth: EntitySpec, description: str, reading: EntityReading, ledger: Ledger) -> None:
    """Judge a reading against the truth."""
    neuron = truth.neuron
    places = [i for i, c in enumerate(ledger.claims) if c.about == "region" and c.kind != "absent"]
    apart = [*((w, 0.0) for w in neuron.without), *_biased(neuron.bias)]
    region = dict(zip(places, apart, strict=True))
    base = dict(zip(ledger.places("concept", "base"), neuron.concepts, strict=True))
    _match_base(reading, base, ledger)
    _match_region(reading, region, base, ledger)
    _match_absence(reading, region, ledger)
    _match_noise(truth, description, reading, ledger)


def closeness(truth: EntitySpec, reading: EntityReading, ledger: Ledger) -> float:
    """0 to 1: the words that are described and those that are answered, as Dice's coefficient beyond chance.

    Nothing where more is named wrongly than rightly, or what is denied is the concept itself.
    """
    places = ledger.places("concept", "base")
    right = sum(ledger.right[i] > ledger.wrong[i] for i in places)
    wrong = sum(v.verdict == "contradicted" and v.claim.about == "base" for v in ledger.made)
    if wrong > max(1, right) or any(ledger.wrong[i] and not right for i in places if ledger.right[i]):
        return 0.0
    neuron = truth.neuron
    answered = frozenset[str]().union(*(_words(c.synset) for c in neuron.concepts))
    left_out = [*neuron.without, *([neuron.bias.subgroup] if neuron.bias and neuron.bias.residual < 0.5 else [])]
    answered = _without(answered, [part if isinstance(part, Form) else _words(part.synset) for part in left_out])
    named = [m for m in reading.mentions if m.where == "base" and not isinstance(m.meant, Form)]
    said = frozenset[str]().union(*(_best(m, answered) for m in named if m.named))
    denied = (m for m in reading.mentions if m.where == "region")
    said = _without(said, [m.meant if isinstance(m.meant, Form) else _best(m, answered) for m in denied])
    return max(0.0, (_dice(said, answered) - CHANCE) / (1 - CHANCE))


def _words(synset: int) -> Words:
    return members().get(synset, frozenset())


def _best(mention: Mention, answered: Words) -> Words:
    """The words of the sense that fits best."""
    meant = () if isinstance(mention.meant, Form) else mention.meant
    return max((_words(sense) for sense in meant), key=lambda words: _dice(words, answered), default=frozenset())


def _without(words: Words, parts: Iterable[Words | Form]) -> Words:
    for part in parts:
        words = frozenset(w for w in words if not part.holds(w)) if isinstance(part, Form) else words - part
    return words


def _dice(one: Words, other: Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _biased(bias: Bias | None) -> list[tuple[Concept | Form, float]]:
    return [(bias.subgroup, bias.residual)] if bias else []


def _match_base(reading: EntityReading, true: dict[int, Concept], ledger: Ledger) -> None:
    said = [m for m in reading.mentions if m.where == "base" and not isinstance(m.meant, Form)]
    wrong: list[Mention] = []
    unrelated = 0
    for m in sorted(said, key=lambda m: not m.named):
        meant = [i for i, concept in true.items() if _is(m, concept)]
        claim = Claim(kind="concept", about="base", name=_name(m), text=m.words)
        beside = any(_within(m, concept) for concept in true.values())
        if meant:
            for i in meant:
                ledger.support(i, m.words)
            ledger.make(claim, "supported")
        elif beside:
            if not any(ledger.right[i] for i in true):
                ledger.make(claim, "unsupported")
        elif m.named:
            wrong.append(m)
            ledger.make(claim, "contradicted")
        else:
            unrelated += 1
    if unrelated > max(2, len(said) - unrelated):
        wrong += [m for m in said if not m.named]
    _discount(wrong, list(true), ledger)


def _match_region(
    reading: EntityReading,
    true: dict[int, tuple[Concept | Form, float]],
    base: dict[int, Concept],
    ledger: Ledger,
) -> None:
    wrong: list[Mention] = []
    for m in (m for m in reading.mentions if m.where == "region"):
        meant = [i for i, (part, _) in true.items() if _is(m, part)]
        claim = Claim(kind="concept", about="region", name=_name(m), text=m.words)
        if not meant and (not m.named or _fits(m, true)):
            continue
        for i in meant:
            residual = true[i][1]
            told = [s for s in m.shares if s not in (0.0, 1.0)]
            right = not told or (residual > 0 and any(abs(s - residual) <= NEAR * residual for s in told))
            (ledger.support if right else ledger.oppose)(i, m.words)
        ledger.make(claim, "supported" if any(ledger.right[i] for i in meant) else "contradicted")
        if not meant:
            wrong.append(m)
            for i in (i for i, concept in base.items() if _is(m, concept)):
                ledger.take_back(i, m.words)
                ledger.oppose(i, m.words)
    _discount(wrong, list(true), ledger)


def _fits(mention: Mention, true: dict[int, tuple[Concept | Form, float]]) -> bool:
    """Is it a kind of what is left out, or an example of it?"""
    return any(not isinstance(part, Form) and _kind_of(mention, part) for part, _ in true.values())


def _discount(wrong: Sequence[Mention], true: list[int], ledger: Ledger) -> None:
    """What is named wrongly speaks against what is not named; where it is more, against all."""
    right = [i for i in true if ledger.right[i]]
    for m in wrong:
        for i in true:
            if i not in right:
                ledger.oppose(i, m.words)
    if len({m.meant for m in wrong}) > max(1, len(right)):
        for i in right:
            ledger.take_back(i, wrong[0].words)


def _is(mention: Mention, part: Concept | Form) -> bool:
    """Does the mention mean this concept, by one of the usual senses of its word, or this form?"""
    if isinstance(part, Form) or isinstance(mention.meant, Form):
        return mention.meant == part
    return _means(mention.meant, part.synset)


@lru_cache(maxsize=4096)
def _means(meant: tuple[int, ...], synset: int) -> bool:
    known = [sense for sense in meant if sense in members() and synset in members()]
    return synset in meant or any(overlap(sense, synset) >= ALIKE for sense in known)


def _within(mention: Mention, concept: Concept) -> bool:
    """Is it a kind of the concept, or a category around it that is not much wider? Then it is no other concept."""
    if isinstance(mention.meant, Form):
        return False
    around = taxonomy().ancestors(concept.synset)
    shared = max((_dice(_words(sense), _words(concept.synset)) for sense in mention.meant), default=0.0)
    return any(sense in around for sense in mention.meant) or _kind_of(mention, concept) or shared >= BESIDE


def _kind_of(mention: Mention, concept: Concept) -> bool:
    if isinstance(mention.meant, Form):
        return False
    return any(concept.synset in taxonomy().ancestors(sense) for sense in mention.meant)


def _name(mention: Mention) -> str:
    return mention.meant.words() if isinstance(mention.meant, Form) else taxonomy().label(mention.meant[0])


def _match_absence(reading: EntityReading, region: Iterable[int], ledger: Ledger) -> None:
    for i in ledger.places("absent", "region"):
        if reading.no_region:
            ledger.support(i, reading.no_region)
    if reading.no_region:
        for i in region:
            ledger.oppose(i, reading.no_region)
        claim = Claim(kind="absent", about="region", text=reading.no_region)
        ledger.make(claim, "contradicted" if region else "supported")


def _match_noise(truth: EntitySpec, description: str, reading: EntityReading, ledger: Ledger) -> None:
    numbers = read_numbers(description)
    match_noise(numbers, ledger)
    quiet = reading.quiet or numbers.no_noise
    noisy = truth.noise.scale > 0
    for i in ledger.places("noise" if noisy else "absent", "noise"):
        if quiet:
            (ledger.oppose if noisy else ledger.support)(i, quiet)
    if quiet:
        ledger.make(Claim(kind="absent", about="noise", text=quiet), "contradicted" if noisy else "supported")


__all__ = ["EntityReading", "closeness", "match", "read"]
