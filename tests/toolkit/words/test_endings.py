"""Rules about endings are learnt from examples, and hold for words that no table has."""

from collections.abc import Callable, Sequence

from sandbox.toolkit.words import relation_report, study_relation
from sandbox.toolkit.words.endings import Change, learnt
from sandbox.toolkit.words.rules import domain, plain
from tests.toolkit.words.endings_table import FORMS, share

Function = Callable[[str], str | None]


def told(function: Function, queries: int = 60) -> tuple[dict[str, object], Function]:
    """The report on a relation, and the code that it hands in."""

    def ask(words: list[str]) -> Sequence[str | None]:
        return [function(word) for word in words]

    report = relation_report(study_relation([], ask, queries))
    names: dict[str, Function] = {}
    exec(str(report["code"]), names)  # type: ignore[arg-type] # noqa: S102
    return report, names["function"]


def test_endings_tell_most_of_what_was_no_example() -> None:
    """Sixty plurals teach nearly all others; what is about meaning teaches nothing."""
    assert share(*FORMS["plural"]) > 0.9
    assert share(*FORMS["past tense"]) > 0.75
    assert share(*FORMS["antonym"]) == 0.0


def test_the_most_reliable_pattern_decides() -> None:
    """A consonant and y is stronger than any word; a doubled letter is seen as such."""
    regular = [(word, word + "s") for word in ("day", "boy", "key", "way", "cat", "dog", "pen", "arm")]
    endings = learnt([*regular, *((word, word[:-1] + "ies") for word in ("city", "baby", "lady", "duty"))])
    assert endings is not None
    assert [endings.answer(word) for word in ("party", "toy", "lamp", "ice cream")] == [
        "parties",
        "toys",
        "lamps",
        None,
    ]
    assert Change("", True, "ing").applied("run") == "running"
    assert Change("y", False, "ies").applied("cat") is None


def test_a_rule_of_a_table_goes_on_beyond_it() -> None:
    """Where words are answered that no table holds, they are told by what the endings of its words become."""

    def plural(word: str) -> str | None:
        row = domain("plurals", "singular").get(plain(word))
        regular = word + ("es" if word.endswith(("ch", "s", "x")) else "s")
        return row["plural"] if row else regular if word.isalpha() else None

    report, function = told(plural)
    assert "from singular to plural" in report["names"]  # type: ignore[operator]
    assert "A word that no list holds follows its ending" in str(report["description"])
    assert [function(word) for word in ("man", "wug", "flatch")] == [plural(w) for w in ("man", "wug", "flatch")]


def test_where_nothing_is_answered_beyond_a_table_nothing_is_claimed_there() -> None:
    """Three queries are spent on made-up words, and they are undefined."""
    report, function = told(lambda word: (domain("verbs", "verb").get(plain(word)) or {}).get("past"))
    assert "Anything else is undefined." in str(report["description"])
    assert function("blick") is None


def test_a_rule_that_no_table_has_is_told_by_endings() -> None:
    """Something like red, reddish, for any word."""

    def alike(word: str) -> str | None:
        return (word[:-1] if word.endswith("e") else word) + "ish" if word.isalpha() else None

    report, function = told(alike)
    assert str(report["description"]).startswith("The rule is about how words end")
    assert [function(word) for word in ("blue", "stork", "two words")] == ["bluish", "storkish", None]
