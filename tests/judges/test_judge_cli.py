"""`inquest judge`, called in process."""

import json

import pytest

from orchestrator.cli.app import main


def test_list_names_every_judge_with_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    """One object; each says how good it is known to be."""
    with pytest.raises(SystemExit) as ended:
        main(["judge", "list", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert ended.value.code == 0
    assert [judge["name"] for judge in document["judges"]] == ["code", "claims", "unit-test", "prediction"]
    assert document["figures"] == {"judges": 4}
    assert all(judge["worth"] for judge in document["judges"])


def test_an_unknown_judge_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is graded."""
    with pytest.raises(SystemExit) as ended:
        main(["judge", "calibrate", "oracle-of-delphi", "--functions", "2"])
    assert ended.value.code != 0
    assert "oracle-of-delphi" in capsys.readouterr().err


def test_a_judge_that_reads_needs_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    """And says which option names one."""
    with pytest.raises(SystemExit) as ended:
        main(["judge", "calibrate", "unit-test", "--functions", "2"])
    assert ended.value.code != 0
    assert "--model" in capsys.readouterr().err
