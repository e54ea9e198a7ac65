"""What model-backed roles make of answers: ids, counterexamples, windows, and words that stay words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.brief import Brief, Category, Interval, Record
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical import scripts
from orchestrator.roles.messages import Counterexample, Critique, Evidence, Hypothesis, RoleName, Standing
from orchestrator.roles.model import answers
from orchestrator.roles.model.experimenting import fit
from orchestrator.roles.model.prompts import FOLDER, render, version
from orchestrator.roles.model.situation import counterexamples, situation
from orchestrator.roles.model.toolkit import documentation

BRIEF = Brief(category=Category.NUMERIC, input_type="float", domain=Interval(low=-8, high=8), query_budget=100)
BROKEN = tuple(Counterexample(input=float(n), expected=0.0, observed=n + 0.5) for n in range(60))


def hypothesis(name: str, code: str = "def function(x): return x", support: float = 1.0) -> answers.HypothesisAnswer:
    return answers.HypothesisAnswer(id=name, statement=f"{name} says", code=code, support=support, standing="supported")


def evidence(*hypotheses: answers.HypothesisAnswer) -> answers.EvidenceAnswer:
    return answers.EvidenceAnswer(
        summary="s", hypotheses=list(hypotheses), regions=[], noise=None, description="d", code=""
    )


def attacked() -> Transcript:
    """H1 was stated, and the critic broke it sixty times."""
    stated = Hypothesis(id="H1", statement="H1 says", code="def function(x): return x", support=1.0)
    said = Transcript().then(RoleName.EXPERIMENTER, Evidence(summary="first", hypotheses=(stated,)))
    return said.then(RoleName.CRITIC, Critique(hypothesis="H1", verdict="revise", counterexamples=BROKEN))


def test_a_refuted_hypothesis_stays_refuted_with_its_counterexamples_and_a_mended_one_is_new() -> None:
    """A model cannot talk a counterexample away, nor hide a change behind an old id."""
    message = answers.evidence(
        evidence(hypothesis("H1"), hypothesis("H1", "def function(x): return 2 * x")), attacked()
    )
    by_id = {h.id: h for h in message.hypotheses}

    assert (by_id["H1"].standing, by_id["H1"].support) == (Standing.REFUTED, 0.0)
    assert by_id["H1"].refuted_by == BROKEN
    assert message.hypotheses[0].id == "H2"
    assert message.interpretation.code == "def function(x): return 2 * x"


def test_a_refuted_hypothesis_that_is_not_mentioned_is_put_on_record_all_the_same() -> None:
    """Leaving it out does not unmake the refutation."""
    message = answers.evidence(evidence(hypothesis("H7")), attacked())

    assert [(h.id, h.standing) for h in message.hypotheses] == [
        ("H7", Standing.SUPPORTED),
        ("H1", Standing.REFUTED),
    ]


@given(st.lists(st.tuples(st.text(max_size=4) | st.sampled_from(["H1", "H2"]), st.floats(allow_nan=False))))
def test_hypotheses_have_ids_of_their_own_and_weights_that_add_up(said: list[tuple[str, float]]) -> None:
    """Whatever a model writes for ids and support."""
    finite = [hypothesis(name, f"code {n}", min(max(s, -1e9), 1e9)) for n, (name, s) in enumerate(said)]
    message = answers.evidence(evidence(*finite), Transcript())
    ids = [h.id for h in message.hypotheses]

    assert len(ids) == len(set(ids))
    assert sum(h.support for h in message.hypotheses) <= 1 + 1e-9
    assert list(ids) == [h.id for h in sorted(message.hypotheses, key=lambda h: -h.support)]


@given(st.text(), st.integers(-5, 10**9), st.floats(allow_nan=False, allow_infinity=False), st.floats(-9, 9))
def test_a_models_plan_fits_the_budget_and_its_words_stay_comments(
    text: str, queries: int, low: float, high: float
) -> None:
    """The classical experimenter writes a plan's words into a script, where they must not become code."""
    hostile = f'{text}\noracle.query([1])\r"""\u2028import os\\'
    wanted = answers.MeasurementAnswer(
        design="points", queries=queries, inputs=[1.0, "two"], low=low, high=high, why=hostile
    )
    answer = answers.PlanAnswer(question=hostile, measurements=[wanted, wanted], alive=[hostile], finish=False)
    plan = answers.plan(answer, BRIEF, remaining=30)
    script = scripts.measure(plan, BRIEF, seed=0)

    assert sum(m.queries for m in plan.measurements) <= 30
    assert all(m.inputs == (1.0,) for m in plan.measurements)
    assert script is not None
    compile(script, "script", "exec")
    assert "\nimport os" not in script
    assert "\noracle.query([1])\n" not in script


