"""Descriptions of neurons: which concepts are named, which are left out or fail, and the noise.

A sentence speaks of what the neuron responds to or, by its cues, of where it fails. Concepts are the nouns that stand
where a concept is named ("kinds of", "responds to"), looked up in the taxonomy; examples in brackets and what is
answered in part ("other kinds of") are neither for nor against the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from functions.brief import Claim
from functions.data import Form
from functions.entity import EntitySpec
from functions.entity.concepts import overlap
from functions.entity.neuron import Bias, Concept
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import members
from judges.description.around import match_noise
from judges.description.ledger import Ledger
from judges.description.reader import read as read_numbers
from judges.description.text import excerpt, normalise

Where = Literal["base", "region"]
ALIKE = 0.7  # of their words that two concepts share, if they are one
MAX_MENTIONS = 200
NEAR = 0.15  # relative: what is left of a response


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|,? \b(?=(?:but|except|although|however|unless|apart from|other than)\b)")
_EXAMPLES = re.compile(
    r"\((?:such as|like|e\.?g\.?|for example|including|for instance)[^)]*\)"
    r"|,? (?:such as|for example|for instance|e\.g\.?) [^.;:()]*"
)
_FAILS = _either(
    r"(?:not|n't|never|hardly|barely) (?:\w+ ){0,2}(?:respond|react|fire|activ|count|includ|detect|hold|work)\w*",
    r"no response|\binactive|\bignor\w+|left out|leav\w+ out|exclud\w+|\bfail\w*|\bbias\w*|blind spot",
    r"works? (?:badly|poorly)",
    r"\bexcept|apart from|other than|\bmiss(?:es|ing)\b|weak\w*|reduc\w+|suppress\w*|\bless for\b|lower for|silent for",
)
_NOWHERE = _either(
    r"no (?:such )?(?:subgroup|blind spot|exception|bias|part)\b|without (?:an? |any )?exception|equally well",
    r"treats? all (?:of )?(?:these|them|\w+) (?:words )?(?:alike|the same)|no (?:class|group|kind) of words",
)
_REST = _either(r"\b(?:everything|anything|all|any) (?:else|other)|\bunrelated|\bother words|\bthe rest\b|\bunknown\b")
_NAMES = _either(  # a concept follows
    r"(?:kinds?|types?|sorts?|names?|members|examples|forms) of ",
    r"words? (?:for|naming|meaning|about|that (?:name|stand for|mean|denote|refer to)|(?:related|referring) to) ",
    r"(?:respon\w+|react\w*|sensitive|tuned) (?:\w+ )?to |detect\w* ",
    r"(?:active|fires?|high|strong\w*) (?:\w+ )?(?:for|on) |looks? for is |looks? for |activat\w+ (?:by|for|on) ",
    r"selective for |represents |encodes |concept (?:of|is) |excited by |category (?:of|is) |\babout |includes? ",
    r"exclud\w+ |ignor\w+ |\bexcept (?:for )?|apart from |other than |fails (?:\w+ )?(?:on|for|with) ",
    r"bias\w* (?:against|on|for) |miss(?:es|ing) |left out are |leav\w+ out |blind spot (?:are|is|for) ",
    r"(?:badly|poorly|weak\w*|less|lower) (?:for|on) ",
)
_WRITTEN = re.compile(r"(?:words? )?(?:that |which )?(?:begin|start|end|of more|longer)")
_MORE = re.compile(r"^(?:,| or| and|,? or| as well as|/)+ ?")
_LEAD = re.compile(
    r"^(?:(?:any|all|an?|the|every|each|some|most|only|for|to|of|is|are|words?|kinds?|types?|sorts?|names?|things?"
    r"|that (?:name|stand for|mean|denote)|various|different|common)\s+)+"
)
_OTHER = re.compile(r"\b(?:other|related|similar|nearby)\s+(?:\w+ )?(?:kinds? of )?$")
_FORM = _either(
    r"(?:begin|start)\w*(?: with| in)?(?: the letters?)? [\"']?(?P<starts>[a-z]{1,3})[\"']?(?![a-z])",
    r"end\w*(?: with| in)(?: the letters?)? [\"']?(?P<ends>[a-z]{1,3})[\"']?(?![a-z])",
    r"(?:more than|longer than|over) (?P<longer>\d+)(?: characters| letters)?",
)
_GENERIC = frozenset(
    ["word", "thing", "kind", "one", "part", "response", "output", "value", "group", "subgroup", "it", "input", "unit"]
) | {"things", "person", "human", "name", "noun", "category", "concept", "nothing", "anything", "something", "general"}
_SMALL = frozenset(["in", "of", "by", "or", "and", "on", "the", "for", "with", "at", "to", "but", "is", "that", "also"])
_LISTED = re.compile(r"^ ?(?:$|[.:;,(!?]|or\b|and\b)")
_QUIET = re.compile(
    r"same answer|repeated queries agree|answers are exact|\bnoiseless|\bdeterministic|not noisy|no noise"
)
_SHARE = re.compile(r"(?<![\w.])(0?\.\d+|0|1|\d+ ?%|half)(?![\w]|\.\d)")


@dataclass(frozen=True)
class Mention:
    """A concept that is named, as the number of its synsets, or a form of words."""

    where: Where
    meant: tuple[int, ...] | Form
    shares: tuple[float, ...]  # numbers that stand with it
    alternative: bool
    words: str


@dataclass(frozen=True)
class EntityReading:
    """All that a description claims of a neuron."""

    mentions: tuple[Mention, ...]
    no_region: str
    quiet: str
    coverage: float


def read(description: str) -> EntityReading:
    """Read what a description says. It knows nothing of the truth."""
    text = normalise(description)
    quiet, nowhere = _QUIET.search(text), _NOWHERE.search(text)
    sentences = [s for s in _SENTENCE.split(_EXAMPLES.sub("", text)) if s.strip()]
    found: list[Mention] = []
    read_in = 0
    for sentence in sentences:
        mentions = list(_mentions(sentence))
        read_in += bool(mentions or _NOWHERE.search(sentence) or _QUIET.search(sentence) or _REST.search(sentence))
        found += mentions
    return EntityReading(
        tuple(found[:MAX_MENTIONS]),
        excerpt(nowhere[0]) if nowhere else "",
        excerpt(quiet[0]) if quiet else "",
        read_in / len(sentences) if sentences else 0.0,
    )


def _mentions(sentence: str) -> Iterator[Mention]:
    if _NOWHERE.search(sentence):
        return
    where: Where = "region" if _FAILS.search(sentence) else "base"
    shares = tuple(_share(m) for m in _SHARE.findall(sentence))
    taken = 0
    for m in _NAMES.finditer(sentence):
        if (
            m.start() < taken
            or _WRITTEN.match(sentence, m.end())
            or _OTHER.search(sentence[: m.start()])
            or _OTHER.search(m[0])
        ):
            continue
        alternative = False
        at = m.end()
        while noun := _noun(sentence[at:]):
            meant, length = noun
            words = excerpt(sentence[max(0, at - 30) : at + length])
            yield Mention(where, meant, shares, alternative, words)
            at += length
            taken = at
            more = _MORE.match(sentence[at:])
            if not more:
                break
            at += more.end()
    if not taken and where == "base":
        yield from _bare(sentence, shares)
    if where == "region":
        for m in _FORM.finditer(sentence):
            yield Mention(where, _form(m), shares, False, excerpt(m[0]))


def _bare(sentence: str, shares: tuple[float, ...]) -> Iterator[Mention]:
    """Concepts that open a sentence, or stand behind its colon: `Athletes: ...`, `birds or wars`."""
    for start in (0, sentence.find(":") + 1):
        at = start
        while (noun := _noun(sentence[at:].lstrip())) and not _OTHER.match(sentence[at:]):
            meant, length = noun
            at += len(sentence[at:]) - len(sentence[at:].lstrip()) + length
            if not _LISTED.match(sentence[at:]):
                break
            yield Mention("base", meant, shares, False, excerpt(sentence[start:at]))
            more = _MORE.match(sentence[at:])
            if not more:
                return
            at += more.end()


def _noun(text: str) -> tuple[tuple[int, ...], int] | None:
    """The longest noun of the taxonomy with which the text begins, behind articles and the like."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    words = re.match(r"[a-z'-]+(?: [a-z'-]+){0,2}", text[start:])
    parts = words[0].split(" ") if words else []
    for length in range(len(parts), 0, -1):
        name = " ".join(parts[:length])
        lemma = taxonomy().lemma(name)
        ends = parts[length - 1] in _SMALL
        if lemma and lemma not in _GENERIC and name not in _GENERIC and not ends:
            return taxonomy().senses(name), start + len(name)
    return None


