"""From prose about a function of texts to what it claims: operations in order, conditions, examples.

The text is cut where a step may end; of all ways to join the pieces again the one is taken in which they are most like
phrases of the catalogue.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from functions.string.catalogue import conditions, held_out_operations, operations
from functions.string.entry import Value
from judges.description.idioms import plain_words
from judges.description.phrases import Index, index, stems
from judges.description.text import MAX_CHARACTERS, excerpt
from judges.description.text_examples import Example, examples
from judges.description.wording import symbols, thresholds
from judges.description.wordings import WORDINGS

READ = 0.5  # likeness from which a piece is taken for an operation or a condition
MAX_PIECES, MAX_JOINED = 160, 6
MAX_BRACKETS = 400  # characters of a piece that is not cut because a bracket is open
PRICE = 0.5  # of one more piece, in the weight of words


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_IF = _either(
    r"\b(?:if|when|whenever|unless)\b(?: and only if)?(?= (?:the|it|its|they|a|an|any|all|there|this|every"
    r"|input|text|string|no|more|at)\b)",
    r"\bwhere (?:the|an?) (?:input|text|string)(?: text)?",
    r"\bfor (?:all |any |those )?(?:inputs|texts|strings) (?=that|which|with|of|whose|longer|shorter|begin|end)",
    r"\b(?:inputs|texts|strings)(?: of text)? (?=that|which|with|whose|longer|shorter|begin|start|end|contain"
    r"|consist|made|without|having)",
    r"(?:^|(?<=, )|(?<=but )|(?<=; )|(?<=for ))(?:(?:an?|any|every|all) )?(?:input |single )?(?:text|string"
    r"|word|input)s? "
    r"(?=that|which|with|whose|begin|start|end|contain|consist|made|of)",
)
_BUT = re.compile(r"[,;]?\s*\b(?:but|except(?: that)?|however|although|though)[ ,]*$", re.IGNORECASE)
_UNLESS = re.compile(r"^unless\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:^|(?<=[.;!] ))(?:if |does it |is it |is the text )?([^.?!:;]{5,70})\? +(?:yes[:,]? |if so,? |then,? )?",
    re.IGNORECASE,
)
_HEADED = re.compile(r"^(?:for |in )?([^:;.]{5,70}): (?=\w)")
_BECOMES = re.compile(  # a step begins; `the output is ...` is one by itself
    r"(?<=[\w\"])(?<!output)(?<!result)(?<!answer) "
    r"(?=(?:is|are|gets?|comes?|stays?|remains?|returns?|yields?|gives?|turns?) )"
)
_DENIED = re.compile(
    r"\b(?:no|not|n't|without(?: any)?|lacks?|lacking|free of|none|never|doesn't|don't|isn't|aren't)\b", re.IGNORECASE
)
_OPPOSITE = (
    ("odd", "even"),
    ("consonant", "vowel"),
    ("lowercase", "capital"),
    ("small", "capital"),
    ("uneven", "even"),
)
_ELSE = re.compile(
    r"\b(?:otherwise|elsewhere|in (?:all|any) other cases?|every other input|all other (?:inputs|texts"
    r"|strings))\b[,:]?|\belse,"
    r"|(?<=[.;:,] )(?:and |but |for )?(?:(?:all|any)(?: the)? others?|if not|(?:anything|everything|all) else"
    r"|the others"
    r"|other (?:inputs|texts|strings)|the rest)\b[,:]?|(?<=[.;:] )else\b[,:]?"
)
_CUT = re.compile(r"([;:.!?\n]+(?=\s|$)|,|\b(?:and )?(?:then|after that|finally)\b|\(\d\)|\band\b|\bor\b)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_UNCHANGED = _either(
    r"unchanged|(?:back|returned|returns?(?: it)?|left|leaves? (?:it|them)|stays?|kept|remains?|comes? (?:back"
    r"|out)) (?:exactly )?(?:as (?:it|they) (?:is|are|was|were)|as[- ]is|alone)\b"
    r"|left alone|untouched|unmodified|unaltered|\bnothing (?:happens|changes|is done)|\bstays? the same"
    r"|\becho\w*|(?:is|are) not (?:changed|touched|modified)",
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
    r"(?<=\w[\"'],) in either case|(?:it )?works? differently|do this instead|take the input text"
    r"|is treated in another way",
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
    r"[\"\u201c\u201d]([^\"\u201c\u201d\n]{1,40})[\"\u201c\u201d]"
    r"|(?<!\w)['\u2018`]([^'\u2019`\n]{1,40})['\u2019`](?!\w)"
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
    negated: bool = False  # of a condition: it is said not to hold

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
    plain = plain_words(_FILLER.sub(" ", _BLANK.sub("space", rest)))
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
    for sentence in _SENTENCE.split(_QUESTION.sub(_asked, text)):
        sentence = _headed(sentence)
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
        inside = _BECOMES.sub(", ", rest[: otherwise.start()] if otherwise else rest)
        if _UNLESS.match(m[0]) or _BUT.search(before):
            yield ("base", False, _BUT.sub("", before))
            before = ""
        if _UNCHANGED.search(before.lower()):
            inside = f"{inside}: unchanged"
        elif not _DEPARTS.search(before.lower()) and _is_step(before):
            # `reverse the text if it is long`: what stands before the condition is what happens there
            inside = f"{inside}: {before}"
        yield ("region", True, inside)
        if otherwise:
            yield ("base", False, rest[otherwise.end() :])


def _asked(m: re.Match[str]) -> str:
    """`Starts with a capital? Then ...` as `If the text starts with a capital: ...`."""
    return f"If the text {m[1]}: " if _conditions().best(stems(m[1]))[1] >= READ else m[0]


def _headed(sentence: str) -> str:
    """`Three words or more: ...` as `If the text three words or more: ...`, where what heads it is a condition."""
    m = _HEADED.match(sentence)
    if m is None or _IF.search(sentence) or _ELSE.match(f". {sentence.lower()}", 2) or not (words := stems(m[1])):
        return sentence
    likeness = _conditions().best(words)[1]
    sure = likeness >= READ + 0.1 and likeness > _operations().best(words)[1]
    return f"If the text {sentence[m.start(1) :]}" if sure else sentence


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
        for negated, text in _polarities(whole.text):
            if words := stems(text):
                name, likeness = _conditions().best(words)
                tried.append((likeness - 0.02 * negated, end, name, whole, negated))
    if not tried:
        return None, pieces
    likeness, end, name, whole, negated = max(tried, key=lambda option: (option[0], -option[1]))
    if likeness < READ:
        return None, pieces[1:]
    return replace(_said(name, "region", whole, quotes), negated=negated), pieces[end:]


def _polarities(text: str) -> Iterator[tuple[bool, str]]:
    """A condition as it stands, and what it denies (`no digits`) or is the opposite of (`an odd number`)."""
    yield False, text
    if _DENIED.search(text):
        yield True, _DENIED.sub("contain", text)
    for one, other in _OPPOSITE:
        if re.search(rf"\b{one}", text, re.IGNORECASE):
            yield True, re.sub(rf"\b{one}", other, text, flags=re.IGNORECASE)
    if m := re.search(r"\b(?:fewer|less) than (\w+)(?= (?:words|vowels))", text, re.IGNORECASE):
        yield True, f"{text[: m.start()]}at least {m[1]}{text[m.end() :]}"


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
