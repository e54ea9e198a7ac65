"""What people say of rules between words and of classes of inputs, in the words of the catalogue."""

import re
from functools import cache

from functions.data import Form, table
from functions.relation.catalogue import CONDITIONS
from functions.relation.rule import Cell

_TONGUES = r"(french|german|spanish|italian|english)"
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), by)
    for pattern, by in [
        (
            r"\bwhat (?:an?|the|this|that|each) (\w+) is (?:called|named|known as) in " + _TONGUES,
            r"the \2 name of a \1",
        ),
        (r"\bwhat (?:it is|it's|they are|they're) (?:called|named|known as) in " + _TONGUES, r"its \1 name"),
        (r"\bwhat (?:the )?(?:germans) call (?:it|that \w+|the \w+|them)", "its German name"),
        (r"\bwhat (?:the )?(?:french) call (?:it|that \w+|the \w+|them)", "its French name"),
        (r"\bwhat (?:the )?(?:spanish|spaniards) call (?:it|that \w+|the \w+|them)", "its Spanish name"),
        (r"\bwhat (?:the )?(?:italians) call (?:it|that \w+|the \w+|them)", "its Italian name"),
        (
            r"\b(?:translat\w+|render\w*|put\w*) (.{3,60}?) (?:in)?to " + _TONGUES + r"\b(?: ones?| names?)?",
            r"maps \1 to its \2 name",
        ),
        (r"\b(?:are|is|gets?|get) (?:translated|rendered|put) (?:in)?to " + _TONGUES + r"\b", r"returns its \1 name"),
        (
            r"(?:^|(?<=[.;:] ))(?:the )?"
            + _TONGUES
            + r" (?:names? of (?:a )?(\w+?)(?:ies|y|s)?|(\w+?)(?:y|ies)?(?: |-)names?) (?:in)?to (?:its |the "
            r"|their )?" + _TONGUES + r"\b(?: ones?| names?)?",
            r"given the \1 name of a \2\3y, it returns its \4 name",
        ),
        (r"(?<=\w) in " + _TONGUES + r"(?= *(?:$|[.,;]))", r", its \1 name"),
        (_TONGUES + r" (?:translation|word|equivalent|version|term)\b", r"its \1 name"),
        (_TONGUES + r" for (?=months|weekdays|days|countries|languages)", r"\1 name of "),
        (
            r"\b(?:internet|web|url|website) (?:domain )?(?:ending|suffix|extension|address ending)s?\b",
            "top-level internet domain",
        ),
        (r"\b(?:he/she/it[- ]|he[- ]|third[- ]person[- ]|-s[- ]|s-)forms?\b(?: of)?", "third person singular form"),
        (
            (
                r"\b(?:spelled|spelt|written) out\b(?: in (?:english|words|letters))?|\bin letters\b"
                r"|\bas (?:english )?words\b|\bin english words\b"
            ),
            "in words",
        ),
        (r"\bseat of (?:the )?government\b|\bcapital cit(?:y|ies)\b", "capital"),
        (
            (
                r"\b(?:comes?|coming|stands?|right) (?:right |directly |immediately )?after\b|\bfollowing\b"
                r"|\bsubsequent\b|\bfollows\b|\bsuccessor\b|\bone after\b|\bplus (?:one|1)\b|\badds? (?:one|1) to\b"
                r"|\bnext higher\b|\bone up from\b|\bnumber after\b|\bday after\b"
            ),
            "next",
        ),
        (
            (
                r"\b(?:comes?|coming|stands?|right) (?:right |directly |immediately )?before\b|\bpreceding\b"
                r"|\bprecedes\b|\bprior\b|\bpredecessor\b|\bone before\b|\bday before\b|\bminus (?:one|1)\b|\bearlier\b"
            ),
            "previous",
        ),
        (r"\b(?:two|2)[- ](?:letter|character)s?\b|\balpha-2\b", "twoletter"),
        (r"\b(?:three|3)[- ](?:letter|character)s?\b|\balpha-3\b", "threeletter"),
        (
            (
                r"\biso country codes?\b"
                r"|(?<!letter )(?<!calling )(?<!currency )(?<!phone )(?<!ling )(?<!dial )\bcountry codes?\b(?! of)"
            ),
            "twoletter ISO 3166 code of a country",
        ),
        (
            (
                r"\b(?:more general|superordinate|broader|umbrella) (?:term|word|concept|category)|\bhypernyms?\b"
                r"|\bsuperclass\b|\bcategory it (?:falls|belongs) (?:in)?to"
            ),
            "what it is a kind of",
        ),
        (
            (
                r"\b(?:which|what) (country|continent) (?:is |does )?(?:the|this|that|a)? ?(city|capital"
                r"|country)(?: is| lies?| belongs?)? ?(?:located |situated )?(?:in|to|on)"
            ),
            r"maps a \2 to the \1 it lies in",
        ),
        (
            r"\bin (?:which|what) (time zone|country|continent) (?:is|does|lies) (?:the|this|that|a) (\w+)",
            r"maps a \2 to its \1",
        ),
        (r"\bnations?\b|\bterritor(?:y|ies)\b", "country"),
        (r"\bcountries\b", "country"),
        (r"\bcities\b|\btowns?\b|\bmetropolis(?:es)?\b", "city"),
        (r"\bweekdays?\b|\bdays? of the week\b", "weekday"),
        (r"\bmoney\b", "currency"),
        (r"\bnumerals?\b(?<!roman numeral)(?<!roman numerals)", "number"),
        (r"\bcalled\b|\bnamed\b", "name"),
    ]
)
_DEMONYMS = {
    "africa": "african",
    "asia": "asian",
    "europe": "european",
    "north america": "north american",
    "south america": "south american",
    "oceania": "oceanian",
    "china": "chinese",
    "india": "indian",
    "japan": "japanese",
    "brazil": "brazilian",
    "russia": "russian",
    "france": "french",
    "germany": "german",
    "united states": "american",
    "united kingdom": "british",
    "mexico": "mexican",
    "spain": "spanish",
    "italy": "italian",
    "indonesia": "indonesian",
    "turkey": "turkish",
    "iran": "iranian",
    "pakistan": "pakistani",
    "canada": "canadian",
    "poland": "polish",
    "ukraine": "ukrainian",
    "egypt": "egyptian",
    "australia": "australian",
    "nigeria": "nigerian",
    "colombia": "colombian",
    "argentina": "argentine",
}
_MANY = r"(?:countries|cities|nations|states|capitals|ones|places|towns|country|city|words|names|inputs)"
_HEAD = (
    r"(?:^|^(?:but|and|while|whereas|only|however|although|except(?: that)?|for|if|when|where|whenever"
    r"|unless|in case)[ ,]+(?:it is |the \w+ is |it's |the \w+ lies |of |for )?)"
)
_FORMS = re.compile(
    r"\b(?:begin|start)\w*(?: with| in)?(?: the| an?)?(?: letters?)? [\"']?(?P<starts>\w)[\"']?(?!\w)"
    r"|\bfirst letter is (?:an? )?[\"']?(?P<first>\w)[\"']?(?!\w)"
    r"|\b(?:end|finish)\w*(?: with| in| on)(?: the| an?)?(?: letters?)? [\"']?(?P<ends>\w)[\"']?(?!\w)"
    r"|\b(?:last|final) letter is (?:an? )?[\"']?(?P<last>\w)[\"']?(?!\w)"
    r"|(?:more than|longer than|over) (?P<longer>\d{1,3})",
    re.IGNORECASE,
)


