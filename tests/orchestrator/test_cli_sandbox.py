"""`inquest sandbox`: one object of JSON, exit codes, and a table that people can read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestrator.cli import main
from orchestrator.cli.exits import Exit
from orchestrator.cli.sandbox_check import show
from sandbox.check import Verdict
from sandbox.client import Isolation

FUNCTION = ("--function", "demo@1/numeric/0007")
LOCAL = ("--sandbox", "local")


class Done(NamedTuple):
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


Inquest = Callable[..., Done]


@pytest.fixture
def inquest(capsys: pytest.CaptureFixture[str]) -> Inquest:
    """The console script, in this process; a command that returns has ended well."""

    def run(*arguments: str) -> Done:
        try:
            main(arguments)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
        return Done(code, *capsys.readouterr())

    return run


def script(folder: Path, code: str) -> str:
    """A script in a file."""
    path = folder / "script.py"
    path.write_text(code)
    return str(path)


def test_check_prints_a_table_of_what_must_happen_and_what_happened(inquest: Inquest) -> None:
    """Name, must, happened; and how many were contained."""
    done = inquest("sandbox", "check", *LOCAL, "--only", "an_object_that_lies*")
    assert done.code == 0
    assert done.stdout.split()[:5] == ["behaviour", "must", "happen", "what", "happened"]
    assert "an_object_that_lies_gains_nothing" in done.stdout
    assert "answers 1e+09, 1e+09, 1e+09" in done.stdout
    assert "answered 1000000000.0" in done.stdout
    assert "1 of 1 behaviours contained" in done.stdout
    assert done.stderr == "ok  an_object_that_lies_gains_nothing\n"


def test_check_prints_one_object(inquest: Inquest) -> None:
    """With figures, the isolation that was in force, and every verdict."""
    done = inquest("sandbox", "check", *LOCAL, "--only", "a_frame_on_stdout*", "--json")
    said = json.loads(done.stdout)
    assert (done.code, done.stderr, said["outcome"]) == (0, "", "ok")
    assert said["figures"] == {"behaviours": 1, "promised": 1, "contained": 1}
    assert said["isolation"]["engine"] == "local"
    (verdict,) = said["verdicts"]
    assert set(verdict) == {"name", "promise", "must", "happened", "contained"}


@pytest.mark.parametrize(
    ("contained", "code", "figures"),
    [
        ((True, True), Exit.OK, {"behaviours": 2, "promised": 2, "contained": 2}),
        ((True, None), Exit.OK, {"behaviours": 2, "promised": 1, "contained": 1}),
        ((True, False), Exit.FAILED, {"behaviours": 2, "promised": 2, "contained": 1}),
    ],
)
def test_a_broken_promise_is_exit_code_1(
    contained: tuple[bool | None, ...], code: Exit, figures: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not promised is not broken."""
    isolation = Isolation(engine="docker", runtime="runc")
    verdicts = [
        Verdict(name=f"n{n}", promise="no network", must="gets nothing", happened="[red]leaked[/]", contained=held)
        for n, held in enumerate(contained)
    ]
    assert show(verdicts, isolation, as_json=True) is code
    assert json.loads(capsys.readouterr().out)["figures"] == figures
    assert show(verdicts, isolation, as_json=False) is code
    assert "[red]leaked[/]" in capsys.readouterr().out


def test_run_shows_what_an_experiment_printed_and_cost(inquest: Inquest, tmp_path: Path) -> None:
    """Its output is the command's output; the cost is on stderr."""
    ask = "from lab import oracle\nprint(len(oracle.query([1.0, 2.0])))"
    done = inquest("sandbox", "run", script(tmp_path, ask), *FUNCTION, *LOCAL)
    assert (done.code, done.stdout) == (0, "2\n")
    assert "ok: 2 queries" in done.stderr


def test_run_prints_one_object_and_fails_with_its_experiment(inquest: Inquest, tmp_path: Path) -> None:
    """An experiment that raises is exit code 1, and its traceback is in the result."""
    done = inquest("sandbox", "run", script(tmp_path, "print('\\x1b[2J'); 1 / 0"), *FUNCTION, *LOCAL, "--json")
    said = json.loads(done.stdout)
    assert (done.code, said["outcome"], said["result"]["stdout"]) == (1, "error", "\x1b[2J\n")
    assert "ZeroDivisionError" in said["result"]["stderr"]
    assert said["figures"]["queries.used"] == 0
    assert said["figures"]["wall_s"] > 0


def test_reap_says_how_much_it_removed(inquest: Inquest) -> None:
    """Text and JSON; a second time there is nothing."""
    assert "removed" in inquest("sandbox", "reap", *LOCAL).stdout
    done = inquest("sandbox", "reap", *LOCAL, "--json")
    assert json.loads(done.stdout) == {"outcome": "ok", "engine": "local", "figures": {"removed": 0}}
    assert done.code == 0


@pytest.mark.slow
def test_bench_prints_figures_by_their_documented_names(inquest: Inquest) -> None:
    """One object with the engine and its figures."""
    done = inquest("sandbox", "bench", *LOCAL, "--repeats", "20", "--json")
    said = json.loads(done.stdout)
    assert (done.code, said["outcome"], said["engine"]) == (0, "ok", "local")
    assert {"experiment.p50_ms", "experiment.p95_ms", "query.p50_us", "batch1000.p50_ms"} <= set(said["figures"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--only", "no_such_behaviour", *LOCAL),
        ("check", "--runtime", "kata"),
        ("check", "--sandbox", "podman"),
        ("bench", "--repeats", "5"),
        ("run", "/nowhere.py", *FUNCTION, *LOCAL),
        ("run", "/nowhere.py"),
        ("run", __file__, *FUNCTION, *LOCAL, "--queries", "0"),
        ("reap", "--runtime", "runc"),
    ],
    ids=" ".join,
)
def test_what_a_person_got_wrong_is_exit_code_2(arguments: tuple[str, ...], inquest: Inquest) -> None:
    """One message on stderr, nothing on stdout, no traceback."""
    done = inquest("sandbox", *arguments)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr
