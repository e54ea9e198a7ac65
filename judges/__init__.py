"""WHO grades: the code judge, the description judges, and the grade they give.

Judges are apart from the team: they see the ground truth and what was handed in, never the roles.
"""

from judges.judge import DescriptionJudge, grade_audit

__all__ = ["DescriptionJudge", "grade_audit"]
