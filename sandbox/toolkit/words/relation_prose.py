"""What a relation is, in English and in code."""

from .endings import Endings
from .knowledge import PLAIN_CODE
from .relation_probes import likely
from .relations import Answers, Departure, Relation
from .rules import Rule, given, rules


def statement(relation: Relation) -> str:
    """The rule and its exception, in one or two sentences."""
    base = f"Given {relation.rule.given}, it returns {relation.rule.gives}."
    departure = relation.departure
    return (
        base
        if departure is None
        else f"{base} There is an exception: where {departure.where.clause}, {instead(relation.rule, departure)}."
    )


def instead(rule: Rule, departure: Departure) -> str:
    """What happens in the exception, as a clause."""
    match departure.kind:
        case "echo":
            return "it returns the input itself"
        case "fixed":
            return f'it always returns "{departure.text}"'
        case "column":
            other = Rule(rule.table, rule.source, departure.text)
            return f"it returns {other.gives} instead"
    return "the output is undefined"


def describe(relation: Relation, answers: Answers) -> str:
    """All that is known, and what was not tested."""
    inside = sum(word in relation.rule.rows for word in answers)
    right = relation.right(answers)
    parts = [statement(relation)]
    if relation.departure is None:
        parts.append("There is no exception to this.")
    parts.append("Anything else is undefined." if relation.beyond is None else _strangers(relation.beyond))
    how = "all" if right == len(answers) else f"{right} of the"
    parts.append(f"This agrees with {how} {len(answers)} answers seen, {inside} of them to words it is about.")
    if right < len(answers):
        odd = [repr(word) for word, answer in answers.items() if not relation.explains(word, answer)][:3]
        parts.append(f"It was not found out why {', '.join(odd)} differ.")
    return " ".join(parts)


def _strangers(endings: Endings) -> str:
    return f"A word that no list holds follows its ending: {endings.words}."


def by_endings(endings: Endings, answers: Answers) -> str:
    """What is said where no table holds the answers, but how words end tells what becomes of them."""
    shown = ", ".join(f'"{word}" gives "{answer}"' for word, answer in list(answers.items())[:400] if answer)
    shown = ", ".join(shown.split(", ")[:4])
    return (
        f"The rule is about how words end, learnt from examples, such as {shown}: {endings.words}. "
        "No list of words says so: some words may be exceptions that nobody has asked about."
    )


def unknown(answers: Answers) -> str:
    """What is said where no rule fits."""
    defined = [word for word, answer in answers.items() if answer is not None]
    if not defined:
        return f"The rule is unknown: each of the {len(answers)} words that were asked about gave no output."
    shown = ", ".join(f'"{word}" gives "{answers[word]}"' for word in defined[:5])
    about = f" What it answers seems to be {given(*likely(answers)[0])}." if likely(answers) else ""
    return (
        f"The rule is unknown: no rule explains the answers, such as {shown}.{about} "
        "Other words are undefined in the code."
    )


def code(relation: Relation | None, answers: Answers, endings: Endings | None = None) -> str:
    """Python that defines `function(word)`: a lookup, the exception's words first; then what endings tell, if any."""
    beyond = endings if relation is None else relation.beyond
    if relation is None:
        known = dict(answers)
        blocks = _block("TABLE", {w: a for w, a in known.items() if a})
    else:
        known = {w: relation.answer(w) for w in relation.rule.rows}
        special = {w: a for w, a in known.items() if w in relation.departing}
        blocks = _block("TABLE", {w: a for w, a in known.items() if a and w not in special})
        if relation.departure is not None:
            blocks += f"# {relation.departure.where.clause}: {instead(relation.rule, relation.departure)}\n"
            blocks += _block("EXCEPTION", {w: a for w, a in special.items() if a}) + "TABLE.update(EXCEPTION)\n"
    if beyond is None:
        return _HEAD + blocks + _PLAIN
    return _HEAD + blocks + _endings_code(beyond, [w for w, a in known.items() if not a])


def _endings_code(endings: Endings, nowhere: list[str]) -> str:
    """What words become by how they end, but for those that are known to be undefined."""
    lines = "".join(
        f"    {pattern!r}: ({trust:.4f}, {c.off!r}, {c.doubled!r}, {c.on!r}),\n"
        for pattern, (trust, c) in endings.by_pattern.items()
    )
    return f"NOWHERE = {nowhere!r}\nCHANGES = {{\n{lines}}}\n{_BY_ENDING}"


_HEAD = "import unicodedata\n\n"
_PLAIN = f'''

def function(word):
    """The answer to a word; None where there is none."""{PLAIN_CODE}    return TABLE.get(word)
'''


_BY_ENDING = f'''

def by_ending(word):
    """The change that is most reliable for words that end like this one."""
    kinds = "".join("V" if letter in "aeiou" else "C" for letter in word)
    found = [""]
    for n in range(1, min(4, len(word)) + 1):
        found += [word[-n:], kinds[-n] + word[len(word) - n + 1:], kinds[-n:]]
    for _, off, doubled, on in sorted((CHANGES[p] for p in dict.fromkeys(found) if p in CHANGES), key=lambda c: -c[0]):
        if word.endswith(off) and len(word) > len(off):
            stem = word[: len(word) - len(off)]
            return stem + (stem[-1] if doubled else "") + on
    return None


def function(word):
    """The answer to a word; None where there is none."""{PLAIN_CODE}    if word in TABLE or word in NOWHERE:
        return TABLE.get(word)
    return by_ending(word) if word.isalpha() else None
'''


def _block(name: str, words: dict[str, str]) -> str:
    lines = "".join(f"{word}={answer}\n" for word, answer in words.items())
    return f'{name} = dict(line.split("=") for line in """\\\n{lines}""".splitlines())\n'


__all__ = ["code", "describe", "instead", "rules", "statement", "unknown"]
