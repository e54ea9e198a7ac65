"""Words to judge a relation with, in strata, and words to show for a start. No word is ever in both.

The relation's identity decides which words of its domain may be shown; the others are for judges, and the secret only
fixes which of them are asked.

- `rule`: words for which the rule holds
- `exception`: words for which it does not
- `forms`: words of both, in capitals or with odd spaces
- `outside`: words of other domains, and the relation's own outputs, where it is undefined
- `unknown`: made-up words
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from functions.data import canonical, table
from functions.data.words import made_up, mixed
from functions.relation.catalogue import rules
from functions.relation.rule import Lookup

SHOWN = 12  # words of the domain that may be shown, and as many from outside; at most a third of what there is
_OUTSIDE, _UNKNOWN = 120, 40
_ENGLISH = frozenset({"plurals@1", "verbs@1", "degrees@1", "antonyms@1", "kinds@1", "qualities@1", "adverbs@1"})
_KINDS = (_ENGLISH, frozenset({"countries@1", "territories@1", "cities@1", "states@1"}))  # tables of one kind of words


class Pool(NamedTuple):
    """What may be shown (words of the domain, and others), and what may be asked by stratum."""

    domain: tuple[str, ...]
    outside: tuple[str, ...]
    strata: dict[str, tuple[str, ...]]


def hidden_words(lookup: Lookup, identity: str, secret: bytes, count: int) -> dict[str, tuple[str, ...]]:
    """About `count` words, spread evenly over the strata; fewer where a stratum is small."""
    strata = pool(lookup, identity).strata
    each = max(1, count // len(strata))
    return {name: tuple(sorted(islice(mixed(words, secret), each))) for name, words in strata.items()}


def exemplar_words(lookup: Lookup, identity: str, count: int) -> tuple[str, ...]:
    """Words of the domain, every fourth one from outside, where there is no answer."""
    words = pool(lookup, identity)
    outside = words.outside[: count // 4]
    return (*words.domain[: count - len(outside)], *outside)


def pool(lookup: Lookup, identity: str) -> Pool:
    """The words of a relation whose spec has this sha256."""
    key, rows, departing = bytes.fromhex(identity), lookup.rows(), lookup.departing()
    domain = _interleaved(
        [word for word in mixed(rows, key) if word not in departing],
        list(mixed(departing, key)),
    )
    shown = min(SHOWN, len(domain) // 3)
    outside = list(islice(mixed(_outside(lookup), key), SHOWN + _OUTSIDE))
    asked = [(word, rows[word][lookup.source]) for word in domain[shown:]]
    strata = {
        "rule": [written for word, written in asked if word not in departing],
        "exception": [written for word, written in asked if word in departing],
        "forms": [word.upper() if i % 2 else f" {word}  " for i, (word, _) in enumerate(asked)],
        "outside": outside[SHOWN:],
        "unknown": [word for word in islice(mixed(made_up(), key), _UNKNOWN) if word not in rows],
    }
    return Pool(
        tuple(rows[word][lookup.source] for word in domain[:shown]),
        tuple(outside[:SHOWN]),
        {name: tuple(words) for name, words in strata.items() if words},
    )


def _interleaved(rule: list[str], exception: list[str]) -> list[str]:
    """Three words of the rule, then one of the exception, as long as there are both."""
    words: list[str] = []
    while rule and exception:
        words += [*rule[:3], exception[0]]
        rule, exception = rule[3:], exception[1:]
    return [*words, *rule, *exception]


def _outside(lookup: Lookup) -> Iterator[str]:
    """Undefined words: the relation's own outputs, and inputs of rules of another kind.

    Nothing is asked that belongs to the domain in a reader's eyes and is missing only from the table.
    """
    own = next((kind for kind in _KINDS if lookup.table.name in kind), frozenset({lookup.table.name}))
    words: dict[str, str] = {}
    if own is not _ENGLISH:
        words |= {canonical(answer): answer for answer in lookup.answers().values() if answer}
    for rule in rules().values():
        if rule.table not in own:
            words |= {canonical(word): word for word in _cells(rule.table, rule.source)}
    return (word for reading, word in words.items() if reading not in lookup.rows())


def _cells(name: str, column: str) -> Iterator[str]:
    return (row[column] for row in table(name).rows[:60] if row[column])
