"""The offline description judge: no model, no network, the same grade every time."""

import re
from dataclasses import dataclass

from functions.brief import Claim
from functions.entity import EntitySpec
from functions.heldout.relations import ChainSpec
from functions.numeric.vector import VectorSpec
from functions.relation import RelationSpec
from functions.string import StringSpec
from judges.description import entities, lexicon, relations, strings, vectors
from judges.description.behaviour import Behaviour, behaviour
from judges.description.denial import SHORT, without_denied
from judges.description.departures import NETWORK
from judges.description.evidence import without_evidence
from judges.description.last_step import features_of, last_step
from judges.description.ledger import Ledger
from judges.description.matching import gated, match
from judges.description.reader import read
from judges.description.text import clauses, normalise
from judges.description.vacuous import is_vacuous
from judges.grade import ClaimVerdict, DescriptionGrade, Judge, Outcome
from judges.truth import WORDS, AnyTruth, WordTruth

UNDERSTOOD = 0.1  # of a text: less, with no claim found, is no text that this judge can grade
_KNOWN = re.compile("|".join([r"\d", lexicon.NOISE.pattern, lexicon.NO_REGION.pattern, *lexicon.FAMILY_PATTERNS]))
WORDS_ENOUGH = 18  # different ones: a text of fewer says next to nothing, in whatever way


class ClaimsJudge:
    """Reads claims out of prose and matches them with the true claims, both ways.

    Recall is the share of true claims that the prose supports; precision the share of its own claims that are true;
    f1 their harmonic mean. What prose says of a numeric function's behaviour is executed on it; `score` follows from
    these by a small trained step. Prose without any claim that the reader understands gets 0; where it is long, not
    vacuous, and next to nothing of it was read, it is `unscored`.
    """

    identity = Judge(name="claims", version="7")

    def judge(self, truth: AnyTruth, description: str) -> DescriptionGrade:
        """Grade prose against the truth."""
        does, worth = Behaviour(), 0.0
        short = 0 if isinstance(truth, RelationSpec | ChainSpec) else SHORT
        said = without_denied(description, verbs=not isinstance(truth, EntitySpec), short=short)
        if isinstance(truth, WORDS):
            verdicts = _match_words(truth, without_evidence(said))
            worth = verdicts.worth
        elif isinstance(truth, VectorSpec):
            several = vectors.match(truth, said)
            verdicts = _Verdicts(several.true, several.made, _coverage(said, does))
        else:
            network = any(claim.name == NETWORK for claim in truth.claims())
            numeric = match(truth, read(said, network))
            does = behaviour(truth, said)
            worth = does.worth if does.false_bits else max(does.worth, numeric.closeness)
            verdicts = _Verdicts(numeric.true, numeric.made, _coverage(said, does))
        recall, precision = _supported(_asked_for(verdicts.true)), _supported(verdicts.made)
        f1 = 2 * recall * precision / (recall + precision) if recall and precision else 0.0
        unread = (
            not verdicts.made
            and not does.said
            and verdicts.coverage < UNDERSTOOD
            and len(set(description.lower().split())) >= WORDS_ENOUGH
            and not is_vacuous(description)
        )
        return DescriptionGrade(
            judge=self.identity,
            outcome=Outcome.UNSCORED if unread else Outcome.GRADED,
            recall=recall,
            precision=precision,
            f1=f1,
            score=last_step().score(features_of(f1, worth, _contradicted(verdicts.true))),
            behaviour=worth,
            coverage=verdicts.coverage,
            true_claims=verdicts.true,
            made_claims=verdicts.made,
        )


def _contradicted(verdicts: tuple[ClaimVerdict, ...]) -> float:
    return sum(v.verdict == "contradicted" for v in verdicts) / len(verdicts) if verdicts else 0.0


def _coverage(text: str, does: Behaviour) -> float:
    """The share of clauses in which something is that the readers know: a number, a family, noise, behaviour."""
    said = [clause for sentence in clauses(normalise(text)) for clause in sentence if len(clause.split()) > 1]
    words = tuple(words for words, _ in does.said)
    known = sum(bool(_KNOWN.search(clause)) or any(w in clause for w in words) for clause in said)
    return known / len(said) if said else 0.0


@dataclass(frozen=True)
class _Verdicts:
    true: tuple[ClaimVerdict, ...]
    made: tuple[ClaimVerdict, ...]
    coverage: float
    worth: float = 0.0  # -1 to 1: of what was read as a whole, executed


def _match_words(truth: WordTruth, description: str) -> _Verdicts:
    """Claims about strings, neurons and relations, each read in its own way."""
    ledger = Ledger(tuple(claim for claim in truth.claims() if _is_asked(truth, claim)))
    worth = 0.0
    if isinstance(truth, StringSpec):
        texts = strings.read(description)
        strings.match(truth, texts, ledger)
        coverage = texts.coverage
    elif isinstance(truth, EntitySpec):
        neuron = entities.read(description)
        entities.match(truth, description, neuron, ledger)
        coverage, worth = neuron.coverage, entities.closeness(truth, neuron, ledger)
    else:
        rule = relations.read(description)
        relations.match(truth, rule, ledger)
        coverage = rule.coverage
    true = tuple(
        ClaimVerdict(claim=claim, verdict=ledger.verdict(i), found=ledger.words.get(i, ""))
        for i, claim in enumerate(ledger.claims)
    )
    return _Verdicts(gated(true), ledger.made, coverage, worth)


def _is_asked(truth: WordTruth, claim: Claim) -> bool:
    """Nobody needs to say that a function lacks what no function of its kind has: noise, for chains an exception."""
    never = set() if isinstance(truth, EntitySpec) else {"noise"}
    return claim.kind != "absent" or claim.about not in (never | {"region"} if isinstance(truth, ChainSpec) else never)


def _asked_for(verdicts: tuple[ClaimVerdict, ...]) -> tuple[ClaimVerdict, ...]:
    """Those that a description has to say: what is not there may go without saying."""
    return tuple(v for v in verdicts if v.claim.kind != "absent" or v.verdict != "missing")


def _supported(verdicts: tuple[ClaimVerdict, ...]) -> float:
    return sum(v.verdict == "supported" for v in verdicts) / len(verdicts) if verdicts else 0.0
