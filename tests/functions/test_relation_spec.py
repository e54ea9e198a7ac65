"""Relation specs: truth that round-trips, is pure, and says the same in values, code, prose and claims."""

from collections.abc import Callable
from functools import cache
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.data import Form, TableRef, canonical
from functions.errors import BadInput
from functions.relation import Cell, Departure, Lookup, RelationSpec, Tier, generate
from functions.relation.catalogue import rules

TIER_NAMES: tuple[Tier, ...] = ("easy", "medium", "hard")
AFRICA = Cell(column="continent", value="Africa")


def spec_of(name: str, departure: Departure | None = None) -> RelationSpec:
    """The rule of that name, perhaps with an exception."""
    rule = rules()[name]
    lookup = Lookup(table=TableRef.to(rule.table), source=rule.source, target=rule.target, departure=departure)
    return RelationSpec(lookup=lookup)


CAPITAL = spec_of("capital of country")
BIASED = spec_of("capital of country", Departure(where=AFRICA, answer="column", text="continent"))


@cache
def drawn() -> tuple[RelationSpec, ...]:
    """Some generated relations of every tier."""
    return tuple(generate(seed, index, tier) for seed, tier in enumerate(TIER_NAMES) for index in range(20))


specs = st.sampled_from([CAPITAL, BIASED, *drawn()])


def compiled(source: str) -> Callable[[str], str | None]:
    """The `function` that reference code defines."""
    names: dict[str, object] = {}
    exec(compile(source, "<reference>", "exec"), names)  # noqa: S102 - the project's own code is what is tested here
    return cast("Callable[[str], str | None]", names["function"])


@pytest.mark.parametrize(
    ("rule", "word", "answer"),
    [
        ("capital of country", "France", "Paris"),
        ("capital of country", "  fRANCE ", "Paris"),
        ("capital of country", "klidorta", None),
        ("capital of country", "Paris", None),
        ("country of capital", "Paris", "France"),
        ("calling code of country", "Germany", "49"),
        ("country of calling code", "1", None),
        ("French name of country", "Germany", "Allemagne"),
        ("own name of language", "German", "Deutsch"),
        ("currency code of country", "Japan", "JPY"),
        ("symbol of element", "Gold", "Au"),
        ("element of symbol", "au", "Gold"),
        ("element after element", "Oganesson", None),
        ("next month or day", "December", "January"),
        ("next month or day", "Sunday", "Monday"),
        ("day of year", "March 1", "60"),
        ("number in words", "121", "one hundred twenty-one"),
        ("Roman numeral of number", "394", "CCCXCIV"),
        ("digits of number words", "twenty one", "21"),
        ("plural of noun", "child", "children"),
        ("past tense of verb", "go", "went"),
        ("comparative of adjective", "good", "better"),
        ("antonym of word", "hot", "cold"),
        ("hypernym of noun", "dog", "canine"),
        ("adjective of adverb", "slowly", "slow"),
        ("noun of adjective", "great", "greatness"),
    ],
)
def test_rules_answer_as_people_would(rule: str, word: str, answer: str | None) -> None:
    """Well-known facts, the edges of domains, other spellings, ambiguous and unknown words."""
    assert spec_of(rule).evaluate([word]) == (answer,)


@pytest.mark.parametrize(
    ("departure", "egypt", "france"),
    [
        (Departure(where=AFRICA, answer="column", text="continent"), "Africa", "Paris"),
        (Departure(where=AFRICA, answer="fixed", text="banana"), "banana", "Paris"),
        (Departure(where=AFRICA, answer="echo"), "Egypt", "Paris"),
        (Departure(where=AFRICA, answer="undefined"), None, "Paris"),
        (Departure(where=Form(kind="starts", text="f"), answer="echo"), "Cairo", "France"),
        (Departure(where=Form(kind="ends", text="t"), answer="echo"), "Egypt", "Paris"),
        (Departure(where=Form(kind="longer", length=5), answer="echo"), "Cairo", "France"),
    ],
)
def test_exceptions_change_their_class_and_nothing_else(departure: Departure, egypt: str | None, france: str) -> None:
    """Whatever the class is told by, and whatever stands in the place of the rule."""
    spec = spec_of("capital of country", departure)
    assert spec.evaluate(["egypt", "FRANCE", "klidorta"]) == (egypt, france, None)


