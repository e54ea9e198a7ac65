"""What a relation is, in English and in code."""

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
    parts.append("Anything else is undefined.")
    how = "all" if right == len(answers) else f"{right} of the"
    parts.append(f"This agrees with {how} {len(answers)} answers seen, {inside} of them to words it is about.")
    if right < len(answers):
        odd = [repr(word) for word, answer in answers.items() if relation.answer(word) != answer][:3]
        parts.append(f"It was not found out why {', '.join(odd)} differ.")
    return " ".join(parts)


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


def code(relation: Relation | None, answers: Answers) -> str:
    """Python that defines `function(word)`: a lookup, the exception's words first."""
    wrong = {w: a for w, a in answers.items() if a is not None} if relation is None else {}
    blocks = []
    if relation is None:
        blocks.append(_block("TABLE", wrong))
        return _HEAD + "".join(blocks) + _PLAIN
    rows = relation.rule.rows
    table = {w: row[relation.rule.target] for w, row in rows.items() if row[relation.rule.target]}
    if relation.departure is None:
        return _HEAD + _block("TABLE", table) + _PLAIN
    special = {w: relation.answer(w) for w in rows if w in relation.departing}
    rest = {w: a for w, a in table.items() if w not in special}
    comment = f"# {relation.departure.where.clause}: {instead(relation.rule, relation.departure)}\n"
    given = {w: a for w, a in special.items() if a}
    return _HEAD + _block("TABLE", rest) + comment + _block("EXCEPTION", given) + "TABLE.update(EXCEPTION)\n" + _PLAIN


_HEAD = "import unicodedata\n\n"
_PLAIN = f'''

def function(word):
    """The answer to a word; None where there is none."""{PLAIN_CODE}    return TABLE.get(word)
'''


def _block(name: str, words: dict[str, str]) -> str:
    lines = "".join(f"{word}={answer}\n" for word, answer in words.items())
    return f'{name} = dict(line.split("=") for line in """\\\n{lines}""".splitlines())\n'


__all__ = ["code", "describe", "instead", "rules", "statement", "unknown"]
