"""Judges of prose. The one here works offline: `text`, `reader` (what is claimed), `matching` (is it true), a grade.

`expression` and `equation` understand formulas, `lexicon` holds the words, `facts` the forms a truth may be told in.
"""

from judges.description.judge import ClaimsJudge

__all__ = ["ClaimsJudge"]