def test_specs_round_trip() -> None:
    """JSON out and in again is the same spec with the same identity, and no two specs have one identity."""
    for spec in (BIASED, *drawn()):
        again = RelationSpec.model_validate_json(spec.model_dump_json())
        assert again == spec
        assert again.sha256 == spec.sha256
    assert len(BIASED.model_dump_json()) < 500


@given(specs, st.lists(st.text(max_size=20), max_size=6))
@settings(deadline=None)
def test_evaluation_is_pure(spec: RelationSpec, inputs: list[str]) -> None:
    """Answers do not depend on the batch, on repetition or on the secret: an oracle answers what is expected."""
    expected = spec.evaluate(inputs)
    assert expected == tuple(spec.evaluate([x])[0] for x in inputs)
    assert expected == spec.answer(inputs, asked_before=[3] * len(inputs), secret=b"x")


def test_reference_code_agrees_on_everything_that_is_judged() -> None:
    """Under any secret; for every rule it is short enough to be handed in, and imports nothing."""
    for spec in (BIASED, *map(spec_of, rules()), *drawn()):
        source = spec.reference_code()
        assert len(source) <= 64_000
        assert not source.startswith("import")
        function = compiled(source)
        for words in spec.hidden_inputs(b"secret", 10_000).values():
            assert tuple(function(word) for word in words) == spec.evaluate(words)


def test_hidden_inputs_are_stratified_as_they_say() -> None:
    """The rule holds in `rule`, does not in `exception`, and nothing is defined outside."""
    strata = BIASED.hidden_inputs(b"secret", 300)
    assert set(strata) == {"rule", "exception", "forms", "outside", "unknown"}
    plain = {name: CAPITAL.evaluate(words) for name, words in strata.items()}
    answers = {name: BIASED.evaluate(words) for name, words in strata.items()}
    assert answers["rule"] == plain["rule"]
    assert set(answers["exception"]) == {"Africa"}
    assert set(answers["outside"]) == set(answers["unknown"]) == {None}
    assert None not in answers["forms"]
    assert all(word != canonical(word) for word in strata["forms"])


def test_every_relation_can_be_judged_inside_and_outside() -> None:
    """No stratum is missing, however small the domain; exceptions are asked for where there are any."""
    for spec in drawn():
        strata = spec.hidden_inputs(b"secret", 200)
        assert set(strata) >= {"rule", "forms", "outside", "unknown"}
        assert ("exception" in strata) == (spec.lookup.departure is not None)
        assert len(strata["rule"]) >= 5
        assert set(spec.evaluate((*strata["outside"], *strata["unknown"]))) == {None}


@given(specs, st.binary(max_size=40), st.integers(1, 40))
@settings(deadline=None, max_examples=40)
def test_exemplars_are_never_judged(spec: RelationSpec, secret: bytes, count: int) -> None:
    """Not even under another spelling; and exemplars tell the answer."""
    exemplars = spec.exemplars(count)
    shown = {canonical(str(exemplar.input)) for exemplar in exemplars}
    hidden = {canonical(word) for words in spec.hidden_inputs(secret, 10_000).values() for word in words}
    assert exemplars
    assert shown.isdisjoint(hidden)
    assert tuple(e.output for e in exemplars) == spec.evaluate([str(e.input) for e in exemplars])


