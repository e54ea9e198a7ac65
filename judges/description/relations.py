"""Descriptions of relations: the rule that is named, the class of inputs where it does not hold, what happens there.

What is given and what comes back are told apart by how people say so ("given A, it returns B", "maps A to B", "the B
of A"), and both compared with every rule of the catalogue by their words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from functions.brief import Claim
from functions.data import Form, table
from functions.heldout.relations import ChainSpec, chains
from functions.relation import RelationSpec
from functions.relation.catalogue import CONDITIONS, Rule, rules
from functions.relation.rule import Departure, Lookup
from judges.description.ledger import Ledger
from judges.description.phrases import Index, Stems, index
from judges.description.phrases import stems as plain_stems
from judges.description.rule_words import class_in, plain_rule
from judges.description.text import MAX_CHARACTERS, excerpt
from judges.truth import Relation

READ = 0.45  # likeness from which words are taken for a rule
MAX_STATEMENT = 600  # characters of a statement of a rule
TERSE = 0.75  # what it counts where only what comes back is said


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE | re.DOTALL)


_SENTENCE = _either(
    r"(?<=[.!?])\s+|\n+|;\s+(?!the output|the result|it )",
    r",? (?=but\b)|,? (?=except\b)|,? (?=(?:while|whereas|although|unless)\b)",
    r", (?=(?:and )?(?:even|odd|weekdays?|months?|days?|codes?|words|names|countries|cities|those|inputs|ones"
    r"|the (?:even|odd)) )",
)
_OUTSIDE = _either(
    r"\b(?:anything|everything|whatever|any other|other inputs?|words of another kind|unknown|all other)\b[^.]*"
    r"(?:undefined|no (?:output|answer|result)|nothing|no answer)",
    r"no answer to anything|is not of that kind",
)
_PLAIN = _either(
    r"no exceptions?|no special cases?|without (?:an? |any )?exception|holds for all|no class of inputs|always holds",
    r"(?:all|every) inputs? alike",
)
_DEPARTS = _either(
    r"\bexception\b|\bbut (?:if|when|for|where)|\bexcept\b|does not hold|\bhowever\b|\bbroken\b|\bunless\b",
    r"\binstead\b|\bspecial case",
)
_LEAD = re.compile(r"^.*?\b(?:if|where|whenever|when|for|that|in case)\b ", re.DOTALL)
_SPLIT = re.compile(r"\s*(?:,|:| then | there )\s*(?:there |then |it |the (?:output|answer|result) )?", re.IGNORECASE)
_GIVES = r"(?:returns?|gives?|outputs?|answers?(?: with)?|says?|tells?(?: you)?|produces?|yields?|responds? with|knows)"
_MAPS = _either(  # both are said; what else stands in the text is a part of them
    r"(?:given|takes?|ask it with|input (?:is|must be)|if it gets|maps?|turns?|converts?|translates?|(?:^"
    r"|[.;] )from) (?P<given>.+?)"
    rf"(?:,? (?:it |and |it looks |you get )?(?:it |then )?{_GIVES}|[;,.] (?:the |its )?output is"
    rf"|[,.:] it {_GIVES}| to (?!\d)| into )"
    r"(?P<gives>.+)",
)
_LOOSE = (
    _either(r"(?:for|from) (?P<given>.+?),(?: it)?(?: returns| gives)? (?P<gives>.+)"),
    _either(r"(?:returns?|gives?|outputs?|answers? with|is|names?) (?P<gives>.+?) (?:of|for|from) (?P<given>.+)"),
    _either(r"(?P<gives>.+?) (?:of|for|from) (?P<given>.+)"),
    _either(r"(?P<given>.+?) in,? (?P<gives>.+?) out\b"),
    _either(
        r"(?P<given>.+?) (?:becomes?|turns? into|gets?|are turned into|are mapped to|yields?|gives?"
        r"|returns?) (?P<gives>.+)"
    ),
    _either(r"(?:from |maps? )?(?P<given>.+?) ?(?:->|=>|\u2192|\bin, |\b(?:on)?to\b) ?(?P<gives>.+)"),
)
_FIXED = re.compile(r"(?:always|simply|just)?[^.]{0,20}[\"'\u201c]([^\"'\u201d\n]{1,100})[\"'\u201d]")
_ENDING = re.compile(r"(?<=ends in )[\"'\u201c]\w+[\"'\u201d]")  # a quotation that is no answer
_ECHO = re.compile(
    r"\bitself\b|input (?:is )?unchanged|(?:same|the) word back|echo\w*|unchanged|\brepeat\w*|\bstays? (?:what"
    r"|as|the same)"
    r"|\b(?:returned|come back|comes back|left|kept) (?:as|the same|alone)|what you (?:typed|entered|gave)"
    r"|\bas is\b|\bsame (?:word|thing|name)"
)
_NOTHING = re.compile(
    r"undefined|no (?:output|answer|result)|\bnothing\b|\bnone\b|\bnull\b|\bempty\b|\bblank\b|\bfails?\b"
)


def stems(text: str) -> Stems:
    """The stems of a text in the words of the catalogue."""
    return plain_stems(plain_rule(text[:MAX_STATEMENT]))


@dataclass(frozen=True)
class RelationReading:
    """What a description says, cut by what it speaks of."""

    told: tuple[str, ...]  # what is not said to be an exception
    departures: tuple[str, ...]
    plain: str
    coverage: float


def read(description: str) -> RelationReading:
    """Cut the text into what is the rule, what departs from it, and that nothing does."""
    base: list[str] = []
    read_in = total = 0
    departing: list[str] = []
    plain = _PLAIN.search(description[:MAX_CHARACTERS].lower())
    for sentence in _SENTENCE.split(description[:MAX_CHARACTERS]):
        if not sentence.strip():
            continue
        total += 1
        known = bool(_PLAIN.search(sentence) or _OUTSIDE.search(sentence))
        departs = bool(_DEPARTS.search(sentence))
        read_in += known or departs or named(sentence)[1] >= READ
        if not known:
            (departing if departs else base).append(sentence.strip())
    return RelationReading(
        tuple(base), tuple(departing), excerpt(plain[0]) if plain else "", read_in / total if total else 0.0
    )


@cache
def _given() -> Index:
    return index({name: (plain_rule(rule.given),) for name, rule in rules().items()})


@cache
def _gives() -> Index:
    return index({name: (plain_rule(rule.gives), plain_rule(_result(name))) for name, rule in rules().items()})


@cache
def _whole() -> Index:
    return index({name: (plain_rule(f"{rule.given} {rule.gives}"), plain_rule(name)) for name, rule in rules().items()})


def _result(name: str) -> str:
    return re.split(r" (?:of|from|after) ", name)[0]


def named(text: str, among: tuple[str, ...] = ()) -> tuple[str, float]:
    """The rule of the catalogue that the words mean, and how like they are to it."""
    scored = {name: _score(name, text) for name in among or rules()}
    best = max(scored, key=lambda name: scored[name])
    return best, scored[best]


def _score(name: str, text: str) -> float:
    found = [0.6 * _whole().likeness(name, stems(text)), TERSE * _gives().likeness(name, stems(text))]
    for given, gives in _told(text):
        found.append(0.5 * _given().likeness(name, stems(given)) + 0.5 * _gives().likeness(name, stems(gives)))
    return max(found)


@cache
def _told(text: str) -> tuple[tuple[str, str], ...]:
    text = plain_rule(text[:MAX_STATEMENT])
    m = _MAPS.search(text)
    matches = [m] if m else [pattern.search(text) for pattern in _LOOSE]
    return tuple((m["given"], m["gives"]) for m in matches if m)


# Matching


def match(truth: Relation, reading: RelationReading, ledger: Ledger) -> None:
    """Judge a reading against the truth."""
    if isinstance(truth, ChainSpec):
        _match_chain(truth, reading, ledger)
        return
    base, apart = _parted(truth.lookup, reading)
    _match_rule(truth.lookup, base, ledger)
    _match_departures(truth.lookup, apart, ledger)
    _match_plain(truth.lookup.departure is not None, reading, apart, ledger)


def _parted(lookup: Lookup, reading: RelationReading) -> tuple[str, tuple[str, ...]]:
    """What is said of all inputs, and of classes of them. Where every clause has its class, that of the rule"
    " is one."""
    name = lookup.table.name
    classed = [(clause, found[0] if (found := class_in(clause, name)) else None) for clause in reading.told]
    base = [clause for clause, of in classed if of is None]
    special = [(clause, of) for clause, of in classed if of is not None]
    if special and not base:
        true = lookup.departure.where if lookup.departure else None
        rest = [clause for clause, of in special if of != true] or [special[0][0]]
        base, special = rest[:1], [(clause, of) for clause, of in special if clause != rest[0]]
    return " ".join(base), (*reading.departures, *(clause for clause, _ in special))


