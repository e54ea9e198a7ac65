"""Functions of texts: which texts to ask about, what the answers mean, and how to say it.

    answers = oracle.query(list(strings.probes(32)))          # texts with many properties between them
    found = strings.investigate(observations.pairs)           # programs and branches that explain all answers
    found, used = strings.settle(found, oracle.query, 8)      # ask where they disagree
    strings.report_of(found)                                  # description, code, hypotheses

`library` holds the operations, `conditions` the properties that a branch may depend on; `search` puts operations
together, `branches` finds where another program is followed, `rivals` and `falsify` say what to ask next, `prose` and
`code` tell it.
Everything is deterministic and bounded by counted work.
"""

from .explanation import Explanation
from .falsify import attacks, confront
from .investigate import Findings, investigate
from .probes import pool, probes, variants
from .report import report_of
from .rivals import disagreements, settle

__all__ = [
    "Explanation",
    "Findings",
    "attacks",
    "confront",
    "disagreements",
    "investigate",
    "pool",
    "probes",
    "report_of",
    "settle",
    "variants",
]
