"""The command line: exit codes, one object of JSON, and nothing that agents wrote steering a terminal."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from functions.brief import Interpretation
from functions.errors import Cause
from judges.grade import Outcome
from orchestrator.audit import audit
from orchestrator.cli import main
from orchestrator.cli.exits import BY_CAUSE, BY_OUTCOME
from orchestrator.cli.progress import Progress, result_lines, tell
from orchestrator.cli.terminal import clean, one_line, styled
from orchestrator.events import Event, Interrupted, Said
from orchestrator.roles.messages import Critique, Evidence, Hypothesis, Measurement, Plan, RoleName, Standing
from orchestrator.rundir import RunDirectory
from tests.orchestrator.fakes import parts


class Done(NamedTuple):
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


Inquest = Callable[..., Done]


@pytest.fixture
def inquest(capsys: pytest.CaptureFixture[str]) -> Inquest:
    """The console script, in this process."""

    def run(*arguments: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        code = ended.value.code
        assert isinstance(code, int)
        return Done(code, *capsys.readouterr())

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "demo@1/numeric/9999"],
        ["audit", "demo@1/numeric/0007", "--team", "wizard"],
        ["audit", "demo@1/numeric/0007", "--team", "experimenter=none"],
        ["audit", "demo@1/numeric/0007", "--queries", "0"],
        ["audit", "demo@1/numeric/0007", "--judges", "code,delphi"],
        ["audit", "demo@1/numeric/0007", "--judges", "code,unit-test"],
        ["audit", "/nowhere/spec.json"],
        ["grade", "/nowhere"],
        ["report", "/nowhere"],
        ["suite", "show", "nosuch@1"],
        ["suite", "verify", "/nowhere"],
        ["sandbox", "run", "/nowhere.py", "--function", "demo@1/numeric/0007"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_message_and_exit_code_2(arguments: list[str], inquest: Inquest) -> None:
    """What a person got wrong is said on stderr, without a traceback, and nothing is on stdout."""
    done = inquest(*arguments)

    assert (done.code, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_with_json_is_an_object_too(inquest: Inquest) -> None:
    """Who reads stdout with a program gets one object whatever happens."""
    done = inquest("audit", "demo@1/numeric/9999", "--json")
    said = json.loads(done.stdout)

    assert (done.code, said["outcome"], said["cause"], said["figures"]) == (2, "error", "user", {})


def test_an_audit_is_graded_by_the_judges_that_were_chosen(tmp_path: Path, inquest: Inquest) -> None:
    """Who asks for a judge of code alone gets no grade of the description."""
    where = ("--sandbox", "local", "--out", str(tmp_path))
    done = inquest("audit", "demo@1/numeric/0003", "--judges", "code", *where, "--json")
    grade = json.loads(done.stdout)["grade"]

    assert (done.code, grade["outcome"]) == (0, "graded")
    assert grade["code"] is not None
    assert grade["description"] is None


@pytest.mark.parametrize(
    ("arguments", "figure"),
    [
        (["suite", "list"], "demo@1"),
        (["suite", "show", "demo@1"], "functions"),
        (["suite", "show", "demo@1/numeric/0007"], "claims"),
    ],
    ids=" ".join,
)
def test_json_is_one_object_with_an_outcome_and_figures(arguments: list[str], figure: str, inquest: Inquest) -> None:
    """The same shape from every command."""
    done = inquest(*arguments, "--json")
    said = json.loads(done.stdout)

    assert (done.code, said["outcome"]) == (0, "ok")
    assert said["figures"][figure] > 0


def test_a_suite_is_built_and_verified_and_a_change_is_found(tmp_path: Path, inquest: Inquest) -> None:
    """Files and manifest agree until somebody touches one."""
    out = tmp_path / "demo"
    assert inquest("suite", "build", "demo@1", "--out", str(out)).code == 0
    assert inquest("suite", "verify", str(out)).code == 0

    spec = out / "numeric" / "0003.json"
    spec.write_bytes((out / "numeric" / "0004.json").read_bytes())
    done = inquest("suite", "verify", str(out))
    assert done.code == 2
    assert "numeric/0003" in done.stderr


def test_every_cause_and_outcome_has_an_exit_code() -> None:
    """Nothing ends with a code that is not documented."""
    assert set(BY_CAUSE) == set(Cause)
    assert set(BY_OUTCOME) == {outcome.value for outcome in Outcome}
    assert [BY_OUTCOME[name].value for name in ("graded", "agent_failed", "infrastructure", "unscored")] == [0, 1, 3, 4]


HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]accept[/]\r\x9b31m\u202egnp.exe\u200b\x00"


@given(st.text())
def test_no_text_can_steer_a_terminal(text: str) -> None:
    """What is left has no control, format or surrogate character; lines stay lines."""
    for said in (clean(text + HOSTILE), one_line(text + HOSTILE)):
        assert all(c == "\n" or c.isprintable() or c.isspace() for c in said)
        assert not set(said) & set("\x1b\x07\r\x9b\x00\u202e\u200b")
    assert "\n" not in one_line(text)


def hostile_events() -> Iterator[Event]:
    hypothesis = Hypothesis(id=HOSTILE, statement=HOSTILE, code="", support=0.5, standing=Standing.OPEN)
    yield Said(
        turn=0,
        role=RoleName.PLANNER,
        message=Plan(question=HOSTILE, measurements=(Measurement(design=HOSTILE, queries=1),)),
    )
    yield Said(turn=1, role=RoleName.EXPERIMENTER, message=Evidence(summary=HOSTILE, hypotheses=(hypothesis,)))
    yield Said(
        turn=2,
        role=RoleName.CRITIC,
        message=Critique(hypothesis=HOSTILE, verdict="revise", attacks=(HOSTILE,), reason=HOSTILE),
    )
    yield Interrupted(cause=Cause.INFRASTRUCTURE, detail=HOSTILE)


def test_what_agents_say_is_shown_as_characters(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither control sequences nor markup: an agent cannot forge what the program says."""
    progress = Progress()
    for event in hostile_events():
        progress.watch(event)

    said = capsys.readouterr().out
    assert "[bold red]accept[/]" in said
    assert not set(said) & set("\x1b\x07\r\x9b\x00\u202e\u200b")


