"""Held-out relations: chains of two rules that lead where no single rule of the catalogue does."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Literal, Self

from pydantic import model_validator

from functions.brief import Brief, Category, Claim, Exemplar, Record
from functions.data import TableRef, canonical
from functions.identity import sha256_of
from functions.numeric.draws import Draws
from functions.relation.catalogue import rules
from functions.relation.inputs import exemplar_words, hidden_words
from functions.relation.rule import Lookup

VERSION = 1  # of everything that decides which chains are drawn
_DEFINED = 0.6  # of the first rule's domain, where the chain leads somewhere
_FEWEST = 15  # words in it
_DOMINANT = 0.4  # no answer is given to more words than this share
_DIFFERENT = 0.2  # of the words, answered otherwise than by any single rule and than by the word itself
_OWN_TAKES = 500  # of one index: later ones may begin with another rule

_SENTENCES = (
    "Given {given}, it first finds {middle}; from that it returns {gives}. There is no exception.",
    "The input is {given}. It goes two steps: first to {middle}, and from there to {gives}, which it returns.",
    "It maps {given} to {middle}, and that in turn to {gives}. This holds without an exception.",
    "Ask it with {given}: it looks up {middle}, looks that up in turn, and answers with {gives}.",
    "Two rules in a row: for {given}, {middle}; for the result, {gives}. Only the last one is the output.",
)
_OUTSIDE = "Anything else is undefined, and so is an input where either step leads nowhere."

_CODE = '''\
TABLE = """
{table}
"""
ANSWERS = dict(line.split(" = ") for line in TABLE.strip().splitlines())


def function(word):
    """The answer after two steps; None where it is undefined."""
    word = " ".join(word.lower().replace("-", " ").replace("_", " ").split()).rstrip(". ")
    return ANSWERS.get(word)
'''


class ChainSpec(Record):
    """What the second rule gives for what the first one gives. Undefined where either is."""

    category: Literal[Category.RELATION] = Category.RELATION
    chain: tuple[Lookup, Lookup]

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if any(lookup.departure for lookup in self.chain):
            raise ValueError("the rules of a chain have no exceptions")
        return self

    @property
    def sha256(self) -> str:
        """The identity of this function; it covers the content of both tables."""
        return sha256_of(self)

    @property
    def phrasings(self) -> int:
        """How many descriptions `describe` can give."""
        return len(_SENTENCES)

    def evaluate(self, inputs: Sequence[str]) -> tuple[str | None, ...]:
        """The answer to each word, None where undefined."""
        for lookup in self.chain:
            lookup.table.check()
        return tuple(answers(self.chain).get(canonical(word)) for word in inputs)

    def answer(
        self, inputs: Sequence[str], asked_before: Sequence[int] = (), secret: bytes = b""
    ) -> tuple[str | None, ...]:
        """What an oracle answers. Repetition and secret change nothing, for there is no noise."""
        del asked_before, secret
        return self.evaluate(inputs)

    def describe(self, phrasing: int = 0) -> str:
        """Both steps and where it is undefined, in English."""
        first, second = (lookup.rule for lookup in self.chain)
        sentence = _SENTENCES[phrasing % len(_SENTENCES)]
        return f"{sentence.format(given=first.given, middle=first.gives, gives=second.gives)} {_OUTSIDE}"

    def claims(self) -> tuple[Claim, ...]:
        """A `rule` for each step, its value the place in the chain; no exception, no noise."""
        steps = (
            Claim(
                kind="rule",
                about="base",
                name=lookup.rule.name,
                value=place,
                text=f"Step {place}: for {lookup.rule.given}, it gives {lookup.rule.gives}.",
            )
            for place, lookup in enumerate(self.chain, 1)
        )
        return (
            *steps,
            Claim(kind="absent", about="region", text="There is no exception to the rules."),
            Claim(kind="absent", about="noise", text="There is no noise."),
        )

    def reference_code(self) -> str:
        """Python that defines `function(word)`, right for every input. It imports nothing."""
        return _CODE.format(table="\n".join(f"{word} = {answer}" for word, answer in answers(self.chain).items()))

    def exemplars(self, count: int) -> tuple[Exemplar, ...]:
        """Up to `count` words with their answers, some of them undefined; never among hidden inputs."""
        words = exemplar_words(self.chain[0], self.sha256, count)
        return tuple(Exemplar(input=x, output=y) for x, y in zip(words, self.evaluate(words), strict=True))

    def hidden_inputs(self, secret: bytes, count: int) -> dict[str, tuple[str, ...]]:
        """About `count` words to judge with, by stratum, see `functions.relation.inputs`. Words for which only the
        first step leads anywhere are a stratum of their own, `broken`."""
        strata = hidden_words(self.chain[0], self.sha256, secret, count)
        known = answers(self.chain)
        broken = tuple(word for word in strata["rule"] if canonical(word) not in known)
        strata["rule"] = tuple(word for word in strata["rule"] if canonical(word) in known)
        return strata | {"broken": broken} if broken else strata

    def hard_negatives(self, count: int) -> tuple[Self, ...]:
        """Up to `count` chains with the same first step that answer otherwise."""
        draws = Draws(f"siblings of {self.sha256}")
        others = [pair for pair in chains(tuple(rules())) if rules()[pair[0]] == self.chain[0].rule]
        found = (type(self)(chain=_lookups(pair)) for pair in draws.shuffled(others))
        return tuple(spec for spec in found if answers(spec.chain) != answers(self.chain))[:count]

    def brief(self, query_budget: int, exemplars: int = 0) -> Brief:
        """All that agents may know, with this many exemplars."""
        return Brief(
            category=self.category,
            input_type="word",
            query_budget=query_budget,
            exemplars=self.exemplars(exemplars),
        )


class Recipe(Record):
    """The names of the rules that chains are made of."""

    rules: tuple[str, ...]


def generate(seed: int, index: int, recipe: Recipe, take: int = 0) -> ChainSpec:
    """The chain number `index` of that seed; `take` gives others in its place. Every first rule takes its turn.

    A first rule has few chains: after a good many takes that the caller had already, any chain will do.
    """
    starts = tuple(dict.fromkeys(first for first, _ in chains(recipe.rules)))
    turn, place = divmod(index, len(starts))
    start = Draws(f"heldout relation {VERSION} {seed} {turn}").shuffled(starts)[place]
    choices = [pair for pair in chains(recipe.rules) if pair[0] == start or take >= _OWN_TAKES]
    return ChainSpec(chain=_lookups(Draws(f"heldout relation {VERSION} {seed} {index} {take}").choose(choices)))


@lru_cache(maxsize=4)
def chains(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Every pair of rules that is worth asking about: it leads far enough, and nowhere that a single rule leads."""
    return tuple(pair for pair in product(names, names) if _is_worth_asking(pair))


