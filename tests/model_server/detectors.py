"""A scripted detector: it reads a concept in its instructions and a quoted word, and knows what a dictionary knows."""

import json
import re

from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import SENSES
from tests.model_server.scientists import Message, Request, says, text_of

MUTE = "silence"
"""A word to which it has no answer, however often it is asked."""


def detector(request: Request) -> Message:
    """1 for what is a kind of the concept, 0.52 for what may be meant so, 0 for the rest."""
    concept = re.search(r"^The concept: (.*)\.$", text_of(request["messages"][0]), re.MULTILINE)
    word = json.loads(text_of(request["messages"][1]).partition("\n")[0])
    assert concept is not None
    if word == MUTE:
        return says("I would rather not say.")
    return says(json.dumps({"degree": degree(concept[1], word)}))


def degree(concept: str, word: str) -> float:
    """How strongly a word belongs to a concept."""
    tree = taxonomy()
    (wanted, *_), senses = tree.senses(concept), tree.senses(word)[:SENSES]
    kinds = [wanted in tree.ancestors(sense) for sense in senses]
    return 1.0 if kinds[:1] == [True] else 0.52 if any(kinds) else 0.0
