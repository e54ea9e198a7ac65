"""From prose to what it claims: formulas, families, numbers, intervals, noise and absences, each with its words.

The reader knows nothing of the truth. Its rules are patterns over clauses; what it does not understand it leaves alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from judges.description import lexicon
from judges.description.expression import (
    MAX_NODES,
    Apply,
    Expression,
    Parsed,
    mentions_x,
    parse_prefix,
    size,
    substitute,
    variables,
)
from judges.description.text import NUMBER, Part, Segment, clauses, normalise

MAX_FOUND = 120  # characters of the description that a verdict quotes
MAX_FORMULAS = 40


@dataclass(frozen=True)
class Formula:
    """A formula in the text. `whole` if the text says that the output equals it, rather than mentioning it in passing."""

    part: Part
    expression: Expression
    whole: bool
    words: str


@dataclass(frozen=True)
class Mention:
    """A family or a way of joining parts that is named: `families` is what the word may mean."""

    part: Part
    families: frozenset[str]
    negated: bool
    alternative: bool  # offered as one of several
    words: str


@dataclass(frozen=True)
class Quantity:
    """A number in the text, with the kind of number that the words before it say it is (None: they do not say)."""

    part: Part
    value: float
    hint: str | None
    step: float  # a unit of its last written digit: how finely it was stated
    words: str


@dataclass(frozen=True)
class Bounds:
    """An interval of inputs that the text sets apart. An open side is None."""

    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True)
class Reading:
    """All that a description claims."""

    formulas: tuple[Formula, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    intervals: tuple[Bounds, ...] = ()
    noise_kinds: tuple[tuple[str, str], ...] = ()  # kind, words
    no_noise: str = ""  # the words that say so
    no_region: str = ""


def read(description: str) -> Reading:
    """Read at most the first 20,000 characters."""
    text = normalise(description)
    masked, found = _take_formulas(text)
    segments = list(_segments(masked))
    formulas = tuple(
        replace(found[ord(m[1]) - _FIRST], part=s.part)
        for s in segments
        if s.part != "noise"
        for m in _MASK.finditer(s.text)
        if 0 <= ord(m[1]) - _FIRST < len(found)
    )
    noise = [s for s in segments if s.part == "noise"]
    telling = [s for s in segments if s.part != "noise" and not _NEUTRAL.search(s.text)]
    return Reading(
        formulas=formulas,
        mentions=tuple(mention for s in telling for mention in _mentions(s)),
        quantities=tuple(q for s in [*telling, *noise] for q in _quantities(s)),
        intervals=tuple(bounds for s in telling for bounds in _intervals(s.text)[0]),
        noise_kinds=tuple((k, _words(s.text)) for s in noise for k, p in lexicon.NOISE_KINDS if re.search(p, s.text)),
        no_noise=_quoted(lexicon.NO_NOISE, text),
        no_region=_quoted(lexicon.NO_REGION, text),
    )


# Formulas

_MASK = re.compile(r"§(.)§")  # the letter between is the formula's number: no digit that could be read as one
_FIRST = 0x4E00
_START = re.compile(r"(?<![\w.§])(?=[-+(|.\d]|x\b|x[*/^+(-]|(?:np\.|math\.)?(?:[a-z]+\d*)\()|(?<=\d)(?<!\d\d)(?=x)")
_LEAD = re.compile(
    r"(?:(?:\b(?:y|output|value|result|it|function|answer)|\b[a-z]+\(x\)) ?(?:=|~|:|is|equals|returns|gives|computes|follows|becomes"
    r"|is given by|behaves like)(?: about| approximately| roughly| just| simply| the function| the formula)? ?|[=~] ?)$"
)
_DEFINES = re.compile(r"(?:,|;| and|,? where| with|,? and| for)+ ([a-df-wz]) ?= ?")


def _take_formulas(text: str) -> tuple[str, list[Formula]]:
    """The text with a mask in the place of each formula, and the formulas; of which part is not known yet."""
    letters = frozenset(re.findall(r"\b([a-df-wz]) ?=", text))
    found: list[Formula] = []
    pieces: list[str] = []
    at = 0
    for start in _START.finditer(text):
        if start.end() < at or len(found) >= MAX_FORMULAS:
            continue
        whole = bool(_LEAD.search(text, max(at, start.end() - 60), start.end()))
        parsed = _formula(text, start.end(), letters)
        if parsed is None or not (isinstance(parsed.expression, Apply) or whole):
            continue
        if not mentions_x(parsed.expression) and not (whole and _states_output(text, start.end())):
            continue
        pieces += [text[at : start.end()], f"§{chr(_FIRST + len(found))}§ "]
        found.append(Formula("base", parsed.expression, whole, _words(text[max(at, start.end() - 8) : parsed.end])))
        at = parsed.end
    return "".join([*pieces, text[at:]]), found


def _states_output(text: str, start: int) -> bool:
    """Is a plain number here the output's formula (`y = 5`)?"""
    return re.search(r"(?:\by|\bf\(x\)|\boutput) ?(?:=|~|is|equals) ?$", text[max(0, start - 16) : start]) is not None


