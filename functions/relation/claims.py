"""The truth about a relation in atomic statements."""

from collections.abc import Iterator

from functions.brief import Claim
from functions.relation import prose
from functions.relation.rule import Departure, Lookup

_INSTEAD = {"fixed": "fixed answer", "echo": "the input itself", "undefined": "undefined"}


def claims_of(lookup: Lookup) -> tuple[Claim, ...]:
    """The rule, then the class of inputs where it does not hold and what happens there, then that there is no noise.

    What happens there is a `rule` about the region: the name of another rule, "fixed answer", "the input itself" or
    "undefined".
    """
    rule = lookup.rule
    base = Claim(kind="rule", about="base", name=rule.name, text=f"For {rule.given}, it gives {rule.gives}.")
    return (base, *_region(lookup), Claim(kind="absent", about="noise", text="There is no noise."))


def _region(lookup: Lookup) -> Iterator[Claim]:
    departure = lookup.departure
    if departure is None:
        yield Claim(kind="absent", about="region", text="There is no exception to the rule.")
        return
    where = prose.where(lookup, departure)
    yield Claim(kind="condition", about="region", name=where, text=f"The rule does not hold where {where}.")
    text = f"In the exception, {prose.instead(lookup, departure)}."
    yield Claim(kind="rule", about="region", name=_named(lookup, departure), text=text)


def _named(lookup: Lookup, departure: Departure) -> str:
    return lookup.rule_to(departure.text).name if departure.answer == "column" else _INSTEAD[departure.answer]
