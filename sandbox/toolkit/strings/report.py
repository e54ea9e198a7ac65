"""Findings as JSON, for the report of an experiment."""

from .code import code_of
from .explanation import Explanation
from .investigate import Findings
from .kind import Program
from .prose import describe, say_program, say_step, statement
from .rivals import weights

STATED = 5
"""Hypotheses that are reported."""


def form(explanation: Explanation) -> str:
    """Names it the same whenever it is found again."""
    parts = [(s.kind.name, *s.parameters, s.scope) for s in (*explanation.main, *(explanation.inside or ()))]
    where = explanation.condition.english if explanation.condition else ""
    return f"{parts!r} {where}".strip()


def _named(program: Program) -> list[dict[str, str]]:
    """Its steps in order, each by the name of its kind and in English."""
    return [{"name": step.kind.name.replace("_", " "), "english": say_step(step)} for step in program]


def report_of(found: Findings) -> dict[str, object]:
    """Description, code, the branch, the hypotheses with their support, and how much is explained."""
    best, stated = found.best, found.explanations[:STATED] or (found.best,)
    share = found.right / max(1, len(found.questions))
    return {
        "description": describe(best, found.questions, found.right, found.explained),
        "code": code_of(best),
        "explained": found.explained,
        "asked": len(found.questions),
        "right": found.right,
        "branch": {
            "condition": best.condition.english,
            "behaviour": "unknown" if best.inside is None else say_program(best.inside),
        }
        if best.condition is not None
        else None,
        "steps": _named(best.main),
        "inside": _named(best.inside or ()),
        "hypotheses": [
            {"form": form(e), "statement": statement(e), "code": code_of(e), "support": weight * share}
            for e, weight in zip(stated, weights(stated), strict=True)
        ],
    }