def _form(m: re.Match[str]) -> Form:
    if m["longer"]:
        return Form(kind="longer", length=int(m["longer"][:4]))
    return Form(kind="starts", text=m["starts"]) if m["starts"] else Form(kind="ends", text=m["ends"])


def _share(written: str) -> float:
    if written == "half":
        return 0.5
    return float(written.rstrip("% ")) / (100 if written.endswith("%") else 1)


# Matching


def match(truth: EntitySpec, description: str, reading: EntityReading, ledger: Ledger) -> None:
    """Judge a reading against the truth."""
    neuron = truth.neuron
    bias = neuron.bias
    places = [i for i, c in enumerate(ledger.claims) if c.about == "region" and c.kind != "absent"]
    apart = [*((w, 0.0) for w in neuron.without), *_biased(bias)]
    region = dict(zip(places, apart, strict=True))
    base = dict(zip(ledger.places("concept", "base"), neuron.concepts, strict=True))
    _match_base(reading, base, ledger)
    _match_region(reading, region, ledger)
    _match_absence(reading, region, ledger)
    _match_noise(truth, description, reading, ledger)


def _biased(bias: Bias | None) -> list[tuple[Concept | Form, float]]:
    return [(bias.subgroup, bias.residual)] if bias else []


def _match_base(reading: EntityReading, true: dict[int, Concept], ledger: Ledger) -> None:
    said = [m for m in reading.mentions if m.where == "base" and not isinstance(m.meant, Form)]
    wrong: list[Mention] = []
    for m in said:
        meant = [i for i, concept in true.items() if _is(m, concept)]
        claim = Claim(kind="concept", about="base", name=_name(m), text=m.words)
        if meant:
            for i in meant:
                ledger.support(i, m.words)
            ledger.make(claim, "supported")
        elif not any(_within(m, concept) for concept in true.values()):
            wrong.append(m)
            ledger.make(claim, "contradicted")
        else:
            ledger.make(claim, "unsupported")
    _discount(wrong, list(true), ledger)


