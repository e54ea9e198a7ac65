"""The description of a relation, as a person would write it."""

from functions.data import Form
from functions.relation.catalogue import CONDITIONS
from functions.relation.rule import Departure, Lookup

_BASE = (
    "Given {given}, it returns {gives}.",
    "The input is {given}; the output is {gives}.",
    "It maps {given} to {gives}.",
    "Ask it with {given} and it answers with {gives}.",
    "What it knows is this: for {given}, {gives}.",
)
PHRASINGS = len(_BASE)
_DEPARTURE = (
    "There is an exception: where {where}, {instead}.",
    "But if {where}, {instead}.",
    "This does not hold where {where}: there {instead}.",
    "However, whenever {where}, {instead}.",
    "The rule is broken in one case: if {where}, {instead}.",
)
_NO_DEPARTURE = (
    "There is no exception to this.",
    "The rule holds for all of them.",
    "It does so without an exception.",
    "No class of inputs is treated otherwise.",
    "There are no special cases.",
)
_OUTSIDE = (
    "Anything else is undefined.",
    "For any other input there is no output.",
    "Words of another kind, or unknown ones, are undefined.",
    "It has no answer to anything else.",
    "Whatever is not of that kind gives nothing.",
)


def describe(lookup: Lookup, phrasing: int) -> str:
    """The whole description in one of `PHRASINGS` phrasings (taken modulo their number)."""
    n = phrasing % PHRASINGS
    rule, departure = lookup.rule, lookup.departure
    sentences = [_BASE[n].format(given=rule.given, gives=rule.gives), _NO_DEPARTURE[n]]
    if departure:
        sentences[1] = _DEPARTURE[n].format(where=where(lookup, departure), instead=instead(lookup, departure))
    return " ".join([*sentences, _OUTSIDE[n]])


def where(lookup: Lookup, departure: Departure) -> str:
    """The class of inputs, as a clause: `the country lies in Africa`, `the input begins with "s"`."""
    if isinstance(departure.where, Form):
        return departure.where.clause("the input")
    return CONDITIONS[lookup.table.name, departure.where.column].format(departure.where.value)


def instead(lookup: Lookup, departure: Departure) -> str:
    """What happens there, as a clause: `it returns the continent it lies in instead`."""
    match departure.answer:
        case "column":
            return f"it returns {lookup.rule_to(departure.text).gives} instead"
        case "fixed":
            return f'it always returns "{departure.text}"'
        case "echo":
            return "it returns the input itself"
        case "undefined":
            return "the output is undefined"
