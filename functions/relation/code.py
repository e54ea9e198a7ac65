"""Reference code of a relation: its table, and its exception as a table of its own."""

from collections.abc import Mapping

from functions.relation.rule import Lookup

_HEAD = '''\
RULE = """
{rule}
"""
EXCEPTION = """
{exception}
"""


def read(text):
    return dict(line.split(" = ") for line in text.strip().splitlines() if line)


ANSWERS = {{**read(RULE), **read(EXCEPTION)}}


def function(word):
    """The answer to a word; None where it is undefined."""
    word = " ".join(word.lower().replace("-", " ").replace("_", " ").split()).rstrip(". ")
    return ANSWERS.get(word)
'''


def reference_code(lookup: Lookup) -> str:
    """Source that defines `function(word)`, right for every input."""
    answers, departing = lookup.answers(), lookup.departing()
    return _HEAD.format(
        rule=_lines({word: answer for word, answer in answers.items() if word not in departing}),
        exception=_lines({word: answer for word, answer in answers.items() if word in departing}),
    )


def _lines(answers: Mapping[str, str | None]) -> str:
    return "\n".join(f"{word} = {answer}" for word, answer in answers.items() if answer is not None)
