"""The public Python face of Inquest: a few names re-exported, nothing else.

    import inquest

    result = inquest.audit("demo@1/numeric/0007")
    print(result.figures["code.score"], result.interpretation.description)

Names are imported when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functions.brief import Brief, Interpretation
    from functions.errors import BadInput, Cause, InquestError
    from judges.grade import Grade, Outcome
    from orchestrator.audit import audit, grade
    from orchestrator.budget import Allowance, Budget, Ending
    from orchestrator.config import Team
    from orchestrator.result import AuditResult
    from orchestrator.study.load import StudyResults, load_study

__all__ = [
    "Allowance",
    "AuditResult",
    "BadInput",
    "Brief",
    "Budget",
    "Cause",
    "Ending",
    "Grade",
    "InquestError",
    "Interpretation",
    "Outcome",
    "StudyResults",
    "Team",
    "audit",
    "grade",
    "load_study",
]

_HOMES = {
    "Allowance": "orchestrator.budget",
    "AuditResult": "orchestrator.result",
    "BadInput": "functions.errors",
    "Brief": "functions.brief",
    "Budget": "orchestrator.budget",
    "Cause": "functions.errors",
    "Ending": "orchestrator.budget",
    "Grade": "judges.grade",
    "InquestError": "functions.errors",
    "Interpretation": "functions.brief",
    "Outcome": "judges.grade",
    "StudyResults": "orchestrator.study.load",
    "Team": "orchestrator.config",
    "audit": "orchestrator.audit",
    "grade": "orchestrator.audit",
    "load_study": "orchestrator.study.load",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        found: object = getattr(import_module(_HOMES[name]), name)
        return found
    raise AttributeError(f"module 'inquest' has no attribute {name!r}")
