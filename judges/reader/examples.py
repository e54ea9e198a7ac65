"""The unit test's questions: which of these examples did the function produce? Made so that only a description helps.

The options of a question show one input with the outputs of the function and of functions that differ from it in one
thing; for neurons, whose outputs are few, they show one output with words to which they give it. All are written in
one format. No input is an exemplar.

What keeps the format from telling: options form a star, a centre and functions that differ from it in one thing. The
truth takes every place in it equally often: now it is the centre, now one of its own negatives is, with the truth among
the negatives of *that*. So the most typical option is right no more often than any other. An irregular region is asked
about in pairs (with it, without it), both ways round. Right options stand equally often in each position.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, zip_longest
from math import floor, log10
from typing import TypeVar

from functions.brief import Record
from functions.entity import EntitySpec
from functions.numeric import NumericSpec
from functions.numeric.draws import Draws
from functions.relation import RelationSpec
from functions.spec import Value, evaluate
from judges.code.inputs import hidden_inputs
from judges.code.landmarks import Landscape
from judges.negatives import Gradable, moved_region, scaled, without_region
from judges.truth import WordTruth

T = TypeVar("T")

LABEL = "unit-test@1"
OPTIONS = 4
EXEMPLARS = 24  # the most that anybody is shown
HIDDEN = 120  # inputs of texts and words to choose among
TRIED = 24  # inputs for one question
ATTEMPTS = 4  # for each question, with other negatives
APART = 0.04  # of the function's scale: outputs of numeric options
ALIKE = 0.02  # responses of neurons
NEGATIVES = 10
UP, DOWN = 1.25, 0.8  # each undoes the other


class Example(Record):
    """One question: `options` as they are shown, of which the one at `right` is the function's."""

    options: tuple[str, ...]
    right: int


@dataclass(frozen=True)
class _Option:
    """An input with the output that one function gives for it."""

    input: Value
    output: Value | None


def examples(truth: Gradable, count: int) -> tuple[Example, ...]:
    """`count` questions about a function, fewer where it has too few outputs to ask about. The same every time."""
    draws = Draws(f"{LABEL} {truth.sha256}")
    inputs = _inputs(truth)
    turn = int(draws.fraction() * OPTIONS)
    found: list[Example] = []
    asked: set[Value] = set()
    for _ in range(ATTEMPTS * count):
        free = [x for x in draws.shuffled(inputs) if x not in asked]
        options = _options(truth, len(found), free, draws)
        if len(options) < 2:
            continue
        asked.add(options[0].input)
        place = (turn + len(found)) % len(options)
        ordered = [*options[1 : place + 1], options[0], *options[place + 1 :]]
        found.append(Example(options=_shown(truth, ordered), right=place))
        if len(found) == count:
            break
    return tuple(found)


