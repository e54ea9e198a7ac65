"""An audit as people watch it: who speaks, what was asked, how belief moves, and at the end what it came to.

`tell` and `result_lines` are pure; only `Progress` and `show_result` touch the terminal.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import NamedTuple, Self

from rich.status import Status
from rich.table import Table

from judges.grade import Grade, Outcome
from orchestrator.cli.terminal import console, one_line, print_table, styled
from orchestrator.events import (
    AuditStarted,
    Decided,
    Ended,
    Event,
    Experiment,
    Graded,
    Interrupted,
    ModelCall,
    NeuronCall,
    Resumed,
    Said,
    SubmissionStarted,
    Submitted,
    TurnStarted,
)
from orchestrator.result import AuditResult
from orchestrator.roles.messages import Critique, Evidence, Hypothesis, Message, Plan
from sandbox.client import Isolation

Beliefs = dict[str, float]
"""Support of each hypothesis when it was last stated."""


class Line(NamedTuple):
    """One line: who, what, and how it is shown on a terminal."""

    who: str
    what: str
    style: str = ""


class Progress:
    """Shows events as they come: on a terminal with a line that says who is at work, otherwise as plain lines."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = console()
        self._status: Status | None = None
        if self._console.is_terminal and not quiet:
            self._status = self._console.status("Getting the sandbox ready")
        self._beliefs: Beliefs = {}

    def watch(self, event: Event) -> None:
        """Show one event."""
        for line in tell(event, self._beliefs):
            self._show(line)
        if isinstance(event, Said) and isinstance(event.message, Evidence):
            self._beliefs |= {h.id: h.support for h in event.message.hypotheses}
        if self._status is not None:
            self._status.update(styled(_at_work(event)))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Draw nothing while somebody else uses the terminal."""
        if self._status is not None:
            self._status.stop()
        yield
        if self._status is not None:
            self._status.start()

    def _show(self, line: Line) -> None:
        """On a terminal, what does not fit goes on under itself; elsewhere a line is a line."""
        who, what = styled(f"{line.who:<13}", "bold"), styled(line.what, line.style)
        if self._console.is_terminal:
            row = Table.grid(padding=(0, 1))
            row.add_row(who, what)
            self._console.print(row)
        else:
            self._console.print(who, what)

    def __enter__(self) -> Self:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()


def tell(event: Event, beliefs: Beliefs) -> Iterator[Line]:
    """An event in lines, given what was believed before it."""
    match event:
        case AuditStarted():
            yield Line("audit", f"{event.audit}, {isolation_line(event.provenance.isolation)}")
        case Resumed():
            yield Line("audit", "continued" + (" on other versions" if event.forced else ""))
        case TurnStarted(stand_in=Plan() as plan):
            yield Line("no planner", f"fixed plan: {_plan(plan)}", "dim")
        case Experiment():
            used = event.result.queries_used
            yield Line(
                "", f"{used} queries, {event.remaining} left: {one_line(event.purpose)} [{event.result.status}]", "dim"
            )
        case ModelCall() | Decided():
            yield from _of_models(event)
        case Said():
            yield from _said(event.message, beliefs)
        case SubmissionStarted() | Submitted():
            yield _of_submission(event)
        case Interrupted() | Ended() | Graded():
            yield _of_ending(event)


def _of_ending(event: Interrupted | Ended | Graded) -> Line:
    match event:
        case Interrupted():
            return Line("interrupted", one_line(event.detail), "yellow")
        case Ended():
            return Line("ended", one_line(f"{event.reason} {event.detail}"))
        case Graded():
            return Line("judges", event.outcome.value)


def _of_submission(event: SubmissionStarted | Submitted) -> Line:
    if isinstance(event, SubmissionStarted):
        return Line("submission", one_line(event.image))
    return Line("submission", one_line(f"hands in: {event.interpretation.description or '(no description)'}"))


def _of_models(event: ModelCall | Decided) -> Iterator[Line]:
    if isinstance(event, Decided):
        why = f": {event.reason}" if event.reason else ""
        yield Line("oversight", one_line(f"{event.verdict} {event.what}{why}"), "bold")
    elif event.rejection:
        yield Line("", one_line(f"a model's provider refused a request: {event.rejection}"), "yellow")


def _said(message: Message, beliefs: Beliefs) -> Iterator[Line]:
    match message:
        case Plan():
            yield Line("planner", "nothing more is worth measuring" if message.finish else _plan(message))
        case Evidence():
            yield Line("experimenter", one_line(message.summary))
            for hypothesis in message.hypotheses[:4]:
                yield Line("", _hypothesis(hypothesis, beliefs.get(hypothesis.id)), "cyan")
        case Critique():
            said = "accepts" if message.verdict == "accept" else "sends back"
            yield Line("critic", one_line(f"{said} {message.hypothesis or 'the evidence'}: {message.reason}"))
            for attack in message.attacks[:6]:
                yield Line("", one_line(attack), "dim")


def _plan(plan: Plan) -> str:
    designs = ", ".join(f"{m.design} {m.queries}" for m in plan.measurements)
    return one_line(f"{plan.question} ({designs})" if designs else plan.question)


def _hypothesis(hypothesis: Hypothesis, before: float | None) -> str:
    moved = f"{hypothesis.support:.2f}" if before is None else f"{before:.2f} -> {hypothesis.support:.2f}"
    return one_line(f"{hypothesis.id} {moved} {hypothesis.standing}: {hypothesis.statement}")


def _at_work(event: Event) -> str:
    match event:
        case TurnStarted():
            return f"{event.role} at work, {event.remaining} queries left"
        case Experiment():
            return f"{event.role} at work, {event.remaining} queries left"
        case SubmissionStarted():
            return "submission at work"
        case NeuronCall():
            return "a model answers for the function"
        case Ended():
            return "judges at work"
    return "at work"


def isolation_line(isolation: Isolation) -> str:
    """Which isolation was in force, why, and what it does not promise."""
    why = f" ({isolation.why})" if isolation.why else ""
    lacking = f"; not promised: {', '.join(isolation.not_promised)}" if isolation.not_promised else ""
    return one_line(f"sandbox {isolation.engine}/{isolation.runtime}{why}{lacking}", 600)


def show_result(result: AuditResult) -> None:
    """Print what an audit came to."""
    console().print()
    print_table(result_lines(result))


def result_lines(result: AuditResult) -> Iterator[tuple[str, str]]:
    """What an audit came to, as named lines."""
    figures = result.figures
    yield "the team says", result.interpretation.description or "(nothing)"
    if result.grade and result.grade.truth:
        yield "the function" if result.grade.outcome is Outcome.UNGRADED else "the truth", result.grade.truth
    yield "outcome", f"{result.outcome}{f': {result.cause}' if result.cause else ''}"
    if result.grade:
        yield from _grade_lines(result.grade)
    if result.ending:
        yield "ended", result.ending.value
    spent = (("queries.used", "queries"), ("experiments.run", "experiments"), ("turns.taken", "turns"))
    counts = ", ".join(f"{figures[name]:.0f} {what}" for name, what in spent)
    asked = (
        f", {figures['neuron.calls']:.0f} calls of the model behind the function" if "neuron.calls" in figures else ""
    )
    yield "spent", f"{counts}{asked}, {figures['seconds.wall']:.1f} s"
    yield "isolation", isolation_line(result.isolation)
    if result.report:
        yield "report", str(result.report)


def _grade_lines(grade: Grade) -> Iterator[tuple[str, str]]:
    if faithful := grade.fidelity:
        beside = "" if faithful.constant is None else f", the best constant at {faithful.constant:.3f}"
        yield (
            "fidelity",
            f"the code agrees at {faithful.agreement:.3f} of {faithful.inputs} fresh inputs{beside}; no score",
        )
    if code := grade.code:
        undisturbed = f"{code.base_agreement:.3f} where undisturbed"
        yield "code", f"score {code.score:.3f}: agreement {code.agreement:.3f}, {undisturbed}"
        yield "", f"best trivial baseline {code.baseline:.3f} ({code.baseline_name})"
        if code.legacy_indicator is not None:
            yield "", f"published indicator {code.legacy_indicator}"
    for n, said in enumerate(filter(None, (grade.description, *grade.others))):
        claims = f": F1 {said.f1:.3f}, recall {said.recall:.3f}, precision {said.precision:.3f}"
        by = f" by {said.judge.name}" + (f" reading with {said.judge.model}" if said.judge.model else "")
        score = "unscored" if said.outcome is Outcome.UNSCORED else f"score {said.headline:.3f}"
        yield "" if n else "description", one_line(f"{score}{by}{claims if said.reads_claims else ''}")
