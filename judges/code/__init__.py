"""The code judge: agreement with the expected output on hidden inputs, region by region, against trivial baselines.

`judge.py` is the thin shell around pure parts: `inputs` (where to ask), `agreement` (what is right), `baselines` (what
is trivial), `legacy` (the published indicator), all of them reading the function through `landmarks`.
"""

from judges.code.judge import JUDGE, judge_answers, judge_code

__all__ = ["JUDGE", "judge_answers", "judge_code"]