@lru_cache(maxsize=256)
def answers(chain: tuple[Lookup, Lookup]) -> Mapping[str, str]:
    """Every word of the domain for which the chain leads somewhere, with its answer."""
    first, second = chain[0].answers(), chain[1].answers()
    found = {word: second.get(canonical(middle)) for word, middle in first.items() if middle is not None}
    return {word: answer for word, answer in found.items() if answer is not None}


def _is_worth_asking(pair: tuple[str, str]) -> bool:
    lookups = _lookups(pair)
    found, domain = answers(lookups), lookups[0].rows()
    if len(found) < max(_FEWEST, _DEFINED * len(domain)):
        return False
    if max(Counter(found.values()).values()) > _DOMINANT * len(found):
        return False
    others = [_plain(name).answers() for name, rule in rules().items() if rule[1:3] == lookups[0].rule[1:3]]
    others.append({word: row[lookups[0].source] for word, row in domain.items()})
    return all(
        sum(answer != other.get(word) for word, answer in found.items()) >= _DIFFERENT * len(found) for other in others
    )


@cache
def _plain(name: str) -> Lookup:
    rule = rules()[name]
    return Lookup(table=TableRef.to(rule.table), source=rule.source, target=rule.target)


def _lookups(pair: tuple[str, str]) -> tuple[Lookup, Lookup]:
    return _plain(pair[0]), _plain(pair[1])
