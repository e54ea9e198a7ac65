"""Search: chains and branches are found exactly, rivals are told apart, and what is unknown is called so."""

import sys
from collections.abc import Callable

import pytest

from sandbox.toolkit import strings
from sandbox.toolkit.strings.library import library
from sandbox.toolkit.strings.report import report_of

Function = Callable[[str], str]
UNSEEN = ("Over the hill", "zigzag", "Ada 36", "a", "", "two  gaps", "NOON", "deified", "x1y2z3", "Mixed CASE, marks!")


def found_by(function: Function) -> strings.Findings:
    """What is believed after the survey and rivals."""
    texts = list(strings.probes(34))
    found = strings.investigate([(x, function(x)) for x in texts])
    return strings.settle(found, lambda more: [function(x) for x in more], 10)[0]


FUNCTIONS: dict[str, Function] = {
    "one operation": lambda x: x[::-1],
    "an inferred piece": lambda x: f"<<{x}>>",
    "two operations": lambda x: "".join(c for c in x if c not in "aeiouAEIOU")[::-1],
    "a piece in the middle, reversed": lambda x: (x[: len(x) // 2] + "uv" + x[len(x) // 2 :])[::-1],
    "words": lambda x: " ".join(w[1:] + w[:1] for w in x.split(" ")),
    "a branch": lambda x: x * 2 if len(x) > 6 else x[1:],
    "a branch that changes nothing": lambda x: x if any(c in "0123456789" for c in x) else x[::-1] + "?",
    "a branch on the end": lambda x: x[::-1] if x[-1:] in tuple("aeiouAEIOU") else x + "?",
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_known_function_is_found_exactly(name: str) -> None:
    """The best explanation gives the right answer to texts that nobody asked about."""
    found = found_by(FUNCTIONS[name])

    assert found.explained
    assert [found.best(x) for x in UNSEEN] == [FUNCTIONS[name](x) for x in UNSEEN]


def test_rivals_are_told_apart_by_few_texts() -> None:
    """After settling, no text of the pool is left on which explanations disagree, or the queries are spent."""
    function = FUNCTIONS["a branch"]
    found = strings.investigate([(x, function(x)) for x in strings.probes(34)])
    asked: list[str] = []

    def ask(texts: list[str]) -> list[str]:
        asked.extend(texts)
        return [function(x) for x in texts]

    settled, used = strings.settle(found, ask, 10)

    assert used == len(asked) <= 10
    assert len(settled.explanations) < len(found.explanations)
    assert len(set(asked)) == len(asked)


def test_an_unknown_function_is_not_named() -> None:
    """What no chain explains is called unknown, with the share that the best guess explains."""

    def keyed(x: str) -> str:
        return "".join(chr(97 + (ord(c) ** 3 + 7 * i * i) % 26) for i, c in enumerate(x))

    report = report_of(strings.investigate([(x, keyed(x)) for x in strings.probes(20)]))

    assert not report["explained"]
    assert "unknown" in str(report["description"])


def test_an_undefined_answer_is_no_text() -> None:
    """Where the function has no answer, an explanation that gives one is wrong."""
    found = strings.investigate([(x, None if "7" in x else x.lower()) for x in ("A7", "Bc", "dE", "F", "gH7", "iJ")])

    assert not found.explained


def test_without_an_operation_the_library_finds_less() -> None:
    """The search knows what it is given: without reversal, nothing reverses."""
    pairs = [(x, x[::-1]) for x in strings.probes(12)]
    some = tuple(kind for kind in library() if "revers" not in kind.name and "order" not in kind.name)

    assert strings.investigate(pairs).explained
    assert not [e for e in strings.investigate(pairs, some).explanations if e("stop it") == "ti pots" and not e.main]


def test_attacks_have_properties_that_were_not_tested() -> None:
    """Each attack says what had hardly been seen, and none was asked before."""
    asked = strings.probes(10)
    planned = strings.attacks(asked, 5)

    assert len(planned) == 5
    assert not {text for _, text in planned} & set(asked)
    assert all(why.startswith("it ") for why, _ in planned)


def test_a_blow_that_contradicts_has_broken() -> None:
    """A hypothesis is compared with what was observed; an exception of its own is no answer."""
    blows = list(strings.confront(lambda x: x[5], [("short", "ab"), ("long", "abcdefg")], lambda _: ["", "f"]))

    assert [blow.broke for blow in blows] == [True, False]


def test_searches_are_repeated_equally() -> None:
    """Equal answers, equal findings, whatever the order of hashes."""
    pairs = [(x, x[::-1] + "!") for x in strings.probes(16)]

    assert report_of(strings.investigate(pairs)) == report_of(strings.investigate(pairs))
    assert sys.flags.hash_randomization in (0, 1)
