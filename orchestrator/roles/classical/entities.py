"""What is known of synthetic neurons: how to survey the taxonomy of nouns, and the scripts that do it."""

from collections.abc import Sequence

from functions.brief import Brief, Claim
from orchestrator.roles.classical.scripts import strike
from orchestrator.roles.classical.words import header
from orchestrator.roles.classical.words_findings import FoundWords
from orchestrator.roles.messages import Measurement

FIRST, DEEP, TELLING = 78, (16, 28), 16
"""Percent of the queries for the first round, the others being the critic's; least and most percent for words that
tell concepts apart, and how many of those are enough: every other word may show a concept that nothing else shows."""

TOLERANCE = 0.4
"""A response that differs by more breaks a hypothesis: less is a matter of how a word's meanings weigh."""


class EntityCraft:
    """Neurons: word in, response in 0..1 out."""

    question = "Which words does the neuron respond to?"

    def survey(self, queries: int) -> Sequence[Measurement]:
        """Words all over the taxonomy, then those that tell concepts apart."""
        least, most = (queries * share // 100 for share in DEEP)
        deep = max(least, min(most, TELLING))
        return (
            Measurement(design="survey", queries=-(-queries * FIRST // 100) - deep, why="words of all concepts"),
            Measurement(design="rivals", queries=deep, why="words that tell concepts apart"),
        )

    def explain(self, brief: Brief, wide: int, deep: int) -> str:
        """A script that surveys, descends where words respond, and reports."""
        return (
            header("Which concepts does it respond to, and where does it fail?", brief)
            + f"found = words.study_neuron(known, oracle.query, wide={wide}, deep={deep})\n"
            + "report(words.neuron_report(found))\n"
        )

    def attack(self, brief: Brief, hypothesis: str, code: str, strikes: int) -> str:
        """A script that asks about subgroups and siblings, and reports each blow."""
        return (
            header(f"Where is {hypothesis} most likely to break, and does it?", brief)
            + f"# {hypothesis}, as it was stated\n{code}\n\n"
            + f"planned = words.neuron_attacks(known(), {strikes})\n"
            + strike(f"words.confront(function, volley, oracle.query, tolerance={TOLERANCE})")
        )

    def claims(self, found: FoundWords) -> tuple[Claim, ...]:
        """The concepts, where it fails, and the noise."""
        base = tuple(Claim(kind="concept", about="base", name=name, text=f"responds to {name}") for name in found.names)
        if not found.names:
            return ()
        noise = (
            Claim(kind="noise", about="noise", name="uniform", value=found.noise, text="uniform noise")
            if found.noise
            else Claim(kind="absent", about="noise", text="There is no noise.")
        )
        if not found.regions:
            return (*base, Claim(kind="absent", about="region", text="There is no subgroup on which it fails."), noise)
        parts = tuple(Claim(kind="concept", about="region", name=p.condition, text=p.behaviour) for p in found.regions)
        return (*base, *parts, noise)
