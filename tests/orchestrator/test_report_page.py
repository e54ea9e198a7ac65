"""The page: whole, safe, the same each time, and honest about what is missing."""

import base64
import hashlib
import json
import math
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.brief import Interpretation
from judges.grade import Grade, Outcome
from orchestrator.events import Entry
from orchestrator.report import write_report
from orchestrator.report.curves import Curves, Series, Window
from orchestrator.report.page import render
from orchestrator.report.run import Run, read_run
from orchestrator.roles.messages import RoleName
from sandbox.client import Status
from tests.orchestrator.report_runs import SAID, edit, events, experiment, grade, queries, write_events, write_whole

ATTACK = (
    "</pre></style></title></svg><script>alert(1)</script><img src=http://evil.test/x onerror=alert(1)>"
    "\"'><a href=javascript:alert(1)>{{ 7*7 }}{% raw %}<!-- \x1b[2J\u202e\x00"
)


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def shape(self) -> list[str]:
        """Its tags, but for those that colour code."""
        return [tag for tag in self.tags if tag != "span"]


def report(directory: Path) -> Page:
    return Page(write_report(directory).read_text())


def with_suffix(value: object, suffix: str, field: str = "") -> object:
    """A record's JSON with `suffix` at the end of every free text."""
    fixed = {"kind", "role", "verdict", "standing", "status", "reason", "region", "about", "engine", "outcome", "audit"}
    if isinstance(value, dict):
        return {k: with_suffix(v, suffix, k) for k, v in value.items()}
    if isinstance(value, list):
        return [with_suffix(v, suffix, field) for v in value]
    return value + suffix if isinstance(value, str) and field not in fixed else value


def test_it_shows_everything(tmp_path: Path) -> None:
    """Verdict, description beside truth, claims, regions, curves, belief, transcript, budgets, provenance."""
    page = report(write_whole(tmp_path / "run"))
    for text in (
        "Graded: code 0.91, description 0.50",
        SAID.description,
        grade().truth,
        "Between 15 and 36",
        "interpolation",
        "Legacy indicator",
        "H3",
        "The critic could not break",
        "oracle.query",
        '{"rms": 0.31}',
        "60 / 100",
        "no network",
        "sha256:abab",
        "a separate kernel",
        "e" * 64,
    ):
        assert text in page.text, text
    assert page.tags.count("figure") == 3
    assert page.tags.count("article") == 9
    assert "What is missing" not in page.text


def test_it_loads_and_runs_nothing(tmp_path: Path) -> None:
    """No script, no address, no handler, no inline style; and a policy that would refuse them."""
    html = write_report(write_whole(tmp_path / "run")).read_text()
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"} & set(page.tags)
    for name, value in page.attributes:
        assert not name.startswith("on"), name
        assert name not in {"src", "style", "srcset"}, name
        assert name != "href" or value.startswith("#"), value
    assert "http://" not in html
    assert "https://" not in html
    assert "@import" not in html
    assert set(re.findall(r"url\((.*?)\)", html)) <= {"#frame1", "#frame2", "#frame3"}
    assert any(v.startswith("default-src 'none'; style-src 'sha256-") for _, v in page.attributes)


def test_the_policy_names_the_style_sheet_that_is_there(tmp_path: Path) -> None:
    """The hash is that of the element's exact text, or a browser would refuse it."""
    html = write_report(write_whole(tmp_path / "run")).read_text()
    (css,) = re.findall(r"<style>(.*?)</style>", html, flags=re.S)
    assert base64.b64encode(hashlib.sha256(css.encode()).digest()).decode() in html


def test_the_same_directory_gives_the_same_bytes(tmp_path: Path) -> None:
    """Also when made again over its own report."""
    run = write_whole(tmp_path / "run")
    first = write_report(run).read_bytes()
    assert write_report(run).read_bytes() == first


