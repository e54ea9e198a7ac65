"""Where verdicts are kept while prose is matched with the truth."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from functions.brief import Claim
from judges.grade import ClaimVerdict

Verdict = Literal["supported", "contradicted", "missing", "unsupported"]


@dataclass
class Ledger:
    """For each true claim what speaks for and against it, and each claim made with its verdict.

    A claim that is stated rightly but as often wrongly is contradicted: offering alternatives earns nothing.
    """

    claims: tuple[Claim, ...]
    right: Counter[int] = field(default_factory=Counter)
    wrong: Counter[int] = field(default_factory=Counter)
    words: dict[int, str] = field(default_factory=dict)
    _made: dict[Claim, ClaimVerdict] = field(default_factory=dict)

    def support(self, claim: int, words: str) -> None:
        """Words that state the true claim at this place."""
        self.right[claim] += 1
        self.words.setdefault(claim, words)

    def oppose(self, claim: int, words: str) -> None:
        """Words that deny it, or state it wrongly."""
        self.wrong[claim] += 1
        self.words.setdefault(claim, words)

    def take_back(self, claim: int, words: str) -> None:
        """Words that undo whatever was said for it."""
        self.wrong[claim] += self.right[claim]
        self.words[claim] = words

    def make(self, claim: Claim, verdict: Verdict) -> None:
        """A claim of the description, its words as its text. The same one twice counts once."""
        bare = claim.model_copy(update={"text": ""})
        self._made.setdefault(bare, ClaimVerdict(claim=claim, verdict=verdict, found=claim.text))

    @property
    def made(self) -> tuple[ClaimVerdict, ...]:
        """Each claim of the description, in the order in which they were judged."""
        return tuple(self._made.values())

    def verdict(self, claim: int) -> Verdict:
        """What the description says of a true claim."""
        if self.right[claim] > self.wrong[claim]:
            return "supported"
        return "contradicted" if self.wrong[claim] else "missing"

    def places(self, kind: str, about: str) -> list[int]:
        """Where the true claims of a kind about a part are."""
        return [i for i, claim in enumerate(self.claims) if claim.kind == kind and claim.about == about]
