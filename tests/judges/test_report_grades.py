"""What a report shows of grades: the headline, every measure, structured claims, and each judge that read."""

from pathlib import Path

from functions.brief import Claim
from judges.grade import ClaimVerdict, DescriptionGrade, Grade, Judge, Measure, Outcome, StructuredGrade
from orchestrator.report.page import render
from orchestrator.report.run import read_run
from orchestrator.report.show import share
from tests.orchestrator.report_runs import grade, write_whole

READ = DescriptionGrade(
    judge=Judge(name="unit-test", version="1", model="openai:<b>reader</b>"),
    outcome=Outcome.GRADED,
    score=0.75,
    measures=(Measure(name="accuracy", value=0.8125),),
)
UNREAD = READ.model_copy(
    update={"outcome": Outcome.UNSCORED, "judge": Judge(name="prediction", version="1", model="m")}
)


def page(tmp_path: Path, changed: dict[str, object]) -> str:
    directory = write_whole(tmp_path / "run")
    (directory / "grade.json").write_text(Grade.model_validate(grade().model_dump() | changed).model_dump_json())
    return render(read_run(directory))


def test_judges_that_read_are_shown_beside_the_one_that_reads_claims(tmp_path: Path) -> None:
    """With their measures and their model, escaped; one that could not answer has no number."""
    html = page(tmp_path, {"others": [READ.model_dump(), UNREAD.model_dump()]})
    assert f"Judge unit-test, reading with openai:&lt;b&gt;reader&lt;/b&gt;: {share(0.75)}" in html
    assert "accuracy" in html
    assert "Judge prediction, reading with m: unscored" in html


def test_the_card_shows_the_headline_and_not_f1(tmp_path: Path) -> None:
    """F1 stands in its note."""
    said = grade().description
    assert said is not None
    html = page(tmp_path, {"description": said.model_copy(update={"score": 0.625}).model_dump()})
    assert "Description score" in html
    assert f">{share(0.625)}<" in html
    assert "claims: F1" in html


def test_measures_of_the_code_judge_and_structured_claims_are_shown(tmp_path: Path) -> None:
    """Each claim with its verdict, and the share of them that the prose says too."""
    code = grade().code
    assert code is not None
    claim = Claim(kind="family", about="base", name="zigzag")
    structured = StructuredGrade(
        recall=0.5,
        precision=1.0,
        f1=2 / 3,
        in_prose=0.25,
        claims=(ClaimVerdict(claim=claim, verdict="supported"),),
    )
    measured = code.model_copy(update={"measures": (Measure(name="edit_similarity", value=0.42),)})
    html = page(tmp_path, {"code": measured.model_dump(), "claims": structured.model_dump()})
    assert "edit_similarity" in html
    assert "Structured claims" in html
    assert "zigzag" in html


def test_a_run_graded_by_a_reader_alone_has_a_report(tmp_path: Path) -> None:
    """Nothing of claims is shown then."""
    html = page(tmp_path, {"description": READ.model_dump(), "code": None})
    assert "Judge unit-test" in html
    assert "Claim by claim" not in html