def plain_rule(text: str) -> str:
    """The text with idioms in the words that the catalogue uses."""
    for pattern, by in _SAID:
        text = pattern.sub(by, text)
    return text


def class_in(text: str, name: str) -> tuple[Cell | Form, tuple[int, int]] | None:
    """The one class of inputs of this table that a clause speaks of, and where; None where it is none or several."""
    if m := _FORMS.search(text):
        return _form(m), m.span()
    found = [(cell, m.span()) for cell, pattern in _classes(name) if (m := pattern.search(text))]
    cells = {cell for cell, _ in found}
    longest = max(found, key=lambda item: item[1][1] - item[1][0], default=None)
    inside = longest and all(longest[1][0] <= a and b <= longest[1][1] for _, (a, b) in found)
    return longest if longest and (len(cells) == 1 or inside) else None


def _form(m: re.Match[str]) -> Form:
    if m["longer"]:
        return Form(kind="longer", length=int(m["longer"]))
    if starts := m["starts"] or m["first"]:
        return Form(kind="starts", text=starts.lower())
    return Form(kind="ends", text=(m["ends"] or m["last"]).lower())


@cache
def _classes(name: str) -> tuple[tuple[Cell, re.Pattern[str]], ...]:
    rows = table(name).rows
    cells = (
        Cell(column=column, value=value)
        for where, column in CONDITIONS
        if where == name
        for value in sorted({row[column] for row in rows if row[column]})
    )
    return tuple((cell, re.compile(_said(cell), re.IGNORECASE)) for cell in cells)


def _said(cell: Cell) -> str:
    """How people say that an input is of this class."""
    value = re.escape(cell.value)
    match cell.column:
        case "continent" | "country":
            of_it = _DEMONYMS.get(cell.value.lower(), value.lower())
            return rf"\b(?:in|from|within|on) (?:the )?{value}\b|\b{of_it} {_MANY}\b|\b{value}'s\b|\bis {of_it}\b"
        case "language":
            spoken = rf"\b{value} (?:is spoken|as (?:an? |its )?\w* ?language)"
            return rf"\b{value}[- ]speaking|\bspeaks? {value}|language (?:is|being) {value}|{spoken}"
        case "currency":
            used = r"(?:\buses?|\busing|\bpays? (?:in|with)|currency (?:is|being)|\bwith) (?:the )?"
            return rf"{used}{value}s?\b|\b{value}[- ]?(?:zone|countr\w+)"
        case "period":
            return rf"\b(?:period|row) {value}\b"
        case "block":
            return rf"\b{value}[- ]block" + (r"|\btransition metals?" if cell.value == "d" else "")
        case "series":
            return rf"\b{re.escape(cell.value.removesuffix('s'))}s?\b"
        case "month":
            return rf"\bin {value}\b|\b{value} dates\b|\b(?:dates?|days?) (?:in|of) {value}\b"
        case "parity":
            return rf"\b{value}\b"
        case _:
            more = {"day": "weekday", "month": "month"}.get(cell.value, cell.value)
            return rf"{_HEAD}(?:an? |any |all |every |the )?(?:{more}|{value})s?\b(?! (?:that|which|to|in)\b)"
