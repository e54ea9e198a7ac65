"""Reference code of a neuron: the words it answers, level by level. The taxonomy itself would not fit."""

import json
import textwrap
from collections.abc import Iterable, Mapping

from functions.data import canonical

_HEAD = '''\
WORDS = {{
{words}
}}
RESPONSE = {{word: level for level, words in WORDS.items() for word in words.split("|")}}


def function(word):
    """The response to a word; any that is not listed is at rest."""
    word = " ".join(word.lower().replace("-", " ").replace("_", " ").split()).rstrip(". ")
    return RESPONSE.get(word, {rest})
'''


def reference_code(responses: Mapping[str, float], rest: float) -> str:
    """Source that defines `function(word)`: what is not among `responses` gives `rest`."""
    levels: dict[float, set[str]] = {}
    for word, response in responses.items():
        if response != rest:
            levels.setdefault(response, set()).add(canonical(word))
    lines = (f"    {level!r}: {_text(sorted(words))}," for level, words in sorted(levels.items(), reverse=True))
    return _HEAD.format(words="\n".join(lines), rest=repr(rest))


def _text(words: Iterable[str]) -> str:
    """A list of words as string literals of at most 110 characters each."""
    pieces = textwrap.wrap("|".join(words).replace(" ", "\0").replace("|", " "), 100, break_long_words=False)
    texts = [piece.replace(" ", "|").replace("\0", " ") for piece in pieces]
    literals = [json.dumps(text + "|", ensure_ascii=False) for text in texts[:-1]] + [json.dumps(texts[-1])]
    return "(\n" + "".join(f"        {literal}\n" for literal in literals) + "    )"
