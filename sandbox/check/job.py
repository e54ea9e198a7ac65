"""What a sandbox that is attacked holds: a line with noise, whose slope and secret occur nowhere else."""

from functions.brief import Brief, Category, Interval
from sandbox.client import OracleJob, QueryRecord

MARK = 7351.25  # the slope: whoever prints it has seen the function
SECRET = "5ec7e75ec7e75ec7e75ec7e75ec7e75e"  # noqa: S105 of an audit that never was


class MemoryLog(list[QueryRecord]):
    """A QueryLog that can be looked into."""


def line_job(
    budget: int = 100, settled: tuple[QueryRecord, ...] = (), paid: tuple[QueryRecord, ...] = (), scale: float = 0.5
) -> OracleJob:
    """f(x) = 7351.25 x + 1, with gaussian noise of the given scale (0: none)."""
    expression = {"node": "atom", "family": "linear", "parameters": {"slope": MARK, "intercept": 1.0}}
    noise = {"kind": "gaussian" if scale else "none", "scale": scale}
    domain = Interval(low=-10, high=10)
    return OracleJob(
        target={
            "category": "numeric",
            "domain": domain.model_dump(mode="json"),
            "expression": expression,
            "noise": noise,
        },
        secret=SECRET,
        brief=Brief(category=Category.NUMERIC, input_type="float", domain=domain, query_budget=budget),
        settled=settled,
        paid=paid,
    )