def _match_rule(lookup: Lookup, base: str, ledger: Ledger) -> None:
    scored = [(named(s), s) for s in _statements(base)]
    said = [(name, s) for (name, likeness), s in scored if likeness >= READ]
    (place,) = ledger.places("rule", "base")
    for name, words in said:
        right = name == lookup.rule.name
        (ledger.support if right else ledger.oppose)(place, excerpt(words))
        claim = Claim(kind="rule", about="base", name=name, text=excerpt(words))
        ledger.make(claim, "supported" if right else "contradicted")


def _statements(text: str) -> Iterator[str]:
    """The whole, where it is one statement of a rule; else its sentences."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+| or (?=it |returns|the )", text) if s.strip()]
    if len(sentences) <= 1 or named(text)[1] >= max(named(s)[1] for s in sentences):
        yield from ([text] if text.strip() else [])
    else:
        yield from sentences


def _match_departures(lookup: Lookup, apart: tuple[str, ...], ledger: Ledger) -> None:
    departure = lookup.departure
    conditions, instead = ledger.places("condition", "region"), ledger.places("rule", "region")
    for sentence in apart:
        where, what = _halves(sentence, lookup.table.name)
        right_where = departure is not None and _is_class(where, lookup, departure)
        right_what = departure is not None and _is_answer(what, lookup, departure)
        for kind, places, right, words in (
            ("condition", conditions, right_where, where),
            ("rule", instead, right_what, what),
        ):
            for i in places:
                (ledger.support if right else ledger.oppose)(i, excerpt(words))
            claim = Claim(kind="condition" if kind == "condition" else "rule", about="region", text=excerpt(words))
            ledger.make(claim.model_copy(update={"name": excerpt(words)}), "supported" if right else "contradicted")


def _halves(sentence: str, name: str) -> tuple[str, str]:
    """Where it departs, and what happens there."""
    parts = _SPLIT.split(_LEAD.sub("", sentence, count=1), maxsplit=1)
    if len(parts) == 2 and _LEAD.match(sentence):
        return parts[0], parts[1]
    if found := class_in(sentence, name):
        start, end = found[1]
        return sentence[:end], f"{sentence[:start]} {sentence[end:]}"
    turned = re.split(r"\b(?:if|where|whenever|when|for)\b", sentence, maxsplit=1)
    return (turned[1], turned[0]) if len(turned) == 2 else (parts[0], parts[-1])


def _is_class(text: str, lookup: Lookup, departure: Departure) -> bool:
    """Does the text mean this class of inputs, more than any other of the same table?"""
    found = class_in(text, lookup.table.name)
    if found is not None or isinstance(departure.where, Form):
        return found is not None and found[0] == departure.where
    classes = _classes(lookup.table.name)
    name, likeness = classes.best(plain_stems(text, numbers=True))
    return likeness >= READ and name == f"{departure.where.column}={departure.where.value}"


@cache
def _classes(name: str) -> Index:
    rows = table(name).rows
    phrases = {
        f"{column}={value}": (clause.format(value), value)
        for (where, column), clause in CONDITIONS.items()
        if where == name
        for value in sorted({row[column] for row in rows if row[column]})
    }
    return index(phrases, numbers=True)


def _is_answer(text: str, lookup: Lookup, departure: Departure) -> bool:
    text = _ENDING.sub(" ", text)
    fixed, echo, nothing = _FIXED.search(text), _ECHO.search(text.lower()), _NOTHING.search(text.lower())
    match departure.answer:
        case "fixed":
            return fixed is not None and fixed[1].strip(" .").lower() == departure.text.lower()
        case "echo":
            return echo is not None and fixed is None
        case "undefined":
            return nothing is not None and fixed is None
        case "column":
            if fixed or echo or nothing:
                return False
            same = tuple(n for n, r in rules().items() if (r.table, r.source) == (lookup.table.name, lookup.source))
            words = stems(text)
            scored = {name: _gives().likeness(name, words) for name in same}
            best = max(scored, key=lambda name: scored[name])
            return scored[best] >= READ and best == lookup.rule_to(departure.text).name


def _match_plain(departs: bool, reading: RelationReading, apart: tuple[str, ...], ledger: Ledger) -> None:
    for i in ledger.places("absent", "region"):
        if reading.plain:
            ledger.support(i, reading.plain)
        if apart:
            ledger.oppose(i, excerpt(apart[0]))
    if reading.plain:
        for i in (*ledger.places("condition", "region"), *ledger.places("rule", "region")):
            ledger.oppose(i, reading.plain)
        claim = Claim(kind="absent", about="region", text=reading.plain)
        ledger.make(claim, "contradicted" if departs else "supported")


def _match_chain(truth: ChainSpec, reading: RelationReading, ledger: Ledger) -> None:
    """Two rules in a row: the pair of rules that leads on from one another and is most like the whole text."""
    base = " ".join(reading.told)
    words = stems(base)
    first, second = max(_pairs(), key=lambda pair: _pair_likeness(pair, words))
    if _pair_likeness((first, second), words) < READ:
        return
    for i, said, lookup in zip(ledger.places("rule", "base"), (first, second), truth.chain, strict=True):
        right = said == lookup.rule
        (ledger.support if right else ledger.oppose)(i, excerpt(base))
        claim = Claim(kind="rule", about="base", name=said.name, text=excerpt(base))
        ledger.make(claim, "supported" if right else "contradicted")
    _match_plain(False, reading, reading.departures, ledger)


@cache
def _pairs() -> tuple[tuple[Rule, Rule], ...]:
    return tuple((rules()[first], rules()[second]) for first, second in chains(tuple(rules())))


def _pair_likeness(pair: tuple[Rule, Rule], words: Stems) -> float:
    said = stems(f"{pair[0].given} {pair[0].gives} {pair[1].gives}")
    return _whole().like(said, words) if not frozenset(said).isdisjoint(words) else 0.0


__all__ = ["RelationReading", "RelationSpec", "match", "read"]
