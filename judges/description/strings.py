"""Descriptions of string functions: the operations that are named, in order, the branch, and whether it is so.

The text is cut where a step may end; of all ways to join the pieces again the one is taken in which they are most like
phrases of the catalogue. What was read is executed: steps that do what the true ones do, in whatever words and order,
settle them. Otherwise operations are aligned in order, and parameters compared.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from functions.brief import Claim
from functions.string import StringSpec
from functions.string.behaviour import outputs
from functions.string.catalogue import conditions, held_out_operations, operation_named, operations
from functions.string.claims import UNCHANGED
from functions.string.entry import Value
from functions.string.steps import Body, Step
from functions.string.texts import probes
from judges.description.ledger import Ledger
from judges.description.phrases import Index, index, stems
from judges.description.text import MAX_CHARACTERS, excerpt
from judges.description.text_examples import Example, examples, match_examples
from judges.description.wording import symbols, thresholds
from judges.description.wordings import WORDINGS

READ = 0.5  # likeness from which a piece is taken for an operation or a condition
MAX_PIECES, MAX_JOINED = 160, 6
MAX_BRACKETS = 400  # characters of a piece that is not cut because a bracket is open
PRICE = 0.5  # of one more piece, in the weight of words
MAX_STEPS = 3  # of a chain that is executed


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_IF = _either(
    r"\b(?:if|when|whenever|unless)\b(?: and only if)?(?= (?:the|it|its|a|an|there|this|input|text|string)\b)",
    r"\bwhere (?:the|an?) (?:input|text|string)(?: text)?",
    r"\bfor (?:all |any |those )?(?:inputs|texts|strings) (?=that|which|with|of|whose|longer|shorter|begin|end)",
    r"\b(?:inputs|texts|strings) (?=that|which|with|whose|longer|shorter)",
)
_ELSE = re.compile(
    r"\b(?:otherwise|elsewhere|in all other cases|every other input|all other (?:inputs|texts|strings))\b,?|\belse,"
)
_CUT = re.compile(r"([;:.!?\n]+(?=\s|$)|,|\b(?:and )?(?:then|after that|finally)\b|\(\d\)|\band\b|\bor\b)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_UNCHANGED = _either(
    r"unchanged|(?:back|returned|returns? it|left|stays?|kept) (?:exactly )?as it is\b|left alone|untouched|unmodified",
    r"(?:output|result) is the input itself|returns? the input itself",
)
_NO_BRANCH = _either(
    r"\bno (?:special |other )?(?:exceptions?|branch\w*|special cases?|inputs are handled)|for every input",
    r"(?:all|every) (?:texts?|inputs?|strings?) (?:is|are) (?:treated|handled) (?:alike|the same|equally)",
    r"regardless of the (?:input|text)|without (?:any )?exception",
)
_DEPARTS = _either(
    r"exception|instead|differently|another (?:way|rule)|left alone|none of this|replaced",
)
_FILLER = _either(  # what is said around steps
    r"(?:it )?works? differently|do this instead|take the input text|is treated in another way",
    r"every time going on with what you have got by then|each step on the result of the one before",
    r"each applied to what the last one gave|(?:the function|it|this) works step by step",
    r"(?:the function|it|this) does (?:just |only )?one thing",
    r"it does this instead|it works like this",
    r"\(gaps (?:closed|kept)[^()\n]{0,60}\)|\((?:an odd middle|negative:|the rest as it was)[^()\n]{0,60}\)",
    r"\(?\bcounted from (?:0|1|a)\)?|,? ?(?:(?:with|joined by|before) )?''(?: between)?|,? joined by ' '",
    r",? ?\bkeeping (?:its|the) case(?! of)|,? accented \w+ too|,? and leave the rest(?! as| in| of)",
    r",? beginning with character \d+|, if (?:there are as many|more follow)",
    r"(?<=by \d): the (?:first|last) \d+ characters (?:go|come) to the (?:end|front)",
    r"to get the output|apply these operations one after the other|what it returns is found by \w+ \w+",
)
_BLANK = re.compile(r"(?:(?<=each )|(?<=every ))(?:' '|\" \")")  # a quoted blank
_NEGATED = re.compile(
    r"^(?:it )?(?:does not|doesn't|do not|don't|never|is not|isn't|not|rather than|instead of|nothing)\b"
)
_CARDINALS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth"
_NUMBERS = {w: n for n, w in enumerate(_CARDINALS.split("|"))}
_NUMBERS |= {w: n for n, w in enumerate(_ORDINALS.split("|"), 1)}
_NUMBERS |= {"once": 1, "twice": 2, "single": 1, "thrice": 3}
_NUMBER = re.compile(rf"(?<![\w.])(\d+)(?:st|nd|rd|th)?\b|\b({'|'.join(_NUMBERS)})\b")
_QUOTED = re.compile(
    r"[\"\u201c\u201d]([^\"\u201c\u201d\n]{1,40})[\"\u201c\u201d]|(?<!\w)['\u2018`]([^'\u2019`\n]{1,40})['\u2019`](?!\w)"
)
_FIRST = re.compile(r"^\W*(?:first(?:ly)?|second(?:ly)?|lastly|next),? (?=[a-z]+(?: |,))")
_MASK = re.compile(r'"(\d+)q"')

Where = Literal["base", "region"]


@dataclass(frozen=True)
class Said:
    """One operation or condition that the text names, with the values that it gives to parameters."""

    name: str
    where: Where
    words: str
    numbers: tuple[int, ...]
    texts: tuple[str, ...]
    alternative: bool = False

    def bare(self, options: Sequence[Value]) -> list[str]:
        """Options that stand in the words without quotation marks, such as "most" in "the most frequent"."""
        if self.texts:
            return []
        words = self.words.lower()
        return [o for o in options if isinstance(o, str) and len(o) > 3 and re.search(rf"\b{re.escape(o)}\b", words)]

    def parameters(self, choices: Mapping[str, tuple[Value, ...]]) -> dict[str, Value] | None:
        """Values for all parameters, None where one is not said."""
        found: dict[str, Value] = {}
        for name, options in choices.items():
            said: list[Value] = [v for v in (*self.numbers, *self.texts, *self.bare(options)) if v in options]
            if not said and 1 in options:
                said = [1]
            if len(set(said)) != 1:
                return None
            found[name] = said[0]
        return found


@dataclass(frozen=True)
class StringReading:
    """All that a description claims of a string function. `coverage` is the share of its words that was read."""

    steps: tuple[Said, ...]
    conditions: tuple[Said, ...]
    unchanged: str
    no_branch: str
    denied: frozenset[str]
    coverage: float
    examples: tuple[Example, ...] = ()


@cache
def _operations() -> Index:
    entries = operations() | held_out_operations()
    return index({name: (*map(_bare, entry.phrases), *WORDINGS.get(name, ()), name) for name, entry in entries.items()})


@cache
def _conditions() -> Index:
    return index({name: (*map(_bare, entry.phrases), name) for name, entry in conditions().items()})


def _bare(template: str) -> str:
    """A phrase without its parameters, but with the nouns that they count."""
    return re.sub(r"\{\w+(?::(\w+))?\}", lambda m: f" {m[1] if m[1] not in (None, 'th', 'time') else ''} ", template)


def read(description: str) -> StringReading:
    """Read what a description says. It knows nothing of the truth."""
    shown, rest = examples(description[:MAX_CHARACTERS])
    plain = _FILLER.sub(" ", _BLANK.sub("space", rest))
    text, quotes = _masked(thresholds(symbols(plain)))
    steps: list[Said] = []
    found: list[Said] = []
    denied: set[str] = set()
    unchanged, mass, known = "", 0.0, 0.0
    for where, conditional, part in _parts(text):
        pieces = _pieces(part)
        if conditional:
            said, pieces = _condition(pieces, quotes)
            found += [said] if said else []
            known += _operations().weight(stems(said.words)) if said else 0.0
        if where == "region" and (m := _UNCHANGED.search(part.lower())):
            unchanged = excerpt(m[0])
            known += _operations().weight(stems(part))
            mass += _operations().weight(stems(part))
            continue
        for piece, name, likeness in _joined(pieces):
            weight = _operations().weight(stems(piece.text))
            mass += weight
            if likeness < READ:
                continue
            known += weight
            if _NEGATED.search(piece.text.lower().strip()):
                denied.add(name)
            else:
                steps.append(_said(name, where, piece, quotes))
    no_branch = _NO_BRANCH.search(text.lower())
    return StringReading(
        steps=tuple(steps),
        conditions=tuple(found),
        unchanged=unchanged,
        no_branch=excerpt(no_branch[0]) if no_branch else "",
        denied=frozenset(denied),
        coverage=min(1.0, known / mass) if mass else 0.0,
        examples=shown,
    )


@dataclass(frozen=True)
class _Piece:
    text: str
    after: str = ""  # the word it was cut from the one before at


def _parts(text: str) -> Iterator[tuple[Where, bool, str]]:
    """Stretches of text: of the base or of the branch, and whether a condition begins them."""
    for sentence in _SENTENCE.split(text):
        if _NO_BRANCH.search(sentence.lower()) and not _IF.search(sentence.lower()):
            yield from ((("base"), False, p) for p in [_NO_BRANCH.sub(" ", sentence.lower())] if len(stems(p)) > 2)
            continue
        lower = sentence.lower()
        m = next((m for m in _IF.finditer(lower) if _depth(lower[: m.start()]) == 0), None)
        if m is None:
            yield ("base", False, sentence)
            continue
        before = sentence[: m.start()]
        rest = sentence[m.end() :]
        otherwise = _ELSE.search(rest.lower())
        inside = rest[: otherwise.start()] if otherwise else rest
        if _UNCHANGED.search(before.lower()):
            inside = f"{inside}: unchanged"
        elif not _DEPARTS.search(before.lower()) and _is_step(before):
            # `reverse the text if it is long`: what stands before the condition is what happens there
            inside = f"{inside}: {before}"
        yield ("region", True, inside)
        if otherwise:
            yield ("base", False, rest[otherwise.end() :])


def _is_step(text: str) -> bool:
    words = stems(text)
    return bool(words) and _operations().best(words)[1] >= READ


def _depth(text: str) -> int:
    """How many brackets are open at the end of the text."""
    return text.count("(") - text.count(")")


def _pieces(text: str) -> list[_Piece]:
    """The text cut where a step may end; not within brackets."""
    parts = _CUT.split(text)
    pieces = [_Piece(_FIRST.sub("", parts[0]))]
    for cut, piece in zip(parts[1::2], parts[2::2], strict=True):
        if _depth(pieces[-1].text) > 0 and len(pieces[-1].text) < MAX_BRACKETS:
            pieces[-1] = _Piece(f"{pieces[-1].text}{cut}{piece}", pieces[-1].after)
            continue
        pieces.append(_Piece(_FIRST.sub("", piece), cut.strip().lower()))
    return [p for p in pieces if p.text.strip()][:MAX_PIECES]


def _join(pieces: Sequence[_Piece]) -> _Piece:
    words = pieces[0].text + "".join(f"{'' if p.after in ',;:.' else ' '}{p.after} {p.text}" for p in pieces[1:])
    return _Piece(words.strip(), pieces[0].after)


def _joined(pieces: list[_Piece]) -> list[tuple[_Piece, str, float]]:
    """The pieces joined so that they are most like phrases, each with the operation it is most like."""
    best: list[tuple[float, list[tuple[_Piece, str, float]]]] = [(0.0, [])]
    for end in range(1, len(pieces) + 1):
        options = []
        for start in range(max(0, end - MAX_JOINED), end):
            whole = _join(pieces[start:end])
            words = stems(whole.text)
            name, likeness = _operations().best(words) if words else ("", 0.0)
            gain = _operations().weight(words) * likeness**2 - PRICE
            options.append((best[start][0] + gain, [*best[start][1], (whole, name, likeness)]))
        best.append(max(options, key=lambda option: option[0]))
    return best[-1][1]


def _condition(pieces: list[_Piece], quotes: list[str]) -> tuple[Said | None, list[_Piece]]:
    """The condition that the first pieces state, and the pieces after it."""
    tried = []
    for end in range(1, min(len(pieces), MAX_JOINED) + 1):
        whole = _join(pieces[:end])
        words = stems(whole.text)
        if words:
            name, likeness = _conditions().best(words)
            tried.append((likeness, end, name, whole))
    if not tried:
        return None, pieces
    likeness, end, name, whole = max(tried, key=lambda option: (option[0], -option[1]))
    if likeness < READ:
        return None, pieces[1:]
    return _said(name, "region", whole, quotes), pieces[end:]


def _said(name: str, where: Where, piece: _Piece, quotes: list[str]) -> Said:
    texts = tuple(quotes[int(n)] for n in _MASK.findall(piece.text))
    bare = _MASK.sub(" ", piece.text).lower()
    numbers = tuple(int(d) if d else _NUMBERS[w] for d, w in _NUMBER.findall(bare) if len(d) < 6)
    words = _MASK.sub(lambda m: f'"{quotes[int(m[1])]}"', piece.text)
    return Said(name, where, words, numbers, texts, piece.after == "or")


def _masked(text: str) -> tuple[str, list[str]]:
    """The text with its quotations numbered, so that nothing is cut or read in them, and the quotations."""
    quotes: list[str] = []

    def number(m: re.Match[str]) -> str:
        quotes.append(m[1] or m[2])
        return f'"{len(quotes) - 1}q"'

    return _QUOTED.sub(number, text), quotes


# Matching


def match(truth: StringSpec, reading: StringReading, ledger: Ledger) -> None:
    """Judge a reading against the truth."""
    branch = truth.branch
    _match_chain("base", truth.steps, reading, ledger)
    _match_chain("region", branch.steps if branch else (), reading, ledger)
    _match_condition(truth, reading, ledger)
    match_examples(truth, reading.examples, ledger)
    for i in ledger.places("absent", "region"):
        if reading.no_branch:
            ledger.support(i, reading.no_branch)
        if reading.conditions:
            ledger.oppose(i, excerpt(reading.conditions[0].words))
    if reading.no_branch:
        claim = Claim(kind="absent", about="region", text=reading.no_branch)
        ledger.make(claim, "contradicted" if branch else "supported")


def _match_chain(where: Where, true: tuple[Step, ...], reading: StringReading, ledger: Ledger) -> None:
    said = [s for s in reading.steps if s.where == where]
    places = ledger.places("operation", where)
    if where == "region" and reading.unchanged:
        right = bool(places) and ledger.claims[places[0]].name == UNCHANGED
        for i in places:
            (ledger.support if right else ledger.oppose)(i, reading.unchanged)
        claim = Claim(kind="operation", about=where, name=UNCHANGED, value=1, text=reading.unchanged)
        ledger.make(claim, "supported" if right else "contradicted")
    if said and true and _same_outputs(said, true):
        _settle(where, excerpt(said[0].words), ledger)
        return
    aligned = _aligned(said, true)
    for i in places:
        if ledger.claims[i].name in reading.denied:
            ledger.oppose(i, "denied")
    for n, s in enumerate(said):
        claim = Claim(kind="operation", about=where, name=s.name, value=n + 1, text=excerpt(s.words))
        if n in aligned:
            ledger.support(places[aligned[n]], excerpt(s.words))
            ledger.make(claim, "supported")
            _match_parameters(where, s, true[aligned[n]], aligned[n], ledger)
        else:
            ledger.make(claim, "contradicted")
    _discount(said, aligned, places, ledger)


def _discount(said: list[Said], aligned: dict[int, int], places: list[int], ledger: Ledger) -> None:
    """Wrong operations speak against those not named; more wrong than right ones, or alternatives, against all."""
    wrong = [s for n, s in enumerate(said) if n not in aligned]
    if not wrong:
        return
    for n, i in enumerate(places):
        if n not in aligned.values():
            ledger.oppose(i, excerpt(wrong[0].words))
    if len(wrong) > max(1, len(aligned)) or any(s.alternative for s in said):
        for i in places:
            ledger.take_back(i, excerpt(wrong[0].words))


def _settle(where: Where, words: str, ledger: Ledger) -> None:
    for kind in ("operation", "parameter"):
        for i in ledger.places(kind, where):
            ledger.support(i, words)
            ledger.make(ledger.claims[i].model_copy(update={"text": words}), "supported")


def _same_outputs(said: list[Said], true: tuple[Step, ...]) -> bool:
    """Do the steps that were read do on a hundred texts what the true ones do?"""
    steps = []
    for s in said[: MAX_STEPS + 1]:
        parameters = s.parameters(operation_named(s.name).choices)
        if parameters is None or s.alternative:
            return False
        steps.append(Step(operation=s.name, parameters=parameters))
    if len(said) > MAX_STEPS:
        return False
    return outputs(Body(tuple(steps)), probes()) == outputs(Body(true), probes())


def _aligned(said: list[Said], true: tuple[Step, ...]) -> dict[int, int]:
    """The longest common run of operations, in order: places in `said` to places in `true`."""
    best: list[list[list[tuple[int, int]]]] = [[[] for _ in range(len(true) + 1)] for _ in range(len(said) + 1)]
    for i, s in enumerate(said):
        for j, step in enumerate(true):
            options = [best[i][j + 1], best[i + 1][j]]
            if s.name == step.operation:
                options.append([*best[i][j], (i, j)])
            best[i + 1][j + 1] = max(options, key=len)
    return dict(best[-1][-1])


def _match_parameters(where: Where, said: Said, step: Step, place: int, ledger: Ledger) -> None:
    fixed = frozenset(int(n) for p in step.entry.phrases for n in re.findall(r"(?<![\w{])\d+", p))
    claims = _parameter_claims(where, place, ledger)
    for (name, value), i in zip(step.parameters.items(), claims, strict=True):
        options = step.entry.choices[name]
        given: set[Value] = (
            set(said.texts) if isinstance(value, str) else {n for n in said.numbers if n not in fixed - {value}}
        )
        if not given and 1 in options:
            given = {1}
        if not given:
            continue
        right = value in given and len(given) <= len(step.parameters) + 1
        (ledger.support if right else ledger.oppose)(i, excerpt(said.words))
        number = value if right and isinstance(value, int) else next((g for g in given if isinstance(g, int)), None)
        claim = Claim(
            kind="parameter",
            about=where,
            name=f"{step.operation}: {name} {sorted(map(str, given))}",
            value=number,
            text=said.words,
        )
        ledger.make(claim, "supported" if right else "contradicted")


def _parameter_claims(where: Where, place: int, ledger: Ledger) -> list[int]:
    """The parameters that follow the operation at this place of the chain."""
    operations_at = [*ledger.places("operation", where), len(ledger.claims)]
    bounds = dict(enumerate(pairwise(operations_at)))[place]
    return [i for i in ledger.places("parameter", where) if bounds[0] < i < bounds[1]]


def _match_condition(truth: StringSpec, reading: StringReading, ledger: Ledger) -> None:
    places = ledger.places("condition", "region")
    for said in reading.conditions:
        right = truth.branch is not None and _is_condition(said, truth)
        for i in places:
            (ledger.support if right else ledger.oppose)(i, excerpt(said.words))
        claim = Claim(kind="condition", about="region", name=said.name, text=excerpt(said.words))
        ledger.make(claim, "supported" if right else "contradicted")


def _is_condition(said: Said, truth: StringSpec) -> bool:
    if truth.branch is None:
        return False
    when, entry = truth.branch.when, conditions()[said.name]
    parameters = said.parameters(entry.choices)
    if parameters is None:
        return False
    return all(entry.run(x, **parameters) == when.holds(x) for x in probes())
