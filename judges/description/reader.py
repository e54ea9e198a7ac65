"""From prose to what it claims. The reader knows nothing of the truth; what it does not understand it leaves alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from judges.description import lexicon
from judges.description.departures import Sentences, take_departures
from judges.description.formulas import masked_in, take_formulas
from judges.description.intervals import intervals
from judges.description.pieces import pieces
from judges.description.reading import Mention, Quantity, Reading
from judges.description.text import NUMBER, Part, Segment, clauses, excerpt, normalise

MAX_ITEMS = 400  # of each kind; what comes later is not read


def read(description: str, network: bool = False) -> Reading:
    """Read at most the first 20,000 characters, 40 formulas, and 400 families and numbers each.

    `network`: what it says of places where a formula is left is read as departures, not as irregular regions.
    """
    text = normalise(description)
    masked, found = take_formulas(text)
    sentences = list(clauses(masked))
    sentences, departures = take_departures(sentences) if network else (sentences, ())
    segments = list(_segments(sentences))
    noise = [s for s in segments if s.part == "noise"]
    others = [s for s in segments if s.part != "noise"]
    telling = [s for s in others if not lexicon.NEUTRAL.search(s.text)]
    quantities = (q for s in [*telling, *noise] for q in (*_quantities(s), *_degrees(s)))
    return Reading(
        formulas=tuple(replace(f, part=s.part) for s in others for f in masked_in(s.text, found)),
        mentions=tuple(islice((mention for s in telling for mention in _mentions(s)), MAX_ITEMS)),
        quantities=tuple(islice(quantities, MAX_ITEMS)),
        intervals=tuple(islice((bounds for s in telling for bounds in intervals(s.text)[0]), MAX_ITEMS)),
        departures=departures,
        noise_kinds=tuple((k, excerpt(s.text)) for s in noise for k, p in lexicon.NOISE_KINDS if re.search(p, s.text)),
        no_noise=_quoted(lexicon.NO_NOISE, text),
        no_region=_quoted(lexicon.NO_REGION, text),
        pieces=pieces(description),
    )


def _segments(sentences: Sentences) -> Iterator[Segment]:
    """Clauses with the part they speak of: by their own cue, else by that of the clause before in the same sentence."""
    for sentence in sentences:
        part: Part = "base"
        for clause in sentence:
            part = _cue(clause) or part
            yield Segment(part, clause)


def _cue(clause: str) -> Part | None:
    if lexicon.NOISE.search(clause):
        return "noise"
    if lexicon.ELSEWHERE.search(clause):
        return "base"
    if lexicon.NEUTRAL.search(clause):
        return None
    starts = [start for start, _ in intervals(clause)[1]]
    if (starts and not lexicon.SHAPE.search(clause, 0, min(starts))) or lexicon.REGION.search(clause):
        return "region"
    return None


def _mentions(segment: Segment) -> Iterator[Mention]:
    text = segment.text
    taken = [False] * len(text)
    alternative = bool(lexicon.ALTERNATIVE.search(text))
    for families, pattern in lexicon.FAMILIES:
        for m in pattern.finditer(text):
            if any(taken[m.start() : m.end()]):
                continue
            taken[m.start() : m.end()] = [True] * (m.end() - m.start())
            negated = bool(lexicon.NEGATED.search(text[max(0, m.start() - 40) : m.start()]))
            words = excerpt(text[max(0, m.start() - 20) : m.end() + 20])
            yield Mention(segment.part, families, negated, alternative, words)


_NUMBER = re.compile(NUMBER)
_FILLER = (
    r"(?: (?:of|is|at|by|the|a|an|to|near|x|here|value|equals?|about|around|approximately|roughly|nearly|some|ca)\b)*"
)
_HINTED = tuple(
    (re.compile(rf"(?:{pattern})\w*{_FILLER} ?(?:x ?)?[=:~(]* ?(?:about |approximately |roughly )?$"), hint)
    for hint, pattern in lexicon.HINTS
)


def _quantities(segment: Segment) -> Iterator[Quantity]:
    text = segment.text
    spans = [] if segment.part == "noise" else intervals(text)[1]
    for m in _NUMBER.finditer(text):
        if any(a <= m.start() < b for a, b in spans) or lexicon.COUNTED.match(text, m.end()):
            continue
        if text[: m.start()].rstrip()[-1:] == "/":
            continue
        before = text[max(0, m.start() - 60) : m.start()]
        value = float(m[0])
        if lexicon.FALLING.search(before):
            value = -abs(value)
        words = excerpt(before[-30:] + text[m.start() : m.end() + 15])
        yield Quantity(segment.part, value, _hint(before) or _hint_behind(text, m.end()), _step(m[0]), words)


def _degrees(segment: Segment) -> Iterator[Quantity]:
    for degree, pattern in lexicon.DEGREES:
        if m := re.search(pattern, segment.text):
            yield Quantity(segment.part, degree, "degree", 0.0, m[0])


def _hint(before: str) -> str | None:
    return next((hint for pattern, hint in _HINTED if pattern.search(before)), None)


def _hint_behind(text: str, at: int) -> str | None:
    """What an adjective behind the number says: `0.8 high`, `3.3 wide`."""
    m = lexicon.BEHIND.match(text, at)
    return None if m is None else "width" if m["wide"] else "amplitude"


def _step(written: str) -> float:
    """A unit in the last digit of a number as written: 0.01 for `2.30`."""
    digits, _, exponent = written.partition("e")
    return 10.0 ** max(-300, min(300, int(exponent or 0) - len(digits.partition(".")[2])))


def _quoted(pattern: re.Pattern[str], text: str) -> str:
    m = pattern.search(text)
    return excerpt(m[0]) if m else ""