def test_whoever_names_a_counterexample_does_not_accept() -> None:
    """The verdict follows from what was found."""
    found = answers.CounterexampleAnswer(input=1.0, expected=2.0, observed=3.0)
    answer = answers.CritiqueAnswer(verdict="accept", attacks=["x"], counterexamples=[found], reason="fine")

    assert answers.critique(answer, "H1", BRIEF).verdict == "revise"


def test_counterexamples_survive_every_shortening() -> None:
    """However small the window, what refuted a hypothesis is told."""
    long = attacked().then(RoleName.EXPERIMENTER, Evidence(summary="word " * 5000))
    for chars in (10, 1000, 100_000):
        told = situation(long, BRIEF, 10, ("look at zero",), chars)
        assert all(f"H1: {c.input}, 0.0, {c.observed}" in told for c in counterexamples(long))
        assert "look at zero" in told
    assert len(counterexamples(long)) == 60


def test_a_conversation_is_shortened_from_its_oldest_output() -> None:
    """Instructions, questions and the latest result stay whole."""
    model = ModelChoice(provider="openai", name="m", context_tokens=3000, answer_tokens=500)
    lines = (
        Line(by="system", text="s" * 500),
        *(Line(by="user", text=f"{n}" * 3000, shown=True) for n in range(4)),
        Line(by="user", text="report"),
    )
    kept = fit(lines, model)

    assert sum(len(line.text) for line in kept) <= 2500 * 3
    assert [len(line.text) == 3000 for line in kept[1:5]] == [False, False, True, True]
    assert (kept[0], kept[-1]) == (lines[0], lines[-1])


def test_the_toolkit_is_offered_with_its_documentation() -> None:
    """Everything public is described, from the source and without importing it."""
    face = (FOLDER.parents[3] / "sandbox" / "toolkit" / "__init__.py").read_text()
    public = [line.strip().strip('",') for line in face.split("__all__")[1].splitlines() if line.startswith("    ")]

    assert public
    assert all(f"toolkit.{name}" in documentation() for name in public)
    assert documentation() in render("critic", brief=BRIEF, toolkit=documentation(), tools=True, experiments=3)


def test_prompts_have_a_version_that_is_a_hash() -> None:
    """It stands in every call's record."""
    assert len(version()) == 64
    assert len(list(FOLDER.glob("*.j2"))) >= 9


@pytest.mark.parametrize(
    "answer", [answers.PlanAnswer, answers.EvidenceAnswer, answers.SoloAnswer, answers.CritiqueAnswer]
)
def test_every_list_that_a_model_is_asked_for_has_an_end(answer: type[Record]) -> None:
    """A grammar made of the schema lets no model list things until its answer is cut off."""
    schema = answer.model_json_schema()
    records = [schema, *schema.get("$defs", {}).values()]
    lists = [p for record in records for p in record.get("properties", {}).values() if p.get("type") == "array"]
    assert lists
    assert all("maxItems" in each for each in lists)


def test_a_list_that_is_longer_than_asked_for_is_no_fault() -> None:
    """Where no grammar holds a model, a ninth measurement costs no second call."""
    one = answers.MeasurementAnswer(design="survey", queries=1, inputs=[], low=None, high=None, why="")
    said = answers.PlanAnswer(question="", measurements=[one] * 9, alive=[], finish=False)
    assert len(answers.plan(said, BRIEF, 100).measurements) == 9
