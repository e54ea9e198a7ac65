"""How much of a table of forms do the endings of 60 of its words tell? `python -m tests.toolkit.words.endings_table`.

One line of JSON: for each table and direction the share of its other words that are told exactly (0: nothing was
learnt), from the 60 words that a fixed shuffle puts first.
"""

import json
import random
import sys

from sandbox.toolkit.words.endings import learnt
from sandbox.toolkit.words.knowledge import tables

EXAMPLES = 60
FORMS = {
    "plural": ("plurals", "singular", "plural"),
    "singular": ("plurals", "plural", "singular"),
    "past tense": ("verbs", "verb", "past"),
    "-ing form": ("verbs", "verb", "ing"),
    "third person": ("verbs", "verb", "third"),
    "comparative": ("degrees", "adjective", "comparative"),
    "adverb": ("adverbs", "adjective", "adverb"),
    "noun of quality": ("qualities", "adjective", "noun"),
    "antonym": ("antonyms", "word", "antonym"),
}


def share(table: str, source: str, target: str, examples: int = EXAMPLES) -> float:
    """Of the words of a table that were no examples, how many are told exactly."""
    rows = [(r[source], r[target]) for r in tables()[table].rows if r[source].isalpha() and r[target].isalpha()]
    random.Random(table).shuffle(rows)
    endings, unseen = learnt(rows[:examples]), rows[examples:]
    if endings is None:
        return 0.0
    return sum(endings.answer(word.lower()) == form.lower() for word, form in unseen) / len(unseen)


def main() -> None:
    """Print the table."""
    told = {name: round(share(*columns), 3) for name, columns in FORMS.items()}
    sys.stdout.write(json.dumps({"examples": EXAMPLES, "figures": told}) + "\n")


if __name__ == "__main__":
    main()
