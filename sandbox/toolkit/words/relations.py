"""Relations: which rule, with which exception, explains the answers, and which words to ask about next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .endings import Endings
from .rules import Cell, Rule, cells, plain, rules
from .spelling import Spelling, spellings

Answers = Mapping[str, str | None]  # by words in their plain form
Ask = Callable[[list[str]], Sequence[str | None]]

_SHARE = 0.55  # a class with more of the domain is the rule, not the exception
_FEWEST = 3  # words in a class
_EXCEPTION = 1.5  # answers that an exception has to explain, for it to be worth having
_OPEN = 0.15  # of the answers given, that an explanation worth stating may leave open
KEPT = 12  # explanations kept alive


@dataclass(frozen=True)
class Departure:
    """What happens to the inputs of one class in place of the rule; `text` is the fixed answer, or another column."""

    where: Cell | Spelling
    kind: str
    text: str = ""

    def answer(self, row: Mapping[str, str], rule: Rule) -> str | None:
        """The answer to the word whose row this is."""
        match self.kind:
            case "echo":
                return row[rule.source]
            case "fixed":
                return self.text
            case "column":
                return row[self.text] or None
        return None


@dataclass(frozen=True)
class Relation:
    """A rule, perhaps with an exception. What is outside of its table follows its ending, if `beyond` says how; else it
    is undefined."""

    rule: Rule
    departure: Departure | None = None
    beyond: Endings | None = None

    @property
    def form(self) -> str:
        """Names it the same whenever it is found again."""
        return f"{self.rule.name} {self.departure or ''}"

    @cached_property
    def departing(self) -> frozenset[str]:
        """The words that the exception is about."""
        return members(self.rule, self.departure.where) if self.departure else frozenset()

    def answer(self, word: str) -> str | None:
        """What it gives for a word."""
        word = plain(word)
        if self.departure and word in self.departing:
            return self.departure.answer(self.rule.rows[word], self.rule)
        if self.beyond and word not in self.rule.rows:
            return self.beyond.answer(word)
        return self.rule.answer(word)

    def explains(self, word: str, answer: str | None) -> bool:
        """Is this the answer that it gives? Capitals do not count beyond its table: what was asked had some, too."""
        said = self.answer(word)
        stranger = self.beyond is not None and word not in self.rule.rows
        return said == answer or bool(stranger and said and answer and said == answer.lower())

    def right(self, answers: Answers) -> int:
        """How many answers it explains."""
        return sum(self.explains(word, answer) for word, answer in answers.items())


@dataclass(frozen=True)
class Ranked:
    """An explanation with the number of answers it explains, less what its exception costs."""

    relation: Relation
    right: int

    @property
    def worth(self) -> float:
        """What ranks it."""
        return self.right - (_EXCEPTION if self.relation.departure else 0.0)


def convincing(best: Ranked, answers: Answers) -> bool:
    """Does an explanation leave so little open that it is worth stating?"""
    given = sum(answer is not None for answer in answers.values())
    return len(answers) - best.right <= _OPEN * given


@lru_cache(maxsize=4096)
def members(rule: Rule, where: Cell | Spelling) -> frozenset[str]:
    """The words of the domain that belong to a class."""
    if isinstance(where, Spelling):
        return frozenset(word for word in rule.rows if where.holds(word))
    return frozenset(word for word, row in rule.rows.items() if row[where.column] == where.value)


@lru_cache(maxsize=64)
def classes(rule: Rule) -> tuple[Cell | Spelling, ...]:
    """Classes of inputs on which a rule may fail: those that the table knows first, then spellings."""
    found: tuple[Cell | Spelling, ...] = (*cells(rule), *spellings(rule.rows))
    return tuple(c for c in found if _FEWEST <= len(members(rule, c)) <= _SHARE * len(rule.rows))


def explain(answers: Answers) -> tuple[Ranked, ...]:
    """Explanations of the answers, the best first; rules that explain anything, with the exceptions they may have."""
    told = [(rule, sum(rule.answer(w) == a for w, a in answers.items() if a is not None)) for rule in rules()]
    hopeful = sorted((entry for entry in told if entry[1]), key=lambda entry: -entry[1])[:8]
    found = [Ranked(relation, relation.right(answers)) for rule, _ in hopeful for relation in _with(rule, answers)]
    # of two exceptions that explain the same, the class that leaves less to chance is the more likely one
    found.sort(key=lambda r: (-r.worth, len(r.relation.departing)))
    return tuple(found[:KEPT])


def _with(rule: Rule, answers: Answers) -> Iterator[Relation]:
    """The rule alone, and with every exception that explains two or more answers which it does not."""
    yield Relation(rule)
    inside = {word: answer for word, answer in answers.items() if word in rule.rows}
    wrong = {word: answer for word, answer in inside.items() if rule.answer(word) != answer}
    for where in classes(rule) if wrong else ():
        group = members(rule, where)
        caught = {word: answer for word, answer in wrong.items() if word in group}
        for kind, text in _ways(rule, caught):
            departure = Departure(where, kind, text)
            if sum(departure.answer(rule.rows[w], rule) == a for w, a in caught.items()) >= min(2, len(wrong)):
                yield Relation(rule, departure)


def _ways(rule: Rule, caught: Answers) -> Iterator[tuple[str, str]]:
    """What may happen in the place of the rule, judged by one wrong answer each."""
    seen: dict[tuple[str, str], None] = {}
    for word, answer in caught.items():
        row = rule.rows[word]
        if answer is None:
            seen[("undefined", "")] = None
        elif answer == row[rule.source]:
            seen[("echo", "")] = None
        else:
            columns = [c for c, cell in row.items() if cell == answer and c not in (rule.source, rule.target)]
            seen.update({("column", column): None for column in columns})
            if sum(other == answer for other in caught.values()) > 1 or not columns:
                seen[("fixed", answer)] = None
    yield from seen


def next_words(ranked: Sequence[Ranked], answers: Answers, count: int) -> list[str]:
    """Words to ask about: first where explanations disagree, then members of classes that were hardly asked about."""
    if not ranked:
        return []
    return telling(ranked, answers, count) or cover(ranked[0].relation, answers, count)


def telling(ranked: Sequence[Ranked], answers: Answers, count: int) -> list[str]:
    """Words that split the likely explanations best, each unlike the ones before."""
    alive = [r.relation for r in ranked if r.worth > ranked[0].worth - 2.0 and r.relation.rule.rows]
    rule = alive[0].rule
    signs: dict[tuple[str | None, ...], str] = {}
    for word in rule.rows:
        if word not in answers:
            signs.setdefault(tuple(r.answer(word) for r in alive), word)
    patterns: dict[tuple[bool, ...], str] = {}
    for sign, word in signs.items():
        patterns.setdefault(tuple(a == sign[0] for a in sign), word)
    split = [(min(sum(p), len(p) - sum(p)), word) for p, word in patterns.items() if not all(p)]
    return [_written(rule, word) for _, word in sorted(split, key=lambda entry: -entry[0])[:count]]


def cover(relation: Relation, answers: Answers, count: int, times: int = 2) -> list[str]:
    """Words in whose classes less than `times` words were asked about; few words for many classes."""
    rule = relation.rule
    groups = [members(rule, c) for c in classes(rule)]
    groups = [g for g in groups if len(g) >= 0.05 * len(rule.rows)]
    missing = [times - sum(word in g for word in answers) for g in groups]
    weight = [len(g) ** 0.5 for g in groups]
    chosen: list[str] = []
    left = [word for word in rule.rows if word not in answers]
    of = {word: [i for i, g in enumerate(groups) if word in g] for word in left}
    while len(chosen) < count and any(m > 0 for m in missing):
        gain, word = max(
            ((sum(weight[i] for i in of[w] if missing[i] > 0), w) for w in left), key=lambda e: e[0], default=(0.0, "")
        )
        if not gain:
            break
        left.remove(word)
        chosen.append(_written(rule, word))
        for i in of[word]:
            missing[i] -= 1
    return chosen


def _written(rule: Rule, word: str) -> str:
    """A word of the domain as its table writes it."""
    return rule.rows[word][rule.source]


def answers_of(pairs: Sequence[tuple[object, object]]) -> dict[str, str | None]:
    """Observed pairs by the plain form of their words."""
    return {plain(str(word)): None if answer is None else str(answer) for word, answer in pairs}