def _formula(text: str, start: int, letters: frozenset[str]) -> Parsed | None:
    """A formula with the letters in it replaced by their definitions, which follow it; None if one is undefined."""
    parsed = parse_prefix(text, start, letters)
    if parsed is None or variables(parsed.expression) <= {"x"}:
        return parsed
    definitions: list[tuple[str, Expression]] = []
    end = parsed.end
    while (more := _DEFINES.match(text, end)) and (meaning := parse_prefix(text, more.end(), letters)):
        definitions.append((more[1], meaning.expression))
        end = meaning.end
    expression = parsed.expression
    for name, meaning_of in reversed(definitions):
        expression = substitute(expression, name, meaning_of)
        if size(expression) > MAX_NODES:
            return None
    return Parsed(expression, end) if variables(expression) <= {"x"} else None


# Parts

_NEUTRAL = re.compile(r"\b(?:undefined|not defined|only defined|defined (?:only|for)|domain|nan|tested|queried|sampled)\b")


def _segments(text: str) -> Iterator[Segment]:
    """Clauses with the part they speak of: by their own cue, else by that of the clause before in the same sentence."""
    for sentence in clauses(text):
        part: Part = "base"
        for clause in sentence:
            part = _cue(clause) or part
            yield Segment(part, clause)


def _cue(clause: str) -> Part | None:
    if lexicon.NOISE.search(clause):
        return "noise"
    if lexicon.ELSEWHERE.search(clause):
        return "base"
    if not _NEUTRAL.search(clause) and (_intervals(clause)[0] or lexicon.REGION.search(clause)):
        return "region"
    return None


# Families

_FAMILY = tuple((re.compile(pattern), families) for pattern, families in lexicon.FAMILIES)


def _mentions(segment: Segment) -> Iterator[Mention]:
    text = segment.text
    taken = [False] * len(text)
    alternative = bool(lexicon.ALTERNATIVE.search(text))
    for pattern, families in _FAMILY:
        for m in pattern.finditer(text):
            if any(taken[m.start() : m.end()]):
                continue
            taken[m.start() : m.end()] = [True] * (m.end() - m.start())
            negated = bool(lexicon.NEGATED.search(text[: m.start()]))
            yield Mention(segment.part, families, negated, alternative, _words(text[max(0, m.start() - 20) : m.end() + 20]))


# Numbers

_N = re.compile(NUMBER)
_FILLER = r"(?: (?:of|is|at|by|the|a|an|to|near|x|here|value|equal|equals|about|around|approximately|roughly|nearly|some|circa|ca)\b)*"
_HINTED = tuple(
    (re.compile(rf"(?:{pattern})\w*{_FILLER} ?(?:x ?)?[=:~(]* ?(?:about |approximately |roughly )?$"), hint)
    for pattern, hint in lexicon.HINTS
)


