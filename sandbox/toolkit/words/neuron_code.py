"""A neuron as Python: the words it answers, level by level, for the taxonomy itself would not fit."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from .knowledge import PLAIN_CODE
from .levels import Levels
from .neurons import Neuron
from .nouns import SENSES, Lexicon, lexicon, nouns
from .spelling import Spelling

LONGEST = 42_000  # characters of words; frequent words come first

_HEAD = "import unicodedata\n\nWORDS = {\n"
_TAIL = '''}}
RESPONSE = {{word: level for level, words in WORDS.items() for word in words.split("|")}}


def function(word):
    """The response to a word; a phrase counts as its last words, a plural as its singular."""{plain}
    parts = word.split(" ")
    for start in range(len(parts)):
        ending = " ".join(parts[start:])
        for form in (ending, ending[:-1] if ending.endswith("s") else "", ending[:-2] if ending.endswith("es") else "",
                     ending[:-3] + "y" if ending.endswith("ies") else ""):
            if form in RESPONSE:
                return {answer}
    return {rest!r}
'''


def code(neuron: Neuron | None, levels: Levels, seen: Mapping[str, float]) -> str:
    """Source that defines `function(word)`; what is not listed is at rest. Only what was seen, without a neuron."""
    responses = dict(seen) if neuron is None else _responses(neuron)
    by_level: dict[float, list[str]] = {}
    room = LONGEST
    for word, response in responses.items():
        level = round(response, 2)
        if (level > 0.04 or neuron is None) and room > 0 and '"' not in word and "\\" not in word:
            by_level.setdefault(round(levels.expected(level), 4), []).append(word)
            room -= len(word) + 1
    lines = [f"    {level!r}: (\n{_wrapped(words)}    ),\n" for level, words in sorted(by_level.items(), reverse=True)]
    return _HEAD + "".join(lines) + _TAIL.format(plain=PLAIN_CODE, answer=_answer(neuron, levels), rest=levels.rest)


def _answer(neuron: Neuron | None, levels: Levels) -> str:
    """What is returned for a listed `form`: how the whole input is written may weaken the response."""
    for dent in neuron.dents if neuron else ():
        if isinstance(dent.where, Spelling):
            left = f"{levels.rest!r} + {dent.residual!r} * (RESPONSE[form] - {levels.rest!r})"
            return f"{left} if {dent.where.code} else RESPONSE[form]"
    return "RESPONSE[form]"


def _responses(neuron: Neuron) -> dict[str, float]:
    """Words by response: the frequent ones, then the rare ones of the concepts, which come after them."""
    known = lexicon()
    neuron = replace(neuron, dents=tuple(dent for dent in neuron.dents if isinstance(dent.where, int)))
    out = dict(zip(known.words, neuron.responses(known).tolist(), strict=True))
    rare = Lexicon(nouns(), _rare(neuron))
    # a known word that does not respond is not listed, unless the end of it does
    out |= {word: y for word, y in zip(rare.words, rare_responses(neuron, rare), strict=True) if word not in out}
    return out


def rare_responses(neuron: Neuron, words: Lexicon) -> list[float]:
    """Responses to words that need not be among the frequent ones."""
    found: list[float] = np.asarray(neuron.responses(words)).tolist()
    return found


def _rare(neuron: Neuron) -> list[str]:
    """Nouns of the taxonomy that may mean a kind of a concept, those that are one word first."""
    wanted = set(neuron.concepts)
    found = [
        lemma
        for lemma, senses in nouns().lemmas()
        if any(not wanted.isdisjoint(nouns().ups(s)) for s in senses[:SENSES])
    ]
    return sorted(found, key=lambda lemma: (lemma.count(" "), lemma))


def _wrapped(words: list[str]) -> str:
    lines: list[str] = []
    line = ""
    for i, word in enumerate(words):
        line += word + ("|" if i < len(words) - 1 else "")
        if len(line) > 90:
            lines.append(line)
            line = ""
    lines += [line] if line else []
    return "".join(f'        "{line}"\n' for line in lines)
