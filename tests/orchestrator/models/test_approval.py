"""Oversight: nothing is run that was not approved, every decision is recorded, and no text can pass for a question."""

# ruff: noqa: ARG002 - fakes fill Protocols whole

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.errors import BadInput
from judges.grade import Outcome
from orchestrator.approval import Overseer, Refused, Subject, Verdict, parse_kinds
from orchestrator.approval.policy import PolicyApprover
from orchestrator.approval.terminal import QUESTION, TerminalApprover, shown
from orchestrator.budget import Ending
from orchestrator.events import Decided, Event, Experiment
from orchestrator.result import AuditResult
from orchestrator.roles.messages import RoleName
from orchestrator.rundir import RunDirectory
from tests.model_server.lines import FRESH, POINTS
from tests.orchestrator.fakes import FakeEngine, canonical
from tests.orchestrator.models.audits import by_models, serve


class Typed:
    """A screen at which a person types the given lines; after them, nothing."""

    def __init__(self, *lines: str, width: int = 60, edited: str | None = None) -> None:
        self.width, self._lines, self._edited = width, list(lines), edited
        self.seen = ""

    def write(self, text: str) -> None:
        self.seen += text

    def read(self, seconds: float) -> str | None:
        return self._lines.pop(0) if self._lines else None

    def edit(self, text: str) -> str | None:
        return self._edited

    def close(self) -> None: ...


class Says:
    """An approver that gives one verdict, for certain kinds of things another."""

    name = "terminal"

    def __init__(self, verdict: Verdict, **others: Verdict) -> None:
        self.verdict, self.others = verdict, others
        self.asked: list[Subject] = []

    def decide(self, subject: Subject) -> Verdict:
        self.asked.append(subject)
        return self.others.get(subject.what, self.verdict)

    def close(self) -> None: ...


YES = Verdict(verdict="approve")


def decisions(result: AuditResult) -> list[Decided]:
    return [e.event for e in RunDirectory(result.run).entries() if isinstance(e.event, Decided)]


@given(st.text(), st.text(), st.integers(20, 120))
def test_nothing_an_agent_writes_can_begin_a_line_or_steer_a_terminal(title: str, text: str, width: int) -> None:
    """Every line of it stands behind the gutter, and everything invisible in it is spelled out."""
    forged = f"{text}\n{QUESTION}a\r\n\x1b[2J\x1b[1;1H{QUESTION}\u202e\u2028\x9b{'=' * 60}"
    subject = Subject(what="code", role=RoleName.CRITIC, title=title + forged, text=forged)
    lines = list(shown(subject, width))

    assert lines[0] == lines[-1] == "=" * min(width, 78)
    assert lines[1].startswith("The critic wants to run")
    assert all(line[5:8] == " | " for line in lines[2:-1])
    assert all(line[:5].strip().isdigit() or line[:5].strip() in ("", "why") for line in lines[2:-1])
    assert all(c.isprintable() for line in lines for c in line)
    assert max(map(len, lines[2:-1])) <= max(width, 29)


def test_what_is_shown_is_all_that_would_be_run() -> None:
    """No tail is left out, however long."""
    code = "\n".join(f"line_{n} = {n}" for n in range(3000))
    lines = list(shown(Subject(what="code", role=RoleName.CRITIC, title="", text=code), 80))

    assert [line.split(" | ")[1] for line in lines[3:-1]] == code.split("\n")


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        (("a\n",), Verdict(verdict="approve")),
        (("what?\n", "yes\n", "a\n"), Verdict(verdict="approve")),
        (("r too dear\n",), Verdict(verdict="refuse", reason="too dear")),
        (("g look at zero\n", "a\n"), Verdict(verdict="approve", guidance="look at zero")),
        (("s\n",), Verdict(verdict="stop")),
        ((), Verdict(verdict="timeout")),
        (("\n", "\n"), Verdict(verdict="timeout")),
        (("e\n",), Verdict(verdict="edit", code="1 2")),
    ],
)
def test_a_person_decides_by_one_letter_and_silence_is_no(typed: tuple[str, ...], verdict: Verdict) -> None:
    """Anything that is not a decision asks again."""
    screen = Typed(*typed, edited="1 2")
    subject = Subject(what="code", role=RoleName.CRITIC, title="t", text="1")

    assert TerminalApprover(screen, seconds=60.0).decide(subject) == verdict
    assert QUESTION in screen.seen


@pytest.mark.parametrize("verdict", ["refuse", "timeout"])
def test_code_that_is_not_approved_is_not_run_and_the_agent_reads_why(tmp_path: Path, verdict: str) -> None:
    """The audit goes on, with nothing having been asked."""
    engine = FakeEngine()
    approver = Says(Verdict.model_validate({"verdict": verdict, "reason": "too dear"}))
    with serve() as server:
        result = by_models(server, tmp_path, engine=engine, approve=("code",), approver=approver)

    assert engine.ran == []
    assert result.outcome is Outcome.GRADED
    told = "A person refused it: too dear." if verdict == "refuse" else "Nobody decided in time"
    assert any(told in str(request["messages"]) for request in server.requests)
    assert {d.verdict for d in decisions(result)} == {verdict}


