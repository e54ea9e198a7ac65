"""The code judge: agreement with the expected output on hidden inputs, region by region, against trivial baselines.

`judge.py` is the thin shell around pure parts: `inputs` (where to ask), `agreement` (what is right), `baselines` (what
is trivial), `legacy` (the published indicator), all of them reading the function through `landmarks`. `words` does the
same for functions of texts and words, with `trivial` answers and further `measures`.
"""

from judges.code.judge import judge_answers, judge_code
from judges.code.words import JUDGE, judge_word_answers

__all__ = ["JUDGE", "judge_answers", "judge_code", "judge_word_answers"]
