"""A submission in studies: alone, or as one arm among others."""

import pytest

from functions.errors import BadInput
from orchestrator.budget import Budget
from orchestrator.study.config import parse_study
from orchestrator.study.manifest import Listed, expand
from orchestrator.submission.benchmark import study_of
from sandbox.submission import Image
from tests.orchestrator.fakes import SPEC

DIGEST = "sha256:" + "ab" * 32
ARMS = """
name = "duel"
functions = ["made@1"]
[[arms]]
name = "ours"
[[arms]]
name = "theirs"
team = "submission=theirs:1@{first}"
[[arms]]
name = "again"
team = "submission=other@{second}"
"""


def test_a_benchmark_is_a_study_with_one_arm() -> None:
    """Its audits are those of the same arm in any other study: their ids follow from the digest."""
    study = study_of(Image(digest=DIGEST, name="theirs"), ["made@1"], Budget(queries=7), (0, 1), None)
    manifest = expand(study, lambda _: SPEC, lambda _: (Listed("made@1/numeric/0000"),))

    assert [(cell.arm, cell.seed) for cell in manifest.cells] == [("submission", 0), ("submission", 1)]
    assert manifest.arm("submission").budget.queries == 7
    assert study.name == "submission-abababababab"


def test_a_study_takes_a_submission_as_an_arm() -> None:
    """By its digest; one image under two names would be the same audits twice, and a tag is no image."""
    other = "sha256:" + "cd" * 32
    study = parse_study(ARMS.format(first=DIGEST, second=other), "duel.toml")
    assert [str(arm.parsed_team.image) for arm in study.arms[1:]] == [f"theirs:1@{DIGEST}", f"other@{other}"]

    with pytest.raises(BadInput, match="the same audits"):
        parse_study(ARMS.format(first=DIGEST, second=DIGEST), "duel.toml")
    with pytest.raises(BadInput, match=r"arms\.2\.team"):
        parse_study(ARMS.format(first=DIGEST, second="latest"), "duel.toml")
