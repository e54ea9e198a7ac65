"""Does an image do what a submission has to? Three easy functions, and what is wrong said in words.

Nothing is graded here: a wrong interpretation is not a broken one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext

from functions.brief import Record
from functions.spec import AnySpec, Value, parse_spec
from functions.string import generate as generate_string
from orchestrator.models.gateway.serving import ModelGateway
from orchestrator.submission.trial import OpenGateway
from sandbox.check.job import MemoryLog
from sandbox.client import Limits, OracleJob
from sandbox.submission import SECONDS_VARIABLE, Delivery, Failure, Image, SubmissionEngine, Surroundings

QUERIES = 60
LATE_S = 10.0  # so long after its deadline an image is still listened to, to tell one that is late from one that hangs
LABEL = "validate"
SECRET = "00" * 16

NOT_STARTED = (Failure.WRONG_ARCHITECTURE, Failure.DECLARES_VOLUMES, Failure.NO_ENTRY_POINT, Failure.WRONG_USER)
SIGNS = {  # what programs print where a wall of the sandbox stopped them
    "network": (
        re.compile(
            r"Network is unreachable|name resolution|Name or service not known|[Cc]ould not resolve|ENETUNREACH"
        ),
        "There is no network: all that it needs has to be in the image.",
    ),
    "user": (
        re.compile(r"[Pp]ermission denied|EACCES|Operation not permitted|EPERM"),
        "It runs as user 64005, whatever USER says: its files have to be for everybody to read.",
    ),
    "files": (
        re.compile(r"[Rr]ead-only file system|EROFS|No space left on device|ENOSPC"),
        "It may write to /tmp alone, and a quarter of its memory there.",
    ),
}


class Check(Record):
    """One thing that was looked at. `detail` says what is wrong, with no more than the author needs to mend it."""

    name: str
    passed: bool
    detail: str = ""


class Validation(Record):
    """All checks of one image, and what it printed in its last run."""

    image: str
    checks: tuple[Check, ...]
    stdout: str = ""
    stderr: str = ""

    @property
    def passed(self) -> bool:
        """Did it pass them all?"""
        return all(check.passed for check in self.checks)

    @property
    def figures(self) -> dict[str, float]:
        """How many checks were made, and how many it passed."""
        return {"checks": len(self.checks), "passed": sum(check.passed for check in self.checks)}


def easy_functions() -> dict[str, AnySpec]:
    """A line, a folded line, and something done to texts."""
    return {
        "line": _numeric("linear", slope=3.0, intercept=1.0),
        "fold": _numeric("absolute", slope=2.0, center=1.0, offset=-3.0),
        "text": generate_string(7, 0, "easy"),
    }


def validate(
    engine: SubmissionEngine,
    image: Image,
    seconds: float,
    functions: Mapping[str, AnySpec] | None = None,
    open_gateway: OpenGateway | None = None,
) -> Validation:
    """Run `image` on each of `functions` (else the easy ones), for at most `seconds`, with a new gateway for each.

    Raises `SandboxFailure`, `BadInput` where the image is not there, `ProviderFailure` and `ModelUnavailable` where the
    gateway's models cannot be had.
    """
    checks: list[Check] = []
    delivery = Delivery()
    for name, spec in (functions or easy_functions()).items():
        with open_gateway(seconds + LATE_S) if open_gateway else nullcontext() as gateway:
            delivery = _run(engine, image, spec, seconds, gateway)
            if delivery.failure in NOT_STARTED:
                starts = Check(name="starts", passed=False, detail=_said(delivery))
                return Validation(image=str(image), checks=(starts,))
            checks += _checks(name, delivery, seconds)
            if gateway is not None:
                checks.append(_models_check(name, gateway))
        checks.append(_code_check(engine, name, spec, delivery))
    return Validation(
        image=str(image),
        checks=(Check(name="starts", passed=True), *checks),
        stdout=delivery.stdout,
        stderr=delivery.stderr,
    )


def _run(
    engine: SubmissionEngine, image: Image, spec: AnySpec, seconds: float, gateway: ModelGateway | None
) -> Delivery:
    job = OracleJob(target=spec.model_dump(mode="json"), secret=SECRET, brief=spec.brief(QUERIES))
    limit = seconds + LATE_S
    beside = gateway.surroundings if gateway else Surroundings()
    told = beside.model_copy(update={"environment": {**beside.environment, SECONDS_VARIABLE: f"{seconds:g}"}})
    return engine.run_submission(image, job, Limits(lifetime_s=limit + 60), limit, MemoryLog(), LABEL, told)


def _checks(name: str, delivery: Delivery, seconds: float) -> Iterator[Check]:
    """What one run shows."""
    late = f"It handed in after {delivery.seconds:.1f} s of {seconds:g}: too late, so that it would score nothing."
    if delivery.failure is not None:
        yield Check(name=f"{name}.submits", passed=False, detail=_said(delivery))
    else:
        in_time = delivery.seconds <= seconds
        yield Check(name=f"{name}.submits", passed=in_time, detail="" if in_time else late)
    wrong = {what: n for what, n in delivery.refused.items() if not what.startswith("budget_exhausted")}
    refused = "; ".join(f"{what}, {n} times" for what, n in wrong.items())
    yield Check(name=f"{name}.requests", passed=not wrong, detail=refused and f"The oracle refused: {refused}.")
    for wall, (sign, advice) in SIGNS.items():
        found = sign.search(delivery.stdout + delivery.stderr)
        detail = f"It printed '{found[0]}'. {advice}" if found else ""
        yield Check(name=f"{name}.{wall}", passed=found is None, detail=detail)


def _models_check(name: str, gateway: ModelGateway) -> Check:
    """What it asked of the models. Asking none is no fault: it may do without."""
    gateway.check()
    spent = gateway.spent
    return Check(name=f"{name}.models", passed=True, detail=f"{spent.calls} calls, {spent.tokens} tokens")


def _code_check(engine: SubmissionEngine, name: str, spec: AnySpec, delivery: Delivery) -> Check:
    """Can the judges run its code at all?"""
    handed_in = delivery.interpretation
    if handed_in is None or not handed_in.code:
        detail = "" if handed_in is None else "It handed in no code: the judge of code would give it nothing."
        return Check(name=f"{name}.code", passed=False, detail=detail or "There is no code to look at.")
    inputs: Sequence[Value] = ("abc", "The end.") if spec.category == "string" else (0.0, 1.5)
    with engine.open_candidate(Limits(), LABEL) as runner:
        answers = runner.evaluate(handed_in.code, inputs)
    errors = [answer.error for answer in answers if answer.error]
    return Check(name=f"{name}.code", passed=not errors, detail=f"Its code fails: {errors[0]}" if errors else "")


def _said(delivery: Delivery) -> str:
    return f"{delivery.failure}: {delivery.detail}"


def _numeric(family: str, **parameters: float) -> AnySpec:
    return parse_spec(
        {
            "category": "numeric",
            "domain": {"low": -10.0, "high": 10.0},
            "expression": {"node": "atom", "family": family, "parameters": parameters},
            "noise": {"kind": "none", "scale": 0.0},
        }
    )