def test_what_an_edit_makes_of_it_is_run_in_its_place(tmp_path: Path) -> None:
    """And the record shows both."""
    engine = FakeEngine()
    edit = Verdict(verdict="edit", code="-50.0 50.0")
    with serve() as server:
        result = by_models(server, tmp_path, engine=engine, approve=("code",), approver=Says(edit))

    ran = [e.event.code for e in RunDirectory(result.run).entries() if isinstance(e.event, Experiment)]
    assert set(engine.ran) == set(ran) == {"-50.0 50.0"}
    assert decisions(result)[0].code == "-50.0 50.0"


def test_approval_changes_nothing_but_the_record(tmp_path: Path) -> None:
    """Everything approved is everything as it would have been."""
    with serve() as server:
        free = by_models(server, tmp_path / "free")
        seen = by_models(server, tmp_path / "seen", approve=parse_kinds("code,plan,final"), approver=Says(YES))

    assert canonical(seen.run) == canonical(free.run)
    assert [d.what for d in decisions(seen)] == ["plan", "code", "code", "final"]


def test_a_refused_plan_measures_nothing_and_says_why(tmp_path: Path) -> None:
    """The experimenter hears the reason in the plan's place."""
    no = Verdict(verdict="refuse", reason="too greedy")
    with serve() as server:
        result = by_models(server, tmp_path, approve=("plan",), approver=Says(no))

    assert result.outcome is Outcome.GRADED
    assert any("A person refused the plan. A person refused it: too greedy." in str(r) for r in server.requests)


def test_guidance_is_read_by_whoever_speaks_next(tmp_path: Path) -> None:
    """It is in the record, and so in a resumed audit too."""
    guided = Verdict(verdict="approve", guidance="look at zero")
    with serve() as server:
        by_models(server, tmp_path, approve=("plan",), approver=Says(guided))

    told = ["look at zero" in str(r["messages"][1]) for r in server.requests]
    assert told == [False, *[True] * (len(told) - 1)]


def test_a_stop_ends_the_audit_with_the_best_so_far(tmp_path: Path) -> None:
    """A person has had enough: it is an ending like any other."""

    class StopsTheCritic(Says):
        def decide(self, subject: Subject) -> Verdict:
            return Verdict(verdict="stop") if subject.role is RoleName.CRITIC else YES

    with serve() as server:
        result = by_models(server, tmp_path, approve=("code",), approver=StopsTheCritic(YES))

    assert (result.outcome, result.ending) == (Outcome.GRADED, Ending.STOPPED)
    assert result.interpretation.code


def test_what_a_person_does_not_let_out_is_not_handed_in(tmp_path: Path) -> None:
    """Nor is its code run by the judges."""
    with serve() as server:
        result = by_models(server, tmp_path, approve=("final",), approver=Says(Verdict(verdict="refuse")))

    assert result.ending is Ending.REFUSED
    assert (result.interpretation.code, result.figures["code.score"]) == ("", 0.0)


def test_a_decision_is_not_asked_for_again(tmp_path: Path) -> None:
    """In a replay, the recorded edits and refusals are made again, without anybody there."""
    edit = Verdict(verdict="edit", code="-50.0 50.0")
    with serve() as server:
        recorded = by_models(server, tmp_path / "a", approve=("code",), approver=Says(edit))
        engine = FakeEngine()
        replayed = by_models(server, tmp_path / "b", engine=engine, replay=recorded.run)

    assert canonical(replayed.run) == canonical(recorded.run)
    assert set(engine.ran) == {"-50.0 50.0"}


def test_a_decision_about_other_code_does_not_count() -> None:
    """It is bound to the hash of what was shown."""
    approver = Says(Verdict(verdict="refuse"))
    events: list[Event] = []

    async def ask(overseer: Overseer, code: str) -> str | Refused:
        return await overseer.code(0, 0, RoleName.CRITIC, "", code)

    asyncio.run(ask(Overseer(("code",), Says(YES), events.append), "good"))
    later = Overseer(("code",), approver, events.append, events)
    assert asyncio.run(ask(later, "good")) == "good"
    assert isinstance(asyncio.run(ask(later, "bad")), Refused)
    assert [subject.text for subject in approver.asked] == ["bad"]


def test_a_policy_file_decides_in_the_persons_place(tmp_path: Path) -> None:
    """What it names is let through, unless a pattern is found; its hash is in the record."""
    policy = tmp_path / "policy.toml"
    policy.write_text(f'approve = ["code", "final"]\n[refuse]\n"no fresh ones" = "{FRESH}"\n')
    engine = FakeEngine()
    with serve() as server:
        result = by_models(
            server, tmp_path / "out", engine=engine, approve=("code", "final"), approver=PolicyApprover(policy)
        )

    assert engine.ran == [POINTS]
    first, *refused, last = decisions(result)
    assert (first.what, first.verdict, last.what, last.verdict) == ("code", "approve", "final", "approve")
    assert {(d.verdict, d.reason) for d in refused} == {("refuse", "no fresh ones")}
    assert first.by.startswith("policy ")


@pytest.mark.parametrize("text", ["approve = [", 'approve = ["everything"]', '[refuse]\nx = "("', "\x00"])
def test_a_policy_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    """Better none than a wrong one."""
    path = tmp_path / "policy.toml"
    path.write_text(text)
    with pytest.raises(BadInput, match="is not a policy"):
        PolicyApprover(path)


def test_what_is_to_be_approved_is_read_from_the_command_line() -> None:
    """In any order, and nothing else."""
    assert (parse_kinds("never"), parse_kinds("final, code")) == ((), ("code", "final"))
    with pytest.raises(BadInput, match="never"):
        parse_kinds("everything")