def test_exemplars_show_the_rule_the_exception_and_the_outside() -> None:
    """Eight of them hold all three."""
    outputs = [exemplar.output for exemplar in BIASED.exemplars(8)]
    assert len(outputs) == 8
    assert {"Africa", None} < set(outputs)


def test_secrets_change_what_is_asked() -> None:
    """And nothing else does."""
    assert CAPITAL.hidden_inputs(b"a", 100) == CAPITAL.hidden_inputs(b"a", 100)
    assert CAPITAL.hidden_inputs(b"a", 100) != CAPITAL.hidden_inputs(b"b", 100)


def test_descriptions_name_everything() -> None:
    """Each phrasing names what is asked, what is given, the exception and what happens there."""
    for n in range(BIASED.phrasings):
        text = BIASED.describe(n)
        assert all(part in text for part in ("the name of a country", "its capital", "lies in Africa", "the continent"))
    assert len({BIASED.describe(n) for n in range(BIASED.phrasings)}) == BIASED.phrasings
    assert BIASED.describe(BIASED.phrasings) == BIASED.describe(0)


def test_descriptions_differ_where_specs_differ() -> None:
    """No two rules, and no two generated relations, are described in the same words."""
    everything = {spec.sha256: spec for spec in (*map(spec_of, rules()), *drawn())}
    assert len({spec.describe() for spec in everything.values()}) == len(everything)


def test_claims_say_what_is_there() -> None:
    """The rule, then the exception and what happens there, or that there is none; never any noise."""
    told = [(claim.kind, claim.about, claim.name) for claim in BIASED.claims()]
    assert told == [
        ("rule", "base", "capital of country"),
        ("condition", "region", "the country lies in Africa"),
        ("rule", "region", "continent of country"),
        ("absent", "noise", None),
    ]
    assert [claim.kind for claim in CAPITAL.claims()] == ["rule", "absent", "absent"]


def test_hard_negatives_answer_otherwise() -> None:
    """They are close, none is the function itself, and each is told apart by some of the words that are judged."""
    for spec in drawn():
        others = spec.hard_negatives(4)
        assert len(others) >= 2
        words = [word for stratum in spec.hidden_inputs(b"secret", 10_000).values() for word in stratum]
        assert all(other.evaluate(words) != spec.evaluate(words) for other in others)
        assert len({other.sha256 for other in (*others, spec)}) == len(others) + 1
    assert CAPITAL in BIASED.hard_negatives(3)


def test_what_the_catalogue_does_not_know_is_refused() -> None:
    """Rules and classes without words for them cannot be in a spec: nobody could describe it."""
    countries = TableRef.to("countries@1")
    with pytest.raises(ValidationError, match="no rule from 'capital' to 'tld'"):
        Lookup(table=countries, source="capital", target="tld")
    with pytest.raises(ValidationError, match="no class of inputs can be told by 'tld'"):
        spec_of("capital of country", Departure(where=Cell(column="tld", value=".fr"), answer="echo"))


def test_a_fixed_answer_that_code_could_not_quote_is_refused() -> None:
    """Reference code holds answers as lines of text: nothing in them may end a line or a string."""
    for text in ('"""', "a\nb", "a = b", "\\"):
        with pytest.raises(ValidationError, match="pattern"):
            Departure(where=AFRICA, answer="fixed", text=text)


def test_another_table_is_refused() -> None:
    """A spec made with other data says so instead of answering otherwise."""
    lookup = CAPITAL.lookup.model_copy(update={"table": TableRef(name="countries@1", sha256="0" * 64)})
    with pytest.raises(BadInput, match="differs"):
        RelationSpec(lookup=lookup).evaluate(["France"])


def test_the_brief_gives_nothing_away() -> None:
    """Neither the rule nor the table; exemplars only when asked for."""
    assert CAPITAL.brief(50).exemplars == ()
    assert "countr" not in CAPITAL.brief(50).model_dump_json()
    assert len(CAPITAL.brief(50, exemplars=6).exemplars) == 6
