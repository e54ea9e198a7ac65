"""The classical team on neurons and relations: it finds what is hidden, within its budget, and says what it found."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from functions.brief import Category, Exemplar
from functions.entity import EntitySpec
from functions.entity import generate as neuron
from functions.relation import RelationSpec
from functions.relation import generate as relation
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Critique, RoleName
from tests.orchestrator.lab_here import investigate
from tests.orchestrator.word_lab import Value, WordLab

BUDGET = {Category.ENTITY: 200, Category.RELATION: 80}


def told(spec: EntitySpec | RelationSpec, exemplars: tuple[Exemplar, ...] = ()) -> tuple[Transcript, WordLab]:
    """What the whole team says about a function."""
    seen: list[str] = []

    def answer(words: Sequence[str]) -> Sequence[Value]:
        asked = [(seen + list(words[:i])).count(word) for i, word in enumerate(words)]
        seen.extend(words)
        return spec.answer(words, asked, b"secret")

    lab = WordLab(spec.category, answer, BUDGET[spec.category], exemplars)
    return asyncio.run(investigate(lab)), lab


@pytest.fixture(scope="module")
def biased() -> tuple[EntitySpec, Transcript, WordLab]:
    spec = neuron(7, 3, "hard")  # scientists, and not those of more than 12 characters
    return (spec, *told(spec))


@pytest.fixture(scope="module")
def excepted() -> tuple[RelationSpec, Transcript, WordLab]:
    spec = relation(7, 5, "hard")
    return (spec, *told(spec))


def as_function(transcript: Transcript) -> Callable[[str], Value]:
    """The code handed in, called as a judge would: with nothing around it."""
    assert transcript.evidence is not None
    names: dict[str, Callable[[str], Value]] = {}
    exec(transcript.evidence.interpretation.code, names)  # type: ignore[arg-type] # noqa: S102 - the team's own code
    return names["function"]


def test_a_neuron_is_told_with_its_concept_and_the_subgroup_on_which_it_fails(
    biased: tuple[EntitySpec, Transcript, WordLab],
) -> None:
    """In prose, as regions and as claims; within the budget and without an error in the lab."""
    spec, transcript, lab = biased
    assert transcript.evidence is not None
    found = transcript.evidence.interpretation

    assert spec.neuron.concepts[0].word in found.description
    assert [region.condition for region in found.regions] == ["words of more than 12 characters"]
    assert len(lab.pairs) <= 200
    assert not lab.errors


def test_code_for_a_neuron_ranks_words_that_were_never_asked(biased: tuple[EntitySpec, Transcript, WordLab]) -> None:
    """Of hidden words, those that respond get more than those that do not, in nearly all pairs."""
    spec, transcript, _ = biased
    function = as_function(transcript)
    words = [word for group in spec.hidden_inputs(b"judge", 140).values() for word in group]
    pairs = [(float(function(w) or 0), y or 0.0) for w, y in zip(words, spec.evaluate(words), strict=True)]
    high, low = [p for p, y in pairs if y >= 0.5], [p for p, y in pairs if y < 0.5]
    wins = sum((a > b) + (a == b) / 2 for a in high for b in low)

    assert wins / (len(high) * len(low)) >= 0.95


def test_a_relation_is_told_exactly(excepted: tuple[RelationSpec, Transcript, WordLab]) -> None:
    """The code answers hidden words as the truth does, the exception included."""
    spec, transcript, lab = excepted
    words = [word for group in spec.hidden_inputs(b"judge", 100).values() for word in group]

    assert [as_function(transcript)(word) for word in words] == list(spec.evaluate(words))
    assert transcript.evidence is not None
    assert transcript.evidence.interpretation.regions
    assert len(lab.pairs) <= 80


def test_the_critic_accepts_what_survived(excepted: tuple[RelationSpec, Transcript, WordLab]) -> None:
    """The last word is an acceptance with attacks on record."""
    critique = excepted[1].turns[-1].message

    assert isinstance(critique, Critique)
    assert critique.verdict == "accept"
    assert critique.attacks


def test_the_same_function_is_told_in_the_same_words(excepted: tuple[RelationSpec, Transcript, WordLab]) -> None:
    """The team is deterministic: equal transcripts, equal queries."""
    spec, transcript, lab = excepted
    again, queries = told(spec)

    assert again == transcript
    assert queries.pairs == lab.pairs


def test_exemplars_count_as_answers() -> None:
    """What the brief gives is in the scripts, and no query goes to it."""
    spec = relation(7, 5, "hard")
    given = spec.exemplars(4)
    _, lab = told(spec, given)

    assert all(str(given[0].input) in script for script in lab.scripts)
    assert not {e.input for e in given} & {word for word, _ in lab.pairs}


def test_without_a_critic_the_first_explanation_is_handed_in() -> None:
    """Roles may be absent: planner and experimenter alone hand in a rule."""
    spec = relation(7, 4, "easy")
    lab = WordLab(Category.RELATION, spec.evaluate, 80)
    transcript = asyncio.run(investigate(lab, (RoleName.PLANNER, RoleName.EXPERIMENTER)))

    assert transcript.evidence is not None
    assert "Given" in transcript.evidence.interpretation.description
