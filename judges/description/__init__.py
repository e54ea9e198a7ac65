"""Judges of prose. The one here works offline: `text` -> `reader` (what is claimed) -> `matching` (is it true) -> grade.

`expression` and `equation` understand formulas, `lexicon` holds the words, `facts` the forms in which a truth may be told.
"""

from judges.description.judge import ClaimsJudge

__all__ = ["ClaimsJudge"]