def _options(truth: Gradable, n: int, free: Sequence[Value], draws: Draws) -> list[_Option]:
    """The right option of the n-th question, and those that are not; as many as can be had, or none at all."""
    if n % 2 and _departs(truth):
        return _about_region(truth, free, outside=n // 2 % 2 == 1, draws=draws)
    place = (n // 2 if _departs(truth) else n) % OPTIONS
    others = _star(truth, place, draws)
    best: list[_Option] = []
    for x in free[:TRIED]:
        if isinstance(truth, EntitySpec):
            options = _of_words(truth, others, x, draws)
        else:
            options = _at(truth, others, x, with_first=place > 0)
        if len(options) > len(best):
            best = options
        if len(best) == OPTIONS:
            break
    return best


def _departs(truth: Gradable) -> bool:
    """Is there a region or an exception whose outputs look different, whatever the description says?"""
    if isinstance(truth, NumericSpec):
        return bool(truth.corruptions)
    return isinstance(truth, RelationSpec) and truth.lookup.departure is not None


def _star(truth: Gradable, place: int, draws: Draws) -> list[Gradable]:
    """The other members of a star. At place 0 the truth is its centre; else a negative of it is, and comes first."""
    around = _near(truth)
    if place == 0 or not around:
        return draws.shuffled(around)
    centre = draws.choose(around)
    return [centre, *draws.shuffled([spec for spec in _near(centre) if spec.sha256 != truth.sha256])]


def _near(truth: Gradable) -> list[Gradable]:
    """Functions that differ from it in one thing, its region or exception apart."""
    if isinstance(truth, NumericSpec):
        pairs = zip_longest(scaled(truth, UP), scaled(truth, DOWN))
        return [spec for spec in chain.from_iterable(pairs) if spec is not None]
    if isinstance(truth, RelationSpec):
        same = truth.lookup.departure
        return [spec for spec in truth.hard_negatives(NEGATIVES) if spec.lookup.departure == same]
    return [*truth.hard_negatives(NEGATIVES)]


def _at(truth: Gradable, others: Sequence[Gradable], x: Value, *, with_first: bool) -> list[_Option]:
    """Outputs for one input that can be told apart, the truth's first; none where the first of the others must be
    among them and is not."""
    options = [_Option(x, *evaluate(truth, [x]))]
    apart = APART * Landscape(truth).scale if isinstance(truth, NumericSpec) else 0.0
    for other in others:
        (output,) = evaluate(other, [x])
        if all(_differ(output, option.output, apart) for option in options):
            options.append(_Option(x, output))
        elif with_first and len(options) == 1:
            return []
        if len(options) == OPTIONS:
            break
    return options


def _about_region(truth: Gradable, free: Sequence[Value], *, outside: bool, draws: Draws) -> list[_Option]:
    """Where there is a region, with it and without it; outside, as it is and as if another region were there."""
    if isinstance(truth, NumericSpec):
        other: Gradable = moved_region(truth) if outside else without_region(truth)
        apart = APART * Landscape(truth).scale
    elif isinstance(truth, RelationSpec):
        others = [spec for spec in truth.hard_negatives(NEGATIVES) if spec.lookup.target == truth.lookup.target]
        departing = [spec for spec in others if (spec.lookup.departure is not None) is outside]
        if not departing:
            return []
        other, apart = draws.choose(departing), 0.0
    else:
        return []
    here, there = evaluate(truth, free), evaluate(other, free)
    plain = evaluate(_plain(truth), free)
    for x, a, b, c in zip(free, here, there, plain, strict=True):
        if _differ(a, b, apart) and _differ(a, c, apart) is not outside:
            return [_Option(x, a), _Option(x, b)]
    return []


def _plain(truth: NumericSpec | RelationSpec) -> Gradable:
    if isinstance(truth, NumericSpec):
        return without_region(truth)
    return RelationSpec(lookup=truth.lookup.model_copy(update={"departure": None}))


def _of_words(truth: EntitySpec, others: Sequence[Gradable], x: Value, draws: Draws) -> list[_Option]:
    """Words to which the functions give the output that the truth gives to `x`; it does not give it to the others'."""
    (output,) = evaluate(truth, [x])
    options = [_Option(x, output)]
    shown = {str(e.input) for e in truth.exemplars(EXEMPLARS)}
    for other in others:
        if not isinstance(other, EntitySpec):
            continue
        words = [w for w in draws.shuffled(_words(other)) if w not in shown][:TRIED]
        theirs, ours = evaluate(other, words), evaluate(truth, words)
        taken = {option.input for option in options}
        fitting = [
            w
            for w, a, b in zip(words, theirs, ours, strict=True)
            if not _differ(a, output, ALIKE) and _differ(b, output, 10 * ALIKE) and w not in taken
        ]
        options += [_Option(w, output) for w in fitting[:1]]
        if len(options) == OPTIONS:
            break
    return options


def _differ(a: Value | None, b: Value | None, apart: float) -> bool:
    if isinstance(a, str) or isinstance(b, str) or a is None or b is None:
        return a != b
    return abs(a - b) > apart


def _inputs(truth: Gradable) -> list[Value]:
    """Hidden inputs, the strata in turn; numbers as they will be shown."""
    if not isinstance(truth, NumericSpec):
        return list(_words(truth))
    landscape = Landscape(truth)
    regions = hidden_inputs(landscape)
    decimals = _decimals(landscape.width, 3)
    rows = [regions[name].round(decimals).tolist() for name in ("base", "corrupted", "tails") if name in regions]
    return list(dict.fromkeys(_in_turn(rows)))


def _words(truth: WordTruth) -> list[str]:
    secret = sha256(f"{LABEL}/{truth.sha256}".encode()).digest()
    return _in_turn(list(truth.hidden_inputs(secret, HIDDEN).values()))


def _in_turn(rows: Sequence[Sequence[T]]) -> list[T]:
    return [x for column in zip_longest(*rows) for x in column if x is not None]


def _decimals(size: float, digits: int) -> int:
    """So many decimals that a number of this size has `digits` digits."""
    return max(0, digits - 1 - floor(log10(size)))


def _shown(truth: Gradable, options: Sequence[_Option]) -> tuple[str, ...]:
    """All in one format: numbers with as many decimals as tell a hundredth of the function's scale."""
    if isinstance(truth, NumericSpec):
        landscape = Landscape(truth)
        before, after = _decimals(landscape.width, 3), _decimals(landscape.scale, 3)
        return tuple(f"{_number(o.input, before)} -> {_number(o.output, after)}" for o in options)
    return tuple(f"{_quoted(o.input)} -> {_quoted(o.output)}" for o in options)


def _number(value: Value | None, decimals: int) -> str:
    return "undefined" if value is None else f"{float(value) + 0.0:.{decimals}f}"


def _quoted(value: Value | None) -> str:
    """Texts in quotation marks, responses with two decimals."""
    if value is None:
        return "undefined"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f"{value:.2f}"
