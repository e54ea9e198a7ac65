"""The experiments that scripted scientists write, by what the instructions say the function takes and gives."""

import re
from dataclasses import dataclass

NUMBERS = """
import toolkit
from lab import observations, oracle, report

LOW, HIGH = {low}, {high}
oracle.query(toolkit.survey(LOW, HIGH, min(40, oracle.remaining), seed=1))
found = toolkit.investigate(observations.x, observations.y, LOW, HIGH)
report({{"description": found.description, "code": found.code}})
"""

TEXTS = """
from lab import observations, oracle, report
from toolkit import strings

oracle.query(list(strings.probes(min(40, oracle.remaining))))
found, _ = strings.settle(strings.investigate(observations.pairs), oracle.query, oracle.remaining // 2)
found = strings.report_of(found)
report({"description": found["description"], "code": found["code"]})
"""

NEURON = """
from lab import observations, oracle, report
from toolkit import words

wide, deep = oracle.remaining * 6 // 10, oracle.remaining * 3 // 10
found = words.neuron_report(words.study_neuron(lambda: observations.pairs, oracle.query, wide=wide, deep=deep))
report({"description": found["description"], "code": found["code"]})
"""

RELATION = """
from lab import observations, oracle, report
from toolkit import words

found = words.relation_report(words.study_relation(observations.pairs, oracle.query, oracle.remaining * 3 // 4))
report({"description": found["description"], "code": found["code"]})
"""

ATTACK = """
import numpy as np
from lab import oracle, report

{code}

xs = {fresh}[: oracle.remaining]
blows = []
for x, y in zip(xs, oracle.query(xs)):
    said = function(x)
    blows.append([x, *(v if isinstance(v, str) or v is None else float(v) for v in (said, y))])
report({{"blows": blows}})
"""


@dataclass(frozen=True)
class Craft:
    """How a scientist explains one category of functions, and with which fresh inputs it attacks."""

    explain: str
    fresh: tuple[object, ...]


WORDS = ("otter", "violin", "copper")
CRAFTS = {
    "takes a text and gives a text": Craft(TEXTS, ("Marmalade 42", "a quiet evening", "ZEBRA")),
    "takes a word and gives a number": Craft(NEURON, WORDS),
    "takes a word and gives a word": Craft(RELATION, WORDS),
}


def craft_for(instructions: str) -> Craft:
    """The craft for the function that the instructions tell of; for numbers, within the domain that they name."""
    named = next((craft for words, craft in CRAFTS.items() if words in instructions), None)
    if named is not None:
        return named
    found = re.search(r"lie in (\S+) to ([^;\s]+)", instructions)
    low, high = (float(found[1]), float(found[2])) if found else (-10.0, 10.0)
    return Craft(NUMBERS.format(low=low, high=high), (low * 0.77, high * 0.61, 0.5))
