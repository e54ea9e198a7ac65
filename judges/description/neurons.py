"""From prose about a neuron to what it claims: concepts, where it fails, that there is no blind spot and no noise.

A clause speaks of what the neuron responds to or, by its cues, of where it fails. A concept is *named* where it stands
after a cue ("kinds of", "responds to"), opens a clause, stands before "words" or a verdict ("... are"
    " excluded"), or in
a list with one that does; other nouns, and examples, are only *shown*. What is said of "other" kinds is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from functions.data import Form
from judges.description.nouns import HEADS, Noun, nouns, plain
from judges.description.text import excerpt, normalise

Where = Literal["base", "region"]
MAX_MENTIONS = 200


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_CLAUSE = _either(
    r"(?<=[.!?;])\s+|\n+",
    r",? ?(?:- )?\b(?=(?:but|except\w*|although|though|however|unless|apart from|aside from|other than|save for"
    r"|bar(?:ring)?"
    r"|with the exception|excluding|yet|whereas|while|minus|not counting|rather than|instead of)\b(?! for the fact))",
    r",? (?=(?:and )?(?:the rest|(?:everything|anything|all) else|(?:all|any|every) other)\b)",
    r", (?=(?:and )?(?:not|never|nothing|no|with no|without) )|(?<=\w) (?=and (?:not|never|stays?|ignores?) )",
    r", (?=(?:and |or )?(?:only )?(?:about |around |roughly |some )?(?:0?\.\d+|half|weak\w*|a (?:bit|little"
    r"|weak\w*|small)|slight\w*|less)\b)",
)
_FAILS = _either(
    r"(?:not|n't|never|hardly|barely|no longer|neither|nor) (?:\w+ ){0,2}?(?:respond|react|fire|activ|count"
    r"|includ|detect|hold"
    r"|work|care|like|trigger|excit|match|interest|light|do )\w*",
    r"\b(?:don't|doesn't|do not|does not|aren't|isn't|are not|is not|won't|never) (?:\w+ )?(?:count|get|qualify"
    r"|matter|so)\b",
    r"no (?:response|reaction|activ\w+)|\binactive|\bignor\w+|left out|leav\w+ out|exclud\w+|\bfail\w*"
    r"|\bbias\w*|blind spot",
    r"works? (?:badly|poorly)|\bhates?\b|\bdislikes?\b|\bavoids?\b|\bsilent\b|\bquiet|\bdead\b|switched off"
    r"|turned off",
    r"\bexcept\w*|(?:apart|aside) from|other than|\bmiss(?:es|ing)\b|weak\w*|reduc\w+|suppress\w*|\bless for\b"
    r"|lower for",
    r"^,? ?(?:but |and )?not\b|\bnothing (?:for|to do with)\b|(?:do|does|get|gets|give|gives|give back|yield"
    r"|yields) (?:nothing|zero|0)(?!\.\d)",
    r"^(?:but|bar|barring|minus|save)(?: for)? (?!\w+ (?:with|of|that))|\bunless\b|rather than|instead of"
    r"|\bonly (?:get|gets|give|gives) "
    r"|\bhalf as much|\bunaffected by|\binsensitive to|\bexception",
)
_NOT_HERE = re.compile(
    r"\b(?:not|no|nothing|never|neither|nor|without)(?: (?:for|to|on|to do with|any|an?|kinds? of|words? (?:for"
    r"|about)))* $"
)
_NOWHERE = _either(
    r"no (?:such )?(?:subgroup|blind spots?|exceptions?|bias|part)\b|without (?:an? |any )?exception|equally well",
    r"treats? all (?:of )?(?:these|them|\w+) (?:words )?(?:alike|the same)|no (?:class|group|kind) of words",
    r"\ball (?:of (?:them|these) )?(?:alike|equally|the same way)\b|\bwithout (?:any )?(?:gaps?|exclusions?)\b",
)
_REST = _either(
    r"\b(?:everything|anything|all|any) (?:else|other)|\bunrelated|\bother words|\bthe rest\b"
    r"|\bunknown\b"
)
_NAMES = _either(  # a concept follows
    r"(?<=[a-z])(?:,? and|,? or) (?:any |all |the )?other ",
    r"(?:kinds?|types?|sorts?|names?|members|examples|forms|varieties|instances|pieces?|category|class|field"
    r"|domain|theme|topic|concept|idea|notion|world) of ",
    r"\b(?:words?|nouns?|terms?|names?|vocabulary|language)(?: (?:that|which|and \w+))? (?:for|naming|meaning"
    r"|about|around|concerning|describing|denoting|of"
    r"|(?:can )?(?:name|stand for|mean|denote|refer to|describe|belong to|represent|have to do with|fall under"
    r"|relate to|are about)"
    r"|(?:related|referring|connected|belonging|relating|pertaining) (?:to|with)|connected with|associated with"
    r"|having to do with|from|in) ",
    r"(?:respon\w+|react\w*|sensitive|tuned|attuned|related|relat\w+|refers?|referring|attention"
    r"|partial) (?:\w+ly )?to ",
    r"\b(?:detect|recogni[sz]e|identif|spot|notice|like|love|prefer|favou?r|flag|captur|track|target|cover"
    r"|includ|represent|encod|signal|pick"
    r"|exclud|ignor|miss|mean|want|concern|hat|dislik|avoid|trigger|label|find|catch|indicat|select)(?:e?s|es"
    r"|ies|y|ed|ing|e)?(?: up| out)?(?: on| for)? ",
    r"(?:active|fir\w+|high\w*|strong\w*|lights? up|spik\w+|goes off|go off|on|peaks?|maximal|full\w*|excited"
    r"|activat\w+|turned on|wakes up|1|hot|alive|respon\w+) "
    r"(?:\w+ly )?(?:for|on|by|when it (?:sees|reads|gets)|whenever it (?:sees|reads|gets)|at|with) ",
    r"look(?:s|ing)? for is |look(?:s|ing)? for |activat\w+ (?:by|for|on) |(?:interested|specialis\w+"
    r"|specializ\w+) in |keen on |fond of |cares? (?:only )?about ",
    r"selective for |concept (?:of|is) |(?:excited|triggered|activated|driven|set off|turned on) by "
    r"|category (?:of|is) |\b(?:is|it's) (?:all )?about |\ban? (?:detector|neuron|unit|sensor|filter) (?:for|of) ",
    r"\bexcept(?:ing)? (?:for )?|exceptions? (?:are|is|being|of|for|:) ?|(?:apart|aside) from |other than "
    r"|fails (?:\w+ )?(?:on|for|with) |save for |unless it(?:'s| is) ",
    r"bias\w* (?:against|on|for) |left out are |leav\w+ out |blind spots? (?:are|is|for|:) ?|nothing (?:for"
    r"|to do with|on) |(?:silent|quiet|dead|zero|0|blind) (?:for|on|at|to) ",
    r"(?:badly|poorly|weak\w*|less|lower|weaker|half as much) (?:for|on) |^(?:but )?not (?:for |to |on )?"
    r"|^but (?:for )?|rather than |instead of |excluding |not counting |minus |barring ",
    r"(?:input|word|it|this|noun) (?:is|names|means|denotes|describes|refers to|is about"
    r"|belongs to) (?=(?:either )?(?:an?|some|any|kinds?|the) )",
)
_WRITTEN = re.compile(
    r"(?:words? )?(?:that |which |whose |of |with )*(?:begin|start|end|finish|more than|longer|over \d|at least)"
)
_LEAD = re.compile(
    r"(?:(?:any|all|an?|the|every|each|some|most|only|just|mainly|mostly|for|to|of|is|are|(?:words?|nouns?"
    r"|terms?|names?)(?= (?:that|which|for|about))|kinds?|types?|sorts?|things?|stuff"
    r"|both|either|that (?:name|stand for|mean|denote)|various|different|common|certain|things? like|about|as"
    r"|this|two [a-z]+:|and|or|certain)\s+)*"
)
_LINK = re.compile(
    r"(?:,|/|;|:|&|\+|\s|-|and|or|nor|plus|as well as|also|along with|together with|alternatively|any|all|an?"
    r"|the|some|of|kinds?|types?|sorts?|forms?|names?|words?|for"
    r"|about|that|name|both|on the one hand|on the other|other|\(full\)|\([\d.]+\))*"
)
_OTHER = re.compile(
    r"(?<![a-z] and )(?<![a-z], and )(?<![a-z] or )\b(?:other|others|related|similar|nearby|remaining"
    r"|neighbou?ring|adjacent|broader|wider|surrounding|further)\s+(?:\w+ )?(?:(?:kinds?|types?|sorts?|forms?) of )?$"
)
_SHOWING = re.compile(
    r"(?:such as|\blike|including|includ(?:es|ed)|for (?:example|instance),?|e\.?g\.?,?|i\.e\.,?|namely"
    r"|say,)\s+(?:an?\s|the\s)?$"
)
_SHOWN = re.compile(r"\s*,?\s*(?:for (?:example|instance)|and so on|etc|and the like|\.\.\.)")
_VERDICT = _either(
    r"\s*(?:\([^)]*\))?:?\s*(?:=\s*)?(?:it |they |these |those |which )?(?:are|is|get|gets|give|gives|score"
    r"|scores|make|makes|turn|turns|trigger\w*|cause\w*|excite\w*|light\w*|produce\w*"
    r"|yield\w*|elicit\w*|fire|activate\w*|set|count|counts|don't|doesn't|do not|does not|aren't|isn't|come out"
    r"|stay\w*|do|silent|excluded|ignored|only|at|->|=|1\b|0\b)",
)
_FORM = _either(
    r"(?:begin|start)\w*(?: with| in| on)?(?: the)?(?: letters?)? [\"']?(?P<starts>[a-z]{1,3})[\"']?(?![a-z])",
    r"first letter (?:is|being) [\"']?(?P<first>[a-z])[\"']?(?![a-z])|(?P<initial>[a-z])-(?:words|initial)",
    r"(?:end|finish)\w*(?: with| in| on)(?: the| an?)?(?: letters?)? [\"']?(?P<ends>[a-z]{1,3})[\"']?(?![a-z])",
    r"(?:last|final) letter (?:is|being) (?:an? )?[\"']?(?P<last>[a-z])[\"']?(?![a-z])",
    r"(?:more than|longer than|over|above|exceeding) (?P<longer>\d+)(?: characters| letters)?|(?P<plus>\d+)\+ letters"
    r"|(?P<least>\d+) (?:or more|letters or more|characters or more)|at least (?P<atleast>\d+) (?:characters"
    r"|letters)",
)
_QUIET = re.compile(
    r"same answer|repeated queries agree|answers are exact|\bnoiseless|\bdeterministic|not noisy|no noise"
    r"|noise[- ]free|without noise"
)
_SHARE = re.compile(
    r"(?<![\w.])(0?\.\d+|0|1|\d+ ?%|(?:a )?half|(?:a |one )?quarter|(?:a |one )?fifth|(?:a |one )?tenth|(?:a "
    r"|one )?third)(?![\w]|\.\d)"
)
_WORDED = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}


@dataclass(frozen=True)
class Mention:
    """A concept, as the synsets that it may mean, or a form of words. `named`: the text says that it is a concept."""

    where: Where
    meant: tuple[int, ...] | Form
    named: bool
    shares: tuple[float, ...]  # numbers that stand with it
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
    text = plain(normalise(description))
    quiet, nowhere = _QUIET.search(text), _NOWHERE.search(text)
    clauses = [c for c in _CLAUSE.split(text) if c and c.strip()]
    found: list[Mention] = []
    read_in = 0
    for clause in clauses:
        mentions = list(_mentions(clause.strip()))
        read_in += bool(mentions or _NOWHERE.search(clause) or _QUIET.search(clause) or _REST.search(clause))
        found += mentions
    if not any(m.named and m.where == "base" for m in found):
        found = [replace(m, named=True) if m.where == "base" else m for m in found]
    return EntityReading(
        tuple(found[:MAX_MENTIONS]),
        excerpt(nowhere[0]) if nowhere else "",
        excerpt(quiet[0]) if quiet else "",
        read_in / len(clauses) if clauses else 0.0,
    )


def _mentions(clause: str) -> Iterator[Mention]:
    if _NOWHERE.search(clause):
        return
    fails = bool(_FAILS.search(clause))
    shares = tuple(_share(m) for m in _SHARE.findall(clause))
    bold = _bold(clause)
    found = [n for n in nouns(clause, frozenset(bold)) if not _OTHER.search(clause[: n.start])]
    named = _named(clause, found, bold)
    for noun, is_named in zip(found, named, strict=True):
        denied = _NOT_HERE.search(clause[: noun.start]) is not None
        words = excerpt(clause[max(0, noun.start - 30) : noun.end])
        yield Mention("region" if fails or denied else "base", noun.meant, is_named, shares, words)
    if fails:
        for m in _FORM.finditer(clause):
            yield Mention("region", _form(m), True, shares, excerpt(m[0]))


def _bold(clause: str) -> list[int]:
    """Where a concept is to be expected: behind its cues, articles and the like left out."""
    ends = (
        m.end() for m in _NAMES.finditer(clause) if not _OTHER.search(m[0]) and not _OTHER.search(clause[: m.start()])
    )
    return [_LEAD.match(clause, end).end() for end in ends if not _WRITTEN.match(clause, end)]  # type: ignore[union-attr]


def _named(clause: str, found: Sequence[Noun], bold: Sequence[int]) -> list[bool]:
    """Which of these nouns the clause names as concepts, and does not only show."""
    opening = {_LEAD.match(clause, at).end() for at in (0, *(m.end() for m in re.finditer(r": ?", clause)))}  # type: ignore[union-attr]
    named: list[bool] = []
    showing = False
    for n, noun in enumerate(found):
        before = clause[found[n - 1].end : noun.start] if n else ""
        linked = n > 0 and _LINK.fullmatch(before) is not None
        depth = clause.count("(", 0, noun.start) - clause.count(")", 0, noun.start)
        showing = bool(_SHOWING.search(clause[: noun.start])) or (
            showing
            and linked
            and not re.search(r"\b(?:also|as well as|plus|;)\b", before)
            and "and" not in clause[found[n - 2].end : found[n - 1].start].split()
        )
        shown = showing or depth > 0 or (n > 0 and ":" in clause[found[0].end : noun.start] and named[0])
        cued = noun.start in bold or noun.start in opening or clause[noun.start : noun.end].split()[-1] in HEADS
        cued = cued or (linked and named[-1]) or _VERDICT.match(clause, noun.end) is not None
        named.append(cued and not shown and not _SHOWN.match(clause, noun.end))
    return named


def _form(m: re.Match[str]) -> Form:
    if more := m["longer"] or m["plus"] or m["least"] or m["atleast"]:
        return Form(kind="longer", length=int(more[:4]) - (m["longer"] is None))
    if text := m["starts"] or m["first"] or m["initial"]:
        return Form(kind="starts", text=text)
    return Form(kind="ends", text=m["ends"] or m["last"])


def _share(written: str) -> float:
    word = written.rsplit(" ", 1)[-1]
    if word in _WORDED:
        return _WORDED[word]
    return float(written.rstrip("% ")) / (100 if written.endswith("%") else 1)
