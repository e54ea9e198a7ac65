"""What is known of relations between words: how to find their domain, and the scripts that do it."""

from collections.abc import Sequence

from functions.brief import Brief, Claim
from orchestrator.roles.classical.scripts import strike
from orchestrator.roles.classical.words import header
from orchestrator.roles.classical.words_findings import FoundWords
from orchestrator.roles.messages import Measurement

FIRST = 75
"""Percent of the queries for the first round, which ends sooner where every class of inputs has been asked about."""


class RelationCraft:
    """Relations: word in, word out."""

    question = "Which words does the relation answer, and with what?"

    def survey(self, queries: int) -> Sequence[Measurement]:
        """Words of all domains, then of all classes of the domain that answers."""
        ask = -(-queries * FIRST // 100)
        return (Measurement(design="survey", queries=ask, why="find the domain, then ask about each class of inputs"),)

    def explain(self, brief: Brief, wide: int, deep: int) -> str:
        """A script that finds the domain, tells rules apart, looks for exceptions, and reports."""
        return (
            header("Which rule explains the answers, and where does it not hold?", brief)
            + f"found = words.study_relation(known(), oracle.query, {wide + deep})\n"
            + "report(words.relation_report(found))\n"
        )

    def attack(self, brief: Brief, hypothesis: str, code: str, strikes: int) -> str:
        """A script that asks about classes hardly asked about and words of other domains, and reports each blow."""
        return (
            header(f"Where is {hypothesis} most likely to break, and does it?", brief)
            + f"# {hypothesis}, as it was stated\n{code}\n\n"
            + f"planned = words.relation_attacks(known(), {strikes})\n"
            + strike("words.confront(function, volley, oracle.query)")
        )

    def claims(self, found: FoundWords) -> tuple[Claim, ...]:
        """The rule, and where it does not hold; nothing where answers are left unexplained."""
        if not found.explained:
            return ()
        rule = tuple(Claim(kind="rule", about="base", name=name, text=name) for name in found.names)
        if not found.regions:
            return (*rule, Claim(kind="absent", about="region", text="There is no exception."))
        return (
            *rule,
            *(Claim(kind="condition", about="region", name=p.condition, text=p.behaviour) for p in found.regions),
        )
