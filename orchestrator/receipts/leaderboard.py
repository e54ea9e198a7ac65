"""One static page from receipts: who scored how much on what, and how sure that is.

A board holds what can be compared: equal functions, seeds, budget, gateway and judges. Somebody's place is one more
than the number of those whose whole interval lies above theirs; whoever shares a place is tied.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from functions.brief import Record
from functions.errors import BadInput
from functions.identity import sha256_of
from judges.grade import Outcome
from orchestrator.receipts.check import check_offline, read_receipt
from orchestrator.receipts.record import Receipt, Signed, Split
from orchestrator.report.page import environment, policy_of
from orchestrator.study.results import ALL
from orchestrator.study.statistics import Interval

_LINK = re.compile(r"https?://[^\s]+|(?!/)(?!.*//)[\w./-]+")


class Refused(Record):
    """A file that is on no board, and why."""

    file: str
    why: str


class Entry(Record):
    """One receipt on a board. `scores` are by category; `link` is where its report can be read, or empty."""

    place: int
    tied: bool
    team: str
    subject: str
    score: Interval
    scores: dict[str, Interval]
    audits: int
    outcomes: dict[Outcome, int]
    queries: float
    cost: float | None
    made: str
    key: str
    link: str


class Board(Record):
    """Receipts that can be compared, the best first."""

    split: Split
    suites: tuple[str, ...]
    functions: int
    seeds: int
    query_budget: int
    judges: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def categories(self) -> tuple[str, ...]:
        """What there are scores of beside the whole."""
        return tuple(sorted({part for entry in self.entries for part in entry.scores}))


class _Comparable(Record):
    split: Split
    audits: tuple[tuple[str, int], ...]
    budget: str
    judges: tuple[str, ...]


def build(directory: Path, keys: Sequence[str] = (), per_team: int | None = None) -> tuple[list[Board], list[Refused]]:
    """Boards from every receipt in `directory`, and the files that are on none.

    `keys` are the public keys (hex) that are trusted: none trusts every key, and shows it. `per_team` keeps the latest
    receipts of each team. Raises `BadInput` for what is no directory.
    """
    if not directory.is_dir():
        raise BadInput(f"{directory} is no directory. Put receipts (*.json) into one, and name it.")
    held: list[Signed] = []
    refused: list[Refused] = []
    for path in sorted(directory.glob("*.json")):
        try:
            signed = read_receipt(path)
        except BadInput as error:
            refused.append(Refused(file=path.name, why=str(error)))
            continue
        if why := _fault(signed, keys):
            refused.append(Refused(file=path.name, why=why))
        else:
            held.append(signed)
    return boards(_latest(held, per_team)), refused


def boards(receipts: Sequence[Signed]) -> list[Board]:
    """Public boards first; of each kind, those with more entries first."""
    groups: dict[str, list[Signed]] = {}
    for signed in receipts:
        groups.setdefault(sha256_of(_comparable(signed.receipt)), []).append(signed)
    found = [_board(group) for group in groups.values()]
    return sorted(found, key=lambda board: (board.split == "private", -len(board.entries), board.suites))


def render(found: Sequence[Board], refused: Sequence[Refused]) -> str:
    """The page. It loads nothing and runs nothing."""
    css = environment().get_template("report.css").render() + environment().get_template("study.css").render()
    page = environment().get_template("leaderboard.html.j2")
    return page.render(css=Markup(css), policy=policy_of(css), boards=found, refused=refused)  # noqa: S704 - our files


def _fault(signed: Signed, keys: Sequence[str]) -> str:
    if keys and signed.key not in {key.lower() for key in keys}:
        return f"It is signed with {signed.key}, which is not among the trusted keys."
    try:
        return "; ".join(f"{c.name}: {c.detail}" for c in check_offline(signed) if not c.passed)
    except BadInput as error:
        return str(error)


def _latest(receipts: Sequence[Signed], per_team: int | None) -> list[Signed]:
    kept: list[Signed] = []
    counts: dict[str, int] = {}
    for signed in sorted(receipts, key=lambda s: s.receipt.made, reverse=True):
        counts[signed.receipt.team] = counts.get(signed.receipt.team, 0) + 1
        if per_team is None or counts[signed.receipt.team] <= per_team:
            kept.append(signed)
    return kept


def _comparable(receipt: Receipt) -> _Comparable:
    return _Comparable(
        split=receipt.split,
        audits=tuple(sorted((line.target, line.seed) for line in receipt.lines)),
        budget=sha256_of(receipt.budget) + (receipt.gateway or ""),
        judges=receipt.versions.judges,
    )


def _board(group: Sequence[Signed]) -> Board:
    first = group[0].receipt
    ranked = sorted(group, key=lambda signed: (-signed.receipt.score[ALL].estimate, signed.receipt.made))
    places = [1 + sum(_above(other.receipt, signed.receipt) for other in group) for signed in ranked]
    return Board(
        split=first.split,
        suites=tuple(first.suites),
        functions=len({line.target for line in first.lines}),
        seeds=len(first.seeds),
        query_budget=first.budget.queries,
        judges=first.versions.judges,
        entries=tuple(_entry(s, place, places.count(place) > 1) for s, place in zip(ranked, places, strict=True)),
    )


def _above(first: Receipt, second: Receipt) -> bool:
    """Does the whole interval of the first lie above that of the second? Never, where one has none."""
    lo, hi = first.score[ALL].lo, second.score[ALL].hi
    return lo is not None and hi is not None and lo > hi


def _entry(signed: Signed, place: int, tied: bool) -> Entry:
    receipt = signed.receipt
    return Entry(
        place=place,
        tied=tied,
        team=receipt.team,
        subject=receipt.subject,
        score=receipt.score[ALL],
        scores={part: interval for part, interval in receipt.score.items() if part != ALL},
        audits=len(receipt.lines),
        outcomes=receipt.outcomes,
        queries=receipt.queries,
        cost=receipt.cost,
        made=receipt.made.date().isoformat(),
        key=signed.key,
        link=receipt.report if _LINK.fullmatch(receipt.report) else "",
    )
