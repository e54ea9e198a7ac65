"""The leaderboard shows what holds, and no more order than the intervals allow."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from functions.brief import Category
from functions.errors import BadInput
from functions.suites import load_suite
from judges.grade import Outcome
from orchestrator.budget import Budget
from orchestrator.cli import main
from orchestrator.receipts.leaderboard import build, render
from orchestrator.receipts.record import Line, Receipt, Versions, scores_of
from orchestrator.receipts.signing import make_key, sign

SUITE = load_suite("demo@1")
HEX = "a" * 64
VERSIONS = Versions(
    inquest="0", code=HEX, dependencies=HEX, judges=("code@1",), python="3", machine="m", sandbox="docker/runc"
)


def put(
    home: Path,
    team: str,
    scores: list[float],
    day: int = 1,
    split: str = "public",
    queries: int = 100,
    report: str = "",
    gateway: str | None = None,
) -> Path:
    """A signed receipt of a team with a score for each of the first functions."""
    members = SUITE.members[: len(scores)]
    lines = tuple(
        Line(
            function=SUITE.reference(member) if split == "public" else member.name,
            category=Category.NUMERIC,
            target=member.spec.sha256,
            seed=0,
            outcome=Outcome.GRADED if score else Outcome.AGENT_FAILED,
            score=score,
            code=score,
            description=score,
            queries=7,
            cost=0.0,
            chain=HEX,
            interpretation=HEX,
        )
        for member, score in zip(members, scores, strict=True)
    )
    receipt = Receipt(
        team=team,
        subject=f"image@sha256:{HEX}",
        split=split,
        suites={"demo@1": SUITE.sha256},
        study=HEX,
        seeds=(0,),
        budget=Budget(queries=queries),
        gateway=gateway,
        versions=VERSIONS,
        made=datetime(2026, 1, day, tzinfo=UTC),
        report=report,
        score=scores_of(lines),
        lines=lines,
    )
    if not (home / "key").exists():
        make_key(home / "key")
    path = home / f"{team}-{day}-{split}-{queries}.json".replace("<", "").replace("/", "")
    path.write_text(sign(receipt, home / "key").model_dump_json())
    return path


def test_places_are_shared_where_intervals_overlap(tmp_path: Path) -> None:
    """Two that cannot be told apart are tied before the one that is worse than both."""
    spread = [0.1, -0.1, 0.05, -0.05]
    put(tmp_path, "low", [0.2 + s for s in spread])
    put(tmp_path, "high", [0.8 + s for s in spread])
    put(tmp_path, "near", [0.78 + s for s in spread])
    (board,), refused = build(tmp_path)

    assert [(e.team, e.place, e.tied) for e in board.entries] == [
        ("high", 1, True),
        ("near", 1, True),
        ("low", 3, False),
    ]
    assert refused == []


def test_only_what_can_be_compared_is_on_one_board(tmp_path: Path) -> None:
    """Another split, other functions, another budget or models to ask: another board; public ones come first."""
    put(tmp_path, "a", [0.5, 0.6])
    put(tmp_path, "b", [0.5, 0.6, 0.7])
    put(tmp_path, "c", [0.5, 0.6], queries=50)
    put(tmp_path, "d", [0.5, 0.6], split="private")
    put(tmp_path, "e", [0.5, 0.6], gateway=HEX)
    boards, _ = build(tmp_path)

    assert [len(board.entries) for board in boards] == [1, 1, 1, 1, 1]
    assert [board.split for board in boards] == ["public"] * 4 + ["private"]


def test_what_does_not_hold_is_named_and_left_out(tmp_path: Path) -> None:
    """A changed byte, a strange key, a file that is no receipt: each with its reason."""
    good = put(tmp_path, "good", [0.5, 0.6])
    changed = put(tmp_path, "changed", [0.5, 0.6])
    changed.write_text(changed.read_text().replace("2026-01-01", "2025-01-01"))
    (tmp_path / "nothing.json").write_text("[]")
    boards, refused = build(tmp_path)

    assert [entry.team for board in boards for entry in board.entries] == ["good"]
    assert {item.file: item.why.split(":")[0] for item in refused}["changed-1-public-100.json"] == "signature"
    assert len(refused) == 2
    key = re.search(r'"key":"(\w+)"', good.read_text())
    assert key is not None
    assert len(build(tmp_path, [key[1]])[0]) == 1
    assert build(tmp_path, ["0" * 64])[0] == []


def test_a_team_has_as_many_places_as_it_may(tmp_path: Path) -> None:
    """The latest count, not the best: trying often must not pay."""
    put(tmp_path, "again", [0.9, 0.9], day=1)
    put(tmp_path, "again", [0.5, 0.4], day=2)
    (board,), _ = build(tmp_path, per_team=1)

    assert [entry.made for entry in board.entries] == ["2026-01-02"]


@pytest.mark.parametrize("report", ["javascript:alert(1)", "//evil.example/x", "/etc/passwd", 'x" onclick="y'])
def test_what_a_team_says_of_itself_is_text(tmp_path: Path, report: str) -> None:
    """Names are escaped, and a link that is no plain address is no link."""
    put(tmp_path, "<b>us</b>", [0.5, 0.0], report=report)
    page = render(*build(tmp_path))

    assert "<b>us</b>" not in page
    assert "&lt;b&gt;us&lt;/b&gt;" in page
    assert ">report</a>" not in page
    assert "1 graded, 1 agent_failed" in page


def test_the_command_makes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what it left out, and an empty directory is a page that says so."""
    put(tmp_path, "us", [0.5, 0.6], report="reports/us.html")
    with pytest.raises(SystemExit) as ended:
        main(["leaderboard", "build", str(tmp_path), "--json"])

    assert ended.value.code == 0
    assert '"entries": 1' in capsys.readouterr().out
    assert 'href="reports/us.html"' in (tmp_path / "index.html").read_text()
    (tmp_path / "empty").mkdir()
    assert "There is no receipt to show" in render(*build(tmp_path / "empty"))
    with pytest.raises(BadInput, match="is no directory"):
        build(tmp_path / "none")
