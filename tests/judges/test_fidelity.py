"""Agreement with an oracle whose truth nobody knows."""

from functions.brief import Category, Exemplar
from functions.target import ImportedCode
from judges.code.fidelity import COUNT, Answered, fidelity, fresh_inputs
from sandbox.client import Answer

NUMBERS = ImportedCode(category=Category.NUMERIC, source="def function(x): return x")
TEXTS = ImportedCode(category=Category.STRING, source="def function(x): return x")
WORDS = ImportedCode(
    category=Category.RELATION,
    source="def function(x): return x",
    vectors=tuple(Exemplar(input=f"word{n}", output="x") for n in range(12)),
)


def test_inputs_are_fresh_and_the_same_every_time() -> None:
    """None of them was asked by the team; another function is asked elsewhere."""
    first = fresh_inputs(NUMBERS, [])
    assert len(first) == COUNT
    assert first == fresh_inputs(NUMBERS, [])
    assert set(fresh_inputs(NUMBERS, first[:20])) == set(first[20:])
    assert len(fresh_inputs(TEXTS, [])) == COUNT


def test_words_are_asked_where_they_were_published_or_not_at_all() -> None:
    """Too few of them say nothing."""
    assert len(fresh_inputs(WORDS, [])) == 12
    assert fresh_inputs(WORDS, ["word0", "word1", "word2"]) == ()


def test_numbers_agree_within_two_per_cent_of_the_range_and_texts_exactly() -> None:
    """Undefined agrees with undefined alone, and an error with nothing."""
    expected = [Answered(input=float(n), output=float(n)) for n in range(101)]
    near = [Answer(value=n + 1.7) for n in range(101)]
    assert fidelity(expected, near).agreement == 1.0
    assert fidelity(expected, [Answer(value=n + 2.0) for n in range(101)]).agreement == 0.0
    assert fidelity(expected, [Answer(error="no")] * 101).agreement == 0.0
    texts = [Answered(input="a", output="b"), Answered(input="c", output=None), Answered(input="d", output=None)]
    given = [Answer(value="b"), Answer(), Answer(error="ValueError")]
    assert fidelity(texts, given).agreement == 2 / 3
