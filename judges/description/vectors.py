"""Descriptions of functions of two and three numbers, against their truth.

A formula that is said to be the output is read and executed: where it gives the expected output on nearly all of the
part it speaks of, it supports whatever is true of that part, and where it does not, it is a false claim. Without such a
formula a family counts where it is named beside its input, and a parameter where its number stands in the same clause.
Bounds of irregular boxes, inputs that change nothing, noise and absences are read from the words for them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

import numpy as np

from functions.brief import INPUT_NAMES, Claim
from functions.numeric.vector import VectorSpec
from judges.code.vectors import Space, hidden_vectors
from judges.description.around import match_absences, match_noise
from judges.description.expression import Expression, evaluate_in, parse_prefix, substitute, variables
from judges.description.ledger import Ledger
from judges.description.lexicon import FAMILIES, MADE_OF, NEGATED, NOISE
from judges.description.matching import Verdicts, gated
from judges.description.parts import IGNORED
from judges.description.reader import read
from judges.description.text import NUMBER, Part, clauses, excerpt, normalise
from judges.grade import ClaimVerdict
from judges.truth import FloatArray

REPRODUCES, WITHIN = 0.9, 0.03  # of the points; of the value and the scale
BOUND_NEAR, NUMBER_NEAR = 0.02, 0.02  # of the domain's width; of a parameter
MAX_FORMULAS, MAX_WORDS = 40, 400  # that are read

_LETTERS = frozenset("yzruvwd")
_LEAD = re.compile(
    r"(?:\b(?:f|g|function)(?: ?\([xyz, ]*\))?|\boutput|\bvalue|\bresult|\bit returns|\breturns) ?(?:=|is|:)? ?"
)
_DEFINES = re.compile(r"(?:[,;]| and| where| with){1,3} ([ruvwd]) ?(?:=|is) ?")
_JOINS = (
    ("maximum", re.compile(r"\bmax\b|maxim\w+|\blargest|\blarger|\bgreater of|\bgreatest|upper envelope")),
    ("minimum", re.compile(r"\bmin\b|minim\w+|\bsmallest|\bsmaller of|\blesser of|lower envelope")),
    ("distance", re.compile(r"\bdistance r\b|distance from|\bradial\w*|\bradius|rotational\w*")),
    ("plane", re.compile(r"\bplane\b|bilinear|interaction")),
    ("conditional", re.compile(r"\bchoice\b|conditional|\bswitch\w*|depending on whether|\botherwise\b|\belse\b")),
    ("sum", re.compile(r"\bsum\b|\badditive|added")),
    ("product", re.compile(r"\bproduct of \w+ parts|\bproduct of (?:a|the|two|three)\b|multipl\w+")),
)
_IDLE = (
    r"\b{x}\b(?: \w+){{0,2}} (?:changes nothing|(?:has|have) no (?:\w+ )?(?:effect|influence)|does not matter|"
    r"plays no role|is (?:ignored|irrelevant|unused))"
    r"|(?:not depend|independent|regardless|whatever)(?: \w+)?(?: on| of)? {x}\b"
)
_BOX = re.compile(r"irregular|exception|differently|replaced|instead|corrupt\w*|anomal\w*|does not hold")


def match(truth: VectorSpec, description: str) -> Verdicts:
    """Each true claim and each claim made, judged. Pure."""
    text = normalise(description)
    ledger, reading = Ledger(truth.claims()), read(description)
    shown = _match_formulas(truth, text, ledger)
    if missing := [part for part in ("base", "region") if part not in shown and ledger.places("family", part)]:
        _match_words(missing, text, ledger)
    _match_named(text, ledger)
    _match_boxes(truth, text, ledger)
    _match_idle(truth, text, ledger)
    match_noise(reading, ledger)
    match_absences(reading, ledger)
    true = tuple(
        ClaimVerdict(claim=claim, verdict=ledger.verdict(i), found=ledger.words.get(i, ""))
        for i, claim in enumerate(ledger.claims)
    )
    return Verdicts(gated(true), ledger.made)


def _match_formulas(truth: VectorSpec, text: str, ledger: Ledger) -> frozenset[Part]:
    """The parts that a formula reproduces: what is true of them is supported. A wrong formula is a false claim."""
    hidden, space = hidden_vectors(truth), Space(truth)
    points = {"base": hidden["base"], "region": hidden.get("corrupted", hidden["base"][:0])}
    shown: set[Part] = set()
    for sentence in (", ".join(pieces) for pieces in clauses(text)):
        part: Part = "region" if truth.irregular and _BOX.search(sentence) else "base"
        for expression, words in _read_formulas(sentence, len(truth.domains)):
            right = _reproduces(space, expression, points[part])
            ledger.make(Claim(kind="family", about=part, text=words), "supported" if right else "contradicted")
            if right:
                shown.add(part)
                for i in (*ledger.places("family", part), *ledger.places("parameter", part)):
                    ledger.support(i, words)
    return frozenset(shown)


def _read_formulas(text: str, inputs: int) -> Iterator[tuple[Expression, str]]:
    """What the output is said to be, with its words; letters are replaced by what they are defined as."""
    end = 0
    for lead in list(_LEAD.finditer(text))[:MAX_FORMULAS]:
        if lead.end() < end or (parsed := parse_prefix(text, lead.end(), _LETTERS)) is None:
            continue
        expression, end = parsed.expression, parsed.end
        while (more := _DEFINES.match(text, end)) and (meaning := parse_prefix(text, more.end(), _LETTERS)):
            expression, end = substitute(expression, more[1], meaning.expression), meaning.end
        if variables(expression) <= set(INPUT_NAMES[:inputs]) and ("=" in lead[0] or variables(expression)):
            yield expression, excerpt(text[lead.start() : end])


def _reproduces(space: Space, expression: Expression, x: FloatArray) -> bool:
    """Does it give the expected output at nearly all of these inputs?"""
    if not len(x):
        return False
    y, said = space.truth.evaluate(x), evaluate_in(expression, dict(zip(INPUT_NAMES, x.T, strict=False)))
    near = np.abs(y - said) <= WITHIN * (np.abs(y - space.centre) + space.scale)
    return bool(np.mean(near | (np.isnan(y) & np.isnan(said))) >= REPRODUCES)


def _match_words(missing: Sequence[str], text: str, ledger: Ledger) -> None:
    """Families beside their inputs, and numbers in the same clause; joins wherever they are named.

    Numbers that are no parameter of the function count against the text: listing many is no way to state one.
    """
    true = [(i, claim) for i, claim in enumerate(ledger.claims) if claim.about in missing]
    said = [clause for sentence in clauses(text) for clause in sentence if not NOISE.search(clause)]
    values = [v for c in ledger.claims for v in (c.value, c.low, c.high) if v is not None]
    for i, claim in true:
        for name, pattern in _JOINS:
            if claim.kind == "family" and claim.name == name and (found := pattern.search(text)):
                ledger.support(i, found[0])
    for clause in said[:MAX_WORDS]:
        named = {name for names, pattern in FAMILIES if pattern.search(clause) for name in names}
        here = {claim.input for _, claim in true if claim.input and re.search(rf"\b{claim.input}\b", clause)} | {None}
        numbers = [float(found) for found in re.findall(NUMBER, clause)]
        for i, claim in true:
            if claim.kind == "family" and claim.name in named and claim.input in here:
                ledger.support(i, excerpt(clause))
            if claim.kind == "parameter" and named and claim.input in here and _stated(claim.value or 0.0, numbers):
                ledger.support(i, excerpt(clause))
        for number in numbers if named else []:
            if number not in IGNORED and not _stated(number, values):
                ledger.make(Claim(kind="parameter", about="base", value=number, text=excerpt(clause)), "unsupported")


def _stated(value: float, numbers: Iterable[float]) -> bool:
    """Is it among the numbers, whatever its sign?"""
    return any(abs(abs(number) - abs(value)) <= NUMBER_NEAR * abs(value) for number in numbers)


def _match_named(text: str, ledger: Ledger) -> None:
    """Families that are named anywhere: right where the function has them in any part."""
    true = {claim.name for claim in ledger.claims if claim.kind == "family"}
    made_of = reduce(frozenset.union, (MADE_OF.get(str(name), frozenset()) for name in true), frozenset[str]())
    allowed = true | made_of | {"constant", "linear", "composition", "sum", "product"}
    for names, pattern in FAMILIES:
        found = pattern.search(text)
        if found is None or NEGATED.search(text[max(0, found.start() - 40) : found.start()]) or _is_noise(text, found):
            continue
        right = bool(names & allowed)
        if not right or names & true:
            claim = Claim(kind="family", about="base", name=sorted(names)[0], text=excerpt(found[0]))
            ledger.make(claim, "supported" if right else "contradicted")
    for name, pattern in _JOINS[:5]:
        if name in true and (found := pattern.search(text)):
            ledger.make(Claim(kind="family", about="base", name=name, text=excerpt(found[0])), "supported")


def _is_noise(text: str, found: re.Match[str]) -> bool:
    return NOISE.search(text, found.end(), found.end() + 12) is not None


def _match_boxes(truth: VectorSpec, text: str, ledger: Ledger) -> None:
    """Intervals that bound an input, against those of the boxes; in a base that has its own they are no claim."""
    for place, x in enumerate(INPUT_NAMES[: len(truth.domains)]):
        domain = truth.domains[place]
        allowed = BOUND_NEAR * ((domain.high or 0.0) - (domain.low or 0.0))
        true = [i for i in ledger.places("interval", "region") if ledger.claims[i].input == x]
        own = [c.value for c in ledger.claims if c.kind == "parameter" and c.input == x and c.value is not None]
        for low, high, words in _bounds_of(text, x):
            right = [i for i in true if _near(low, ledger.claims[i].low, allowed)]
            right = [i for i in right if _near(high, ledger.claims[i].high, allowed)]
            for i in right:
                ledger.support(i, words)
            whole = _near(low, domain.low, allowed) and _near(high, domain.high, allowed)
            bounds = [bound for bound in (low, high) if bound is not None]
            if not right and (whole or all(any(_near(b, v, allowed) for v in own) for b in bounds)):
                continue
            claim = Claim(kind="interval", about="region", input=x, low=low, high=high, text=words)
            ledger.make(claim, "supported" if right else "contradicted")
            for i in () if right else true:
                ledger.oppose(i, words)


def _bounds_of(text: str, x: str) -> Iterator[tuple[float | None, float | None, str]]:
    """The intervals that a text bounds an input by: lower bound, upper bound, words."""
    verb = rf"\b{x}\b(?: (?:is|lies|in|ranges|goes))*"
    both = (
        rf"{verb} (?:between|from) ({NUMBER}) (?:and|to) ({NUMBER})",
        rf"{verb} ?\[ ?({NUMBER}) ?, ?({NUMBER}) ?\]",
        rf"({NUMBER}) ?<=? ?{x}\b ?<=? ?({NUMBER})",
    )
    taken: list[tuple[int, int]] = []
    for pattern in both:
        for found in re.finditer(pattern, text):
            low, high = sorted((float(found[1]), float(found[2])))
            taken.append(found.span())
            if low < high:
                yield low, high, excerpt(found[0])
    sides = (
        (r"(?:at or )?(?:above|over|beyond)|at least|>=?", True),
        (r"(?:at or )?(?:below|under)|at most|<=?", False),
    )
    for words, above in sides:
        for found in re.finditer(rf"{verb} ?(?:{words}) ?({NUMBER})", text):
            if not any(a < found.end() and found.start() < b for a, b in taken):
                bound = float(found[1])
                yield (bound, None, excerpt(found[0])) if above else (None, bound, excerpt(found[0]))


def _near(a: float | None, b: float | None, allowed: float) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= allowed


def _match_idle(truth: VectorSpec, text: str, ledger: Ledger) -> None:
    """Inputs that are said to change nothing."""
    for x in INPUT_NAMES[: len(truth.domains)]:
        if found := re.search(_IDLE.format(x=x), text):
            true = [i for i in ledger.places("absent", "base") if ledger.claims[i].input == x]
            for i in true:
                ledger.support(i, excerpt(found[0]))
            claim = Claim(kind="absent", about="base", input=x, text=excerpt(found[0]))
            ledger.make(claim, "supported" if true else "contradicted")
