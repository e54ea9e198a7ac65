"""Rules over tables and their exceptions are found from answers, and told so that a person would understand."""

from collections.abc import Callable, Sequence

from sandbox.toolkit.words import confront, relation_attacks, relation_report, study_relation
from sandbox.toolkit.words.relations import answers_of, explain
from sandbox.toolkit.words.rules import domain, plain

Function = Callable[[str], str | None]


def capital(word: str) -> str | None:
    """The capital of a country; "unknown" in Africa."""
    row = domain("countries", "country").get(plain(word))
    if row is None:
        return None
    return "unknown" if row["continent"] == "Africa" else row["capital"]


def asking(function: Function, asked: list[str]) -> Callable[[list[str]], Sequence[str | None]]:
    """The oracle's side: answers, and notes what was asked."""

    def ask(words: list[str]) -> list[str | None]:
        asked.extend(words)
        return [function(word) for word in words]

    return ask


def test_a_rule_is_found_with_the_class_on_which_it_does_not_hold() -> None:
    """A fixed answer for one continent is told from a rule with gaps."""
    asked: list[str] = []
    report = relation_report(study_relation([], asking(capital, asked), 60))

    assert report["names"] == ["from country to capital"]
    assert report["regions"] == [
        {"condition": "the country lies in Africa", "behaviour": 'it always returns "unknown"'}
    ]
    assert len(asked) <= 60


def test_the_code_answers_words_that_were_never_asked() -> None:
    """It holds the whole table, reads words as the relation does, and imports only the standard library."""
    asked: list[str] = []
    names: dict[str, Function] = {}
    exec(str(relation_report(study_relation([], asking(capital, asked), 60))["code"]), names)  # type: ignore[arg-type] # noqa: S102
    unseen = ["  NORWAY ", "Peru", "Chad", "mopvix", "oxygen"]

    assert [names["function"](word) for word in unseen] == [capital(word) for word in unseen]


def test_spelling_is_an_exception_too() -> None:
    """Where the words of a class share nothing but a letter, the letter is named."""

    def past(word: str) -> str | None:
        row = domain("verbs", "verb").get(plain(word))
        return None if row is None or word.startswith("s") else row["past"]

    report = relation_report(study_relation([], asking(past, []), 60))

    assert report["regions"] == [{"condition": 'the input begins with "s"', "behaviour": "the output is undefined"}]


def test_no_exception_is_claimed_where_there_is_none() -> None:
    """A clean rule is told as one."""
    report = relation_report(
        study_relation([], asking(lambda w: (domain("elements", "element").get(plain(w)) or {}).get("symbol"), []), 60)
    )

    assert report["explained"]
    assert report["regions"] == []
    assert "no exception" in str(report["description"])


def test_what_no_rule_explains_is_said_to_be_unknown() -> None:
    """Reversed words are no relation between words of any table: nothing is named, what was seen is handed in."""
    found = study_relation([], asking(lambda w: w[::-1], []), 30)
    report = relation_report(found)

    assert "unknown" in str(report["description"])
    assert report["names"] == []


def test_an_attack_finds_a_class_that_was_overlooked() -> None:
    """Told by four words only, the exception is unknown; attacks on hardly asked classes break the rule."""
    seen = [(w, capital(w)) for w in ("Norway", "Peru", "Japan", "Italy")]
    rule = study_relation(seen, asking(capital, []), 0).ranked[0].relation
    blows = confront(rule.answer, relation_attacks(seen, 30), asking(capital, []))

    assert any(blow.broke for blow in blows)


def test_attacks_begin_where_rivals_disagree() -> None:
    """One wrong answer leaves several exceptions alive: the first attack is on a word that they answer differently."""
    seen = [("Norway", "Oslo"), ("Peru", "Lima"), ("Japan", "Tokyo"), ("Italy", "Rome"), ("Chad", "Chad")]
    alive = explain(answers_of(seen))[:4]
    word, kind = relation_attacks(seen, 6)[0]

    assert kind == "a rival says otherwise"
    assert len({each.relation.answer(word) for each in alive}) > 1


def test_a_rule_that_explains_few_of_the_answers_is_not_stated() -> None:
    """A tenth of the elements answer with their own symbol, by chance: that is no rule with exceptions."""
    symbols = [row["symbol"] for row in domain("elements", "element").values()]

    def initial(word: str) -> str | None:
        row = domain("elements", "element").get(plain(word))
        return None if row is None else row["symbol"] if int(row["number"]) % 10 == 0 else symbols[len(word)]

    asked: list[str] = []
    report = relation_report(study_relation([], asking(initial, asked), 60))

    assert str(report["description"]).startswith("The rule is unknown")
    assert "What it answers seems to be the name of a chemical element." in str(report["description"])
    assert report["hypotheses"] == []
    assert len(asked) == 60


def test_an_exception_that_holds_for_every_other_row_of_a_table_is_found() -> None:
    """Words are asked in an order that has nothing to do with the table's: not the even numbers alone."""

    def arabic(word: str) -> str | None:
        row = domain("numbers", "roman").get(plain(word))
        return None if row is None else "error" if row["parity"] == "even" else row["digits"]

    report = relation_report(study_relation([], asking(arabic, []), 60))

    assert report["regions"] == [{"condition": "the number is even", "behaviour": 'it always returns "error"'}]