def _match_region(reading: EntityReading, true: dict[int, tuple[Concept | Form, float]], ledger: Ledger) -> None:
    wrong: list[Mention] = []
    for m in (m for m in reading.mentions if m.where == "region"):
        meant = [i for i, (part, _) in true.items() if _is(m, part)]
        claim = Claim(kind="concept", about="region", name=_name(m), text=m.words)
        for i in meant:
            residual = true[i][1]
            told = [s for s in m.shares if s not in (0.0, 1.0)]
            right = not told or (residual > 0 and any(abs(s - residual) <= NEAR * residual for s in told))
            (ledger.support if right else ledger.oppose)(i, m.words)
        ledger.make(claim, "supported" if any(ledger.right[i] for i in meant) else "contradicted")
        if not meant:
            wrong.append(m)
    _discount(wrong, list(true), ledger)


def _discount(wrong: list[Mention], true: list[int], ledger: Ledger) -> None:
    """What is named wrongly speaks against what is not named; where it is more, against all."""
    right = [i for i in true if ledger.right[i]]
    for m in wrong:
        for i in true:
            if i not in right:
                ledger.oppose(i, m.words)
    if len({m.words for m in wrong}) > max(1, len(right)):
        for i in right:
            ledger.take_back(i, wrong[0].words)


def _is(mention: Mention, part: Concept | Form) -> bool:
    """Does the mention mean this concept, by one of the usual senses of its word, or this form?"""
    if isinstance(part, Form) or isinstance(mention.meant, Form):
        return mention.meant == part
    usual = [sense for sense in mention.meant[:2] if sense in members() and part.synset in members()]
    return part.synset in mention.meant or any(overlap(sense, part.synset) >= ALIKE for sense in usual)


def _within(mention: Mention, concept: Concept) -> bool:
    """Is it a kind of the concept, or a category around it? True as far as it goes, and not the concept."""
    if isinstance(mention.meant, Form):
        return False
    tree = taxonomy()
    around = tree.ancestors(concept.synset)
    return any(concept.synset in tree.ancestors(sense) or sense in around for sense in mention.meant[:1])


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
