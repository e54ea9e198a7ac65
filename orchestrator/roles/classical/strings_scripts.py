"""The experiments that classical roles run on functions of texts: self-contained Python, written to be read."""

from collections.abc import Sequence

from functions.brief import Brief
from orchestrator.roles.classical.scripts import strike
from orchestrator.roles.messages import Measurement, Plan


def _header(title: str) -> str:
    return f'"""{title}"""\n\nfrom lab import observations, oracle, report\nfrom toolkit import strings\n\n'


def measure(plan: Plan) -> str | None:
    """A script that makes the plan's fixed measurements; None where it has none."""
    lines = [line for m in plan.measurements if (line := _asking(m))]
    if not lines:
        return None
    return _header(plan.question) + "\n".join(lines) + '\n\nreport({"asked": len(observations.pairs)})\n'


def _asking(m: Measurement) -> str:
    """The line that makes one measurement; empty for those that depend on what is found (`rivals`)."""
    texts = [str(x) for x in m.inputs]
    ask = {
        "survey": f"list(strings.probes({m.queries}))",
        "points": repr(texts[: m.queries]),
        "around": f"strings.variants({texts!r}, observations.pairs, {m.queries})",
    }.get(m.design)
    return f"oracle.query({ask})  # {m.why}" if ask else ""


def explain(brief: Brief, queries: int) -> str:
    """A script that explains all answers so far, and asks up to `queries` more where explanations disagree."""
    given = [(e.input, e.output) for e in brief.exemplars]
    known = "observations.pairs"
    start = ""
    if given:
        listed = "".join(f"    {pair!r},\n" for pair in given)
        start, known = f"GIVEN = [  # known from the beginning\n{listed}]\n\n", "GIVEN + observations.pairs"
    settle = f"found, _ = strings.settle(found, oracle.query, {queries})\n" if queries else ""
    return (
        _header("Which operations, in which order, explain the answers?")
        + start
        + f"found = strings.investigate({known})\n{settle}report(strings.report_of(found))\n"
    )


def attack(hypothesis: str, code: str, asked: Sequence[str], strikes: int) -> str:
    """A script that asks about texts unlike those that a hypothesis rests on, and reports each blow."""
    return (
        _header(f"Where is {hypothesis} most likely to break, and does it?")
        + f"# {hypothesis}, as it was stated\n{code}\n\n"
        + f"GIVEN = {list(asked)!r}\n"
        + f"planned = strings.attacks([*GIVEN, *(x for x, _ in observations.pairs)], {strikes})\n"
        + strike("strings.confront(function, volley, oracle.query)")
    )