def test_markup_in_text_is_not_markup_on_a_terminal() -> None:
    """Rich gets a text object, so brackets are brackets even with colours on."""
    console = Console(force_terminal=True, width=200)
    with console.capture() as capture:
        console.print(styled("[bold red]accept[/]"))

    assert capture.get() == "[bold red]accept[/]\n"


def test_progress_says_who_speaks_what_was_asked_and_how_belief_moved(tmp_path: Path) -> None:
    """The story of an audit can be read from its lines."""
    beliefs: dict[str, float] = {}
    result = audit("fake", out=tmp_path, parts=parts())
    story: list[str] = []
    for entry in RunDirectory(result.run).entries():
        story += [f"{line.who}|{line.what}" for line in tell(entry.event, beliefs)]
        if isinstance(entry.event, Said) and isinstance(entry.event.message, Evidence):
            beliefs |= {h.id: h.support for h in entry.event.message.hypotheses}

    assert "planner|100 left (survey 8)" in story
    assert "|4 queries, 96 left: survey [ok]" in story
    assert any(line.startswith("|H1 1.00 open:") for line in story)
    assert any(line.startswith("|H1 1.00 -> 1.00 open:") for line in story)
    assert any(line.startswith("critic|accepts H1") for line in story)
    assert story[-2:] == ["ended|accepted", "judges|graded"]


def test_the_end_shows_description_truth_grade_isolation_and_report(tmp_path: Path) -> None:
    """All that a person wants to know at the end."""
    result = audit("fake", out=tmp_path, parts=parts())
    lines = dict(result_lines(result))

    assert lines["the team says"].startswith("A linear function")
    assert "linear" in lines["the truth"]
    assert lines["code"].startswith("score 1.000")
    assert "not promised: anything" in lines["isolation"]
    assert lines["report"].endswith("report.html")
    assert (
        Interpretation.model_validate_json((result.run / "interpretation.json").read_bytes()) == result.interpretation
    )