def _quantities(segment: Segment) -> Iterator[Quantity]:
    text = segment.text
    spans = [] if segment.part == "noise" else _intervals(text)[1]
    for m in _N.finditer(text):
        if any(a <= m.start() < b for a, b in spans) or lexicon.COUNTED.match(text, m.end()):
            continue
        before = text[max(0, m.start() - 60) : m.start()]
        value = float(m[0])
        if lexicon.FALLING.search(before) and value > 0:
            value = -value
        yield Quantity(segment.part, value, _hint(before), _step(m[0]), _words(before[-30:] + text[m.start() : m.end() + 15]))


def _hint(before: str) -> str | None:
    return next((hint for pattern, hint in _HINTED if pattern.search(before)), None)


def _step(written: str) -> float:
    """A unit in the last digit of a number as written: 0.01 for `2.30`."""
    digits, _, exponent = written.partition("e")
    return 10.0 ** (int(exponent or 0) - len(digits.partition(".")[2]))


# Intervals

_A = rf"({NUMBER})"
_BOTH = tuple(
    re.compile(p)
    for p in [
        rf"between(?: x ?=)? ?{_A}(?: \([a-z ]+\))? and(?: x ?=)? ?{_A}",
        rf"from(?: about| x ?=)? ?{_A} (?:up )?to(?: about| x ?=)? ?{_A}",
        rf"[\[(] ?{_A} ?, ?{_A} ?[\])]",
        rf"(?:interval|range|region|stretch|zone) (?:of |x )?{_A} (?:to|-|\.\.) ?{_A}",
        rf"{_A} ?<=? ?x ?<=? ?{_A}",
        rf"\bx ?>=? ?{_A} (?:and|but) (?:x )?<=? ?{_A}",
    ]
)
_WHO = r"(?:\bfor|\bwhen|\bwhere|\bwhenever|\bif|\bonce|\bx|\binputs?|\beverything|\banything|\bpoints?|\barguments?|^)"
_THEN = r"(?: (?:the|any|all|every|input|inputs|x|is|are|lies|that|values|at or|of|gets|goes|strictly|about))*"
_ABOVE = re.compile(
    rf"{_WHO}{_THEN} ?(?:above|over|beyond|past|greater than|larger than|more than|exceed\w*|at least|>=?|to the right of)"
    rf"(?: or equal to)?(?: x ?=| about)? ?{_A}|from {_A} (?:on|upwards?|onwards?)"
)
_BELOW = re.compile(
    rf"{_WHO}{_THEN} ?(?:below|under|less than|smaller than|lower than|up to|until|at most|<=?|to the left of|before)"
    rf"(?: or equal to)?(?: x ?=| about)? ?{_A}"
)
_OUTPUT = re.compile(
    r"(?:swing|oscillat|var|rang|alternat|switch|jump|mov|bounc|fluctuat|toggl|rise|fall|go|run|stay)\w*(?: (?:smoothly|up|down|only))? ?$"
)

Spans = list[tuple[int, int]]


def _intervals(text: str) -> tuple[list[Bounds], Spans]:
    """Intervals of inputs, and where in the text they stand. `oscillates between 1 and 5` speaks of outputs."""
    found: list[Bounds] = []
    spans: Spans = []

    def free(m: re.Match[str]) -> bool:
        return not _OUTPUT.search(text[: m.start()]) and not any(a < m.end() and m.start() < b for a, b in spans)

    for pattern in _BOTH:
        for m in pattern.finditer(text):
            if free(m):
                low, high = sorted((float(m[1]), float(m[2])))
                found.append(Bounds(low, high, _words(m[0])))
                spans.append(m.span())
    for pattern, above in ((_ABOVE, True), (_BELOW, False)):
        for m in pattern.finditer(text):
            if free(m):
                bound = float(next(g for g in m.groups() if g is not None))
                found.append(Bounds(bound if above else None, None if above else bound, _words(m[0])))
                spans.append(m.span())
    return found, spans


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:MAX_FOUND]


def _quoted(pattern: re.Pattern[str], text: str) -> str:
    m = pattern.search(text)
    return _words(m[0]) if m else ""
