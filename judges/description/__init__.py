"""Judges of prose. The one here works offline: what is claimed, is it true, a grade.

For numbers `text`, `reader` and `matching` read and match; `expression` and `equation` understand formulas, `lexicon`
holds the words, `facts` the forms a truth may be told in. `strings`, `entities` and `relations` do the same for their
categories, helped by `phrases`.
"""

from judges.description.judge import ClaimsJudge

__all__ = ["ClaimsJudge"]