def test_attacks_in_every_text_are_only_text(tmp_path: Path) -> None:
    """Markup, quotes, templates and controls in all that agents, targets and judges wrote change no tag of the page."""
    harmless = Page(suffixed(tmp_path / "harmless", " indeed"))
    html = suffixed(tmp_path / "attacked", ATTACK)
    page = Page(html)
    assert "What is missing" not in page.text
    assert page.shape == harmless.shape
    assert not [v for n, v in page.attributes if n == "href" and not v.startswith("#")]
    assert not {"\x1b", "\u202e", "\x00"} & set(html)
    assert "{{ 7*7 }}" in page.text


def suffixed(directory: Path, suffix: str) -> str:
    """The report of a run with `suffix` in everything that agents, targets and judges wrote."""
    write_whole(directory)
    for name in ("interpretation.json", "grade.json"):
        file = directory / name
        file.write_text(json.dumps(with_suffix(json.loads(file.read_text()), suffix)))
    write_events(directory, [type(e).model_validate(with_suffix(e.model_dump(mode="json"), suffix)) for e in events()])
    return write_report(directory).read_text()


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300))
def test_no_text_can_change_the_page_around_it(text: str) -> None:
    """For any description, code and output whatsoever, the tags stay the same."""

    def shape(words: str) -> list[str]:
        result = experiment(0, RoleName.EXPERIMENTER, 0, stdout=words + ".", stderr=words + ".")
        said = Interpretation(description=words + ".", code=words + ".")
        entry = Entry(seq=0, prev="0" * 64, at=0, event=result)
        return Page(render(Run(name=words, entries=(entry,), interpretation=said))).shape

    assert shape(text) == shape("")


def test_enormous_text_is_cut_and_said_to_be(tmp_path: Path) -> None:
    """Ten million characters of everything still make a small page."""
    run = write_whole(tmp_path / "run", Interpretation(description="d" * 10_000_000, code="c = 1\n" * 1_000_000))
    write_events(run, [*events(), experiment(11, RoleName.CRITIC, 0, stdout="o" * 10_000_000)])
    assert report(run).text.count("characters are not shown") == 3
    assert (run / "report.html").stat().st_size < 400_000


def test_hostile_counts_are_capped(tmp_path: Path) -> None:
    """Thousands of turns, experiments and queries are counted, not printed."""
    run = write_whole(tmp_path / "run")
    write_events(run, [experiment(turn % 2, RoleName.CRITIC, 0) for turn in range(2_000)])
    (run / "queries.jsonl").write_text("".join(q.model_dump_json() + "\n" for q in queries() * 500))
    html = write_report(run).read_text()
    assert len(html) < 2_000_000
    assert "940 more experiments of this turn are not shown" in html
    assert "29000 more are not shown" in html


def test_long_paths_are_drawn_whole(tmp_path: Path) -> None:
    """The caps on texts do not reach the geometry: every path is path data from end to end."""
    run = write_whole(tmp_path / "run")
    x = tuple(i / 100 for i in range(10_000))
    series = Series(x=x, y=tuple(math.sin(v) for v in x))
    window = Window(name="domain", low=0, high=100, truth=series, expected=series.y, reconstruction=series)
    (run / "curves.json").write_text(Curves(windows=(window,)).model_dump_json())
    paths = [value for name, value in report(run).attributes if name == "d"]
    assert max(map(len, paths)) > 100_000
    assert all(re.fullmatch(r"[MLHVhlvz\d. -]*", path) for path in paths)


def test_a_lost_experiment_shows_its_status_and_errors(tmp_path: Path) -> None:
    """What went wrong in the lab is on the page, with the code that did it."""
    run = write_whole(tmp_path / "run")
    write_events(run, [experiment(0, RoleName.CRITIC, 0, status=Status.LOST, stdout="", stderr="gone", truncated=True)])
    page = report(run)
    assert "lost" in page.text
    assert "gone" in page.text
    assert "This turn never ended" in page.text
    assert "cut this output" in page.text


