"""The experiments that classical roles run: self-contained Python, written to be read in a report."""

from collections.abc import Sequence

from functions.brief import Brief
from orchestrator.roles.messages import Measurement, Plan

FALLBACK = 100.0
"""Half-width of the domain where the brief gives none."""

VOLLEY = 4
"""Attacks that are asked at once."""

UNDEFINED = 'float("nan")'

Known = tuple[tuple[str, tuple[float, ...]], ...]


def bounds(brief: Brief) -> tuple[float, float]:
    """The domain, an open side made finite."""
    low = brief.domain.low if brief.domain and brief.domain.low is not None else None
    high = brief.domain.high if brief.domain and brief.domain.high is not None else None
    if low is None:
        low = -FALLBACK if high is None else high - 2 * FALLBACK
    return low, low + 2 * FALLBACK if high is None else high


def _header(title: str, brief: Brief) -> str:
    low, high = bounds(brief)
    imports = "import toolkit\nfrom lab import observations, oracle, report"
    return f'"""{title}"""\n\n{imports}\n\nLOW, HIGH = {low!r}, {high!r}\n'


def measure(plan: Plan, brief: Brief, seed: int) -> str | None:
    """A script that makes the plan's fixed measurements; None where it has none."""
    lines = [line for m in plan.measurements if (line := _asking(m, seed))]
    if not lines:
        return None
    return (
        _header(plan.question, brief)
        + "\n".join(lines)
        + "\n\nrepeats = toolkit.scatter(observations.x, observations.y)\n"
        'report({"asked": len(observations.x), "sd": repeats.sd, "comparisons": repeats.comparisons})\n'
    )


def _asking(m: Measurement, seed: int) -> str:
    """The line that makes one measurement; empty for those that depend on what is found (`edges`, `rivals`)."""
    low, high = (repr(m.low) if m.low is not None else "LOW"), (repr(m.high) if m.high is not None else "HIGH")
    points = [float(x) for x in m.inputs if not isinstance(x, tuple)]
    ask = {
        "survey": f"toolkit.survey({low}, {high}, {m.queries}, seed={seed})",
        "zoom": f"toolkit.zoom((({low}) + ({high})) / 2, (({high}) - ({low})) / 2, {m.queries}, seed={seed})",
        "repeats": f"toolkit.pairs(observations.x, {m.queries})",
        "points": repr(points[: m.queries]),
        "refine": f"toolkit.around({points!r}, observations.x, {low}, {high}, {m.queries})",
    }.get(m.design)
    return f"oracle.query({ask})  # {m.why}" if ask else ""


def explain(brief: Brief, queries: int, known: Known, ample: int = 0) -> str:
    """A script that fits explanations to everything answered so far, and sharpens them with up to `queries` more; with
    `ample` where there are more of these and nothing explains the answers."""
    listed = "".join(f"    ({name!r}, {p!r}),\n" for name, p in known)
    start = f"KNOWN = (  # explanations from before\n{listed})\n" if known else "KNOWN = ()\n"
    most = f"{queries} if found.explained else {ample}" if ample > queries else f"{queries}"
    sharpen = f"found, _ = toolkit.sharpen(found, oracle.query, {most})\n" if queries else ""
    seen, data = "observations.x, observations.y", ""
    if brief.exemplars:
        listed = "".join(
            f"    ({e.input!r}, {UNDEFINED if e.output is None else e.output!r}),\n" for e in brief.exemplars
        )
        data = f"import numpy as np\n\nGIVEN = np.array([  # known from the beginning\n{listed}])\n"
        seen = "np.append(GIVEN[:, 0], observations.x), np.append(GIVEN[:, 1], observations.y)"
    return (
        _header("Which explanations fit the answers, and what tells them apart?", brief)
        + data
        + start
        + f"\nfound = toolkit.investigate({seen}, LOW, HIGH, KNOWN)\n"
        + sharpen
        + "report(found.as_json())\n"
    )


def attack(brief: Brief, hypothesis: str, code: str, edges: Sequence[float], sd: float, strikes: int) -> str:
    """A script that asks up to `strikes` times where a hypothesis is most likely to break, and reports each blow."""
    return (
        _header(f"Where is {hypothesis} most likely to break, and does it?", brief)
        + f"EDGES = {tuple(edges)!r}\nNOISE = {sd!r}  # standard deviation of one answer\n\n"
        + f"# {hypothesis}, as it was stated\n{code}\n\n"
        + "x, y, curve = observations.x, observations.y, toolkit.curve_of(function)\n"
        + f"planned = toolkit.attacks(curve, x, LOW, HIGH, {strikes}, EDGES)\n"
        + strike("toolkit.confront(curve, volley, oracle.query, x, y, NOISE, spare=oracle.remaining - len(volley))")
    )


def strike(confront: str) -> str:
    """Lines that `confront` a hypothesis with each `volley` of what is `planned`, until one blow breaks it: the queries
    that this saves go to mending it."""
    return (
        "blows = []\n"
        "while planned and not any(blow.broke for blow in blows):\n"
        f"    volley, planned = planned[:{VOLLEY}], planned[{VOLLEY}:]\n"
        f"    blows += {confront}\n"
        'report({"blows": [blow.as_json() for blow in blows]})\n'
    )
