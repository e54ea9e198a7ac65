"""What there is to say about a suite beside its functions: how hard, how varied, what to be careful of."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from functions.brief import Claim, Record
from functions.suites.suite import Member, Suite
from functions.suites.trivial import TRIVIAL, trivial_share

OPEN = (
    "This suite is open: anybody can generate it, and models may have seen it or its like in training. "
    "Hold a private one (`inquest suite build --private`) for claims about a model."
)
HIDDEN = "This suite comes from a secret seed: do not publish its functions before the results that they test."


class About(Record):
    """The facts of a suite: `about.json` beside its functions.

    `trivial` names the functions of which a trivial answer gets more than half (see `functions.suites.trivial`).
    `figures` maps a dotted name to a number; for each category and each tier:

    - `CATEGORY.functions`; `.irregular`, `.noisy`, `.trivial`: the share of them with an irregular region or branch or
      exception, with noise, in `trivial`
    - `CATEGORY.facts`: how many claims there are to find, on average: the measure of difficulty
    - `CATEGORY.kinds`: different families, operations, concepts or rules that they are made of; `.even_kinds`: how many
      kinds, all as frequent, would be as varied (the exponential of the entropy)
    """

    warning: str
    rejected_duplicates: int
    trivial: tuple[str, ...]
    tiers: dict[str, str]
    figures: dict[str, float]


def trivial_names(suite: Suite) -> frozenset[str]:
    """The functions of which a trivial answer gets more than half. Up to 25 ms a function."""
    return frozenset(member.name for member in suite.members if trivial_share(member.spec) > TRIVIAL)


def about(suite: Suite, trivial: frozenset[str], private: bool = False) -> About:
    """The facts of a suite of which these functions are trivial."""
    groups: dict[str, list[Member]] = {}
    for member in suite.members:
        groups.setdefault(member.category.value, []).append(member)
        if member.tier:
            groups.setdefault(member.tier, []).append(member)
    figures = {
        f"{name}.{what}": value for name, members in groups.items() for what, value in _figures(members, trivial)
    }
    return About(
        warning=HIDDEN if private else OPEN,
        rejected_duplicates=suite.rejected,
        trivial=tuple(sorted(trivial)),
        tiers={member.name: member.tier for member in suite.members if member.tier},
        figures=figures,
    )


def _figures(members: Sequence[Member], trivial: frozenset[str]) -> Iterator[tuple[str, float]]:
    claims = [[claim for claim in member.spec.claims() if claim.kind != "absent"] for member in members]
    kinds = Counter(str(claim.name) for truth in claims for claim in truth if _is_a_kind(claim))
    yield "functions", len(members)
    yield "irregular", _share(any(claim.about == "region" for claim in truth) for truth in claims)
    yield "noisy", _share(any(claim.about == "noise" for claim in truth) for truth in claims)
    yield "trivial", _share(member.name in trivial for member in members)
    yield "facts", round(sum(map(len, claims)) / len(members), 2)
    yield "kinds", len(kinds)
    yield (
        "even_kinds",
        round(math.exp(-sum(n / kinds.total() * math.log(n / kinds.total()) for n in kinds.values())), 1),
    )


def _is_a_kind(claim: Claim) -> bool:
    if claim.name in ("sum", "product", "composition"):  # ways in which parts are joined
        return False
    return claim.about == "base" and claim.kind in ("family", "operation", "concept", "rule")


def _share(flags: Iterable[bool]) -> float:
    known = list(flags)
    return round(sum(known) / len(known), 3)