@pytest.mark.parametrize(
    ("outcome", "headline"),
    [
        (Outcome.AGENT_FAILED, "The team failed: 0"),
        (Outcome.INFRASTRUCTURE, "No result: infrastructure"),
        (Outcome.UNSCORED, "Unscored"),
        (Outcome.UNGRADED, "Ungraded"),
    ],
)
def test_what_is_not_graded_is_never_shown_as_a_score(tmp_path: Path, outcome: Outcome, headline: str) -> None:
    """Each outcome has its own headline and says its cause."""
    run = write_whole(tmp_path / "run")
    (run / "grade.json").write_text(Grade(outcome=outcome, cause="because of it").model_dump_json())
    page = report(run)
    assert headline in page.text
    assert "because of it" in page.text
    assert "Code score" not in page.text


FILES = ("audit.json", "events.jsonl", "queries.jsonl", "interpretation.json", "grade.json", "curves.json")


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 10)


def deep(path: Path) -> None:
    path.write_text("[" * 100_000)


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def alien(path: Path) -> None:
    path.write_text('{"surprise": "</script>secret"}\n')


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [Path.unlink, half, binary, deep, link, folder, pipe, alien])
def test_a_damaged_file_is_named_and_the_rest_is_shown(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    """Whatever is wrong with one file, the report is made, says which, and quotes nothing of it."""
    run = write_whole(tmp_path / "run")
    damage(run / name)
    page = report(run)
    assert "What is missing" in page.text
    assert name in page.text
    assert "secret" not in page.text
    assert SAID.description in page.text or name == "interpretation.json"


def test_an_empty_directory_still_gives_a_report(tmp_path: Path) -> None:
    """It says that nothing is there."""
    page = report(tmp_path)
    assert "Not graded" in page.text
    assert all(name in page.text for name in FILES)


def test_without_curves_the_queried_points_are_drawn(tmp_path: Path) -> None:
    """A run that was never graded shows where it was asked."""
    run = write_whole(tmp_path / "run")
    (run / "curves.json").unlink()
    html = write_report(run).read_text()
    assert html.count("<circle") > 30
    assert html.count("<figure") == 1
    assert "the curves were not recorded" in html


def test_a_changed_line_of_the_log_is_noticed(tmp_path: Path) -> None:
    """The chain of hashes shows it."""
    run = write_whole(tmp_path / "run")
    log = run / "events.jsonl"
    log.write_text(log.read_text().replace("It fails at 30.", "It holds at 30.", 1))
    assert "the chain of hashes is broken" in report(run).text


def test_a_planted_link_is_not_written_through(tmp_path: Path) -> None:
    """A report.html that points elsewhere is replaced; what it points at is left alone."""
    run = write_whole(tmp_path / "run")
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (run / "report.html").symlink_to(precious)
    write_report(run)
    assert precious.read_text() == "mine"
    assert not (run / "report.html").is_symlink()


def test_foreign_numbers_do_not_break_the_drawing(tmp_path: Path) -> None:
    """Answers as large as numbers go are on the rim of a plot that still shows the rest."""
    run = write_whole(tmp_path / "run")
    record = queries()[0].model_copy(update={"outputs": (1.7e308, -1.7e308, *queries()[0].outputs[2:])})
    (run / "queries.jsonl").write_text(record.model_dump_json() + "\n")
    html = write_report(run).read_text()
    assert not re.search(r"\b(inf|nan)\b", html)


def test_reading_never_invents(tmp_path: Path) -> None:
    """What was read equals what was written."""
    run = read_run(write_whole(tmp_path / "run"))
    assert run.interpretation == SAID
    assert run.grade == grade()
    assert run.queries == queries()
    assert list(run.events) == events()
    edit(tmp_path / "run" / "grade.json", truth="other")
    assert read_run(tmp_path / "run").grade != grade()
