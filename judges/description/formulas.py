"""Finds the formulas in a text and takes them out, so that their numbers are not read a second time as prose."""

import re

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
from judges.description.reading import Formula
from judges.description.text import excerpt

MAX_FORMULAS, MAX_TRIES = 40, 2000  # how many are read, and in how many places one is looked for
_FIRST = 0x4E00  # formula n is masked by the letter n places on from this one: no digit that could be read as a number
_MASK = re.compile(r"§(.)§")

_START = re.compile(
    r"(?<![\w.§])(?=[-+(|.\d]|x\b|x[*/^+(-]|(?:np\.|math\.)?(?:[a-z]+\d*)\()"
    r"|(?<=\d)(?<!\d\d)(?=x)"
)
_LEAD = re.compile(
    r"(?:(?:\b(?:y|output|value|result|it|function|answer)|\b[a-z]+\(x\)) ?"
    r"(?:=|~|:|is|equals|returns|gives|computes|follows|becomes|is given by|behaves like)"
    r"(?: about| approximately| roughly| always| just| simply| the function| the formula)? ?"
    r"|(?<![<>])(?<!\b[a-eh-wz])(?<!\b[a-eh-wz] )[=~] ?)$"
)
_OPENS = re.compile(r"(?:^|[.;\n])\s*$")  # a sentence: a formula that opens one is what is said of the output
_DEFINES = re.compile(r"(?:[,;]| and| where| with| for){1,3} ([a-df-wz]) ?= ?")
_OUTPUT_IS = re.compile(r"(?:\by|\bf\(x\)|\boutput|\bvalue) ?(?:=|~|is|equals)(?: always| about| just| exactly)? ?$")
_AND_ENDS = re.compile(
    r"\s*(?:$|[.,;!?)]|(?:for|when|whenever|if|where|there|inside|everywhere|in|on|elsewhere|between|and)\b)"
)


def take_formulas(text: str) -> tuple[str, list[Formula]]:
    """The text with a mask in the place of each formula, and the formulas; of which part is not known yet."""
    letters = frozenset(re.findall(r"\b([a-df-wz]) ?=", text))
    found: list[Formula] = []
    pieces: list[str] = []
    at = read = tries = 0
    for start in (m.end() for m in _START.finditer(text.replace("§", " "))):
        if start < max(at, read) or len(found) >= MAX_FORMULAS or tries >= MAX_TRIES:
            continue
        tries += 1
        whole = bool(_LEAD.search(text, max(at, start - 60), start) or _OPENS.search(text, 0, start))
        parsed = _formula(text, start, letters)
        read = parsed.end if parsed else read
        if parsed is None or not _says_something(text, start, parsed, whole):
            continue
        pieces += [text[at:start].replace("§", " "), f"§{chr(_FIRST + len(found))}§ "]
        found.append(Formula("base", parsed.expression, whole, excerpt(text[max(at, start - 8) : parsed.end])))
        at = parsed.end
    return "".join([*pieces, text[at:].replace("§", " ")]), found


def masked_in(text: str, found: list[Formula]) -> list[Formula]:
    """The formulas whose masks stand in this piece of text."""
    return [found[ord(m[1]) - _FIRST] for m in _MASK.finditer(text)]


def _says_something(text: str, start: int, parsed: Parsed, whole: bool) -> bool:
    """A bare `x` does not unless the output is said to be it, nor does a number that begins more (`5 times ...`)."""
    if mentions_x(parsed.expression):
        return whole or isinstance(parsed.expression, Apply)
    said = _OUTPUT_IS.search(text, max(0, start - 24), start)
    return said is not None and _AND_ENDS.match(text, parsed.end) is not None


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
    for name, by in definitions * len(definitions):  # in whatever order they are given
        expression = substitute(expression, name, by)
        if size(expression) > MAX_NODES:
            return None
    return Parsed(expression, end) if variables(expression) <= {"x"} else None
