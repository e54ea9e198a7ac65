"""The code judge for functions of texts and words: strings, neurons, relations.

Hidden inputs come from a hash of the label below and the spec's sha256, in strata of equal weight. At each input a
candidate earns a credit between 0 and 1: for strings and relations 1 where it gives the expected output, for neurons
1 - (response - expected)^2, so that the normalised score is a Brier skill score. The headline is the mean over strata,
normalised by the best trivial answer.
"""

import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from functions.entity import EntitySpec
from functions.spec import Value
from functions.string import StringSpec
from judges.code import measures
from judges.code.baselines import normalised
from judges.code.trivial import trivial_answers
from judges.grade import CodeGrade, Judge, Measure, Outcome, RegionScore
from judges.truth import WordTruth
from sandbox.client import Answer

JUDGE = Judge(name="code", version="1")
LABEL = "hidden-words@1"
COUNT = 300
UNDISTURBED = {StringSpec: "base", EntitySpec: "inside"}  # relations: `rule`

Row = tuple[Value | None, ...]
Respondent = Callable[[Sequence[str]], tuple[Answer, ...]]


@dataclass(frozen=True)
class Stratum:
    """Hidden inputs of one kind, with the expected output of each."""

    name: str
    inputs: tuple[str, ...]
    expected: Row

    def first(self, most: int | None) -> "Stratum":
        """The same with no more inputs than that."""
        return Stratum(self.name, self.inputs[:most], self.expected[:most])


def strata(truth: WordTruth) -> tuple[Stratum, ...]:
    """The hidden inputs: the same for every team, and never among exemplars."""
    secret = sha256(f"{LABEL}/{truth.sha256}".encode()).digest()
    hidden = truth.hidden_inputs(secret, COUNT)
    return tuple(Stratum(name, words, truth.evaluate(words)) for name, words in hidden.items())


def judge_word_answers(truth: WordTruth, respond: Respondent, query_budget: int, most: int | None = None) -> CodeGrade:
    """Grade anything that gives one answer to each of a row of inputs. It is asked once, of each stratum `most`."""
    parts = tuple(part.first(most) for part in strata(truth))
    kind = float if isinstance(truth, EntitySpec) else str
    answers = tuple(_checked(answer, kind) for answer in respond([x for part in parts for x in part.inputs]))
    earned = _credits(parts, [None if a.error else (a.value,) for a in answers])
    trivial = {
        name: _means(_credits(parts, [(answer(x),) for part in parts for x in part.inputs]))
        for name, answer in trivial_answers(truth, parts, query_budget)
    }
    name, best = max(trivial.items(), key=lambda entry: _mean(entry[1]))
    agreement = _means(earned)
    of = dict(zip((part.name for part in parts), agreement, strict=True))
    return CodeGrade(
        judge=JUDGE,
        outcome=Outcome.GRADED,
        score=normalised(_mean(agreement), _mean(best)),
        agreement=_mean(agreement),
        base_agreement=of.get(UNDISTURBED.get(type(truth), "rule"), 0.0),
        baseline=_mean(best),
        baseline_name=name,
        regions=tuple(
            RegionScore(region=part.name, inputs=len(part.inputs), agreement=a, baseline=b)
            for part, a, b in zip(parts, agreement, best, strict=True)
        ),
        errors=measures.most_frequent(answers),
        error_rate=sum(a.error is not None for a in answers) / len(answers),
        measures=tuple(Measure(name=n, value=v) for n, v in _measures(truth, parts, answers).items()),
    )


def credit(expected: Value | None, answer: Value | None) -> float:
    """What an answer earns. Texts are equal up to Unicode's canonical equivalence; a number is never a text."""
    if isinstance(expected, str) or expected is None or isinstance(answer, str) or answer is None:
        return float(_composed(expected) == _composed(answer))
    return 1 - min(1.0, (expected - answer) ** 2) if math.isfinite(answer) else 0.0


def _composed(value: Value | None) -> Value | None:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _checked(answer: Answer, kind: type[str] | type[float]) -> Answer:
    if answer.value is None or isinstance(answer.value, kind):
        return answer
    return Answer(error=f"the code returned a {'text' if kind is float else 'number'}")


def _credits(parts: tuple[Stratum, ...], answers: Sequence[tuple[Value | None] | None]) -> list[list[float]]:
    """By stratum: the credit of each answer (None: a failure, which earns nothing)."""
    rest = iter(answers)
    return [
        [0.0 if answer is None else credit(y, answer[0]) for y, answer in zip(part.expected, rest, strict=False)]
        for part in parts
    ]


def _means(rows: list[list[float]]) -> list[float]:
    return [_mean(row) for row in rows]


def _mean(row: Sequence[float]) -> float:
    return math.fsum(row) / len(row)


def _measures(truth: WordTruth, parts: tuple[Stratum, ...], answers: tuple[Answer, ...]) -> dict[str, float]:
    expected = [y for part in parts for y in part.expected]
    given = [a.value for a in answers]
    failed = [a.error is not None for a in answers]
    if isinstance(truth, StringSpec):
        return measures.of_texts(expected, given, failed)
    if isinstance(truth, EntitySpec):
        return measures.of_responses(expected, given)
    exceptional = [part.name == "exception" for part in parts for _ in part.inputs]
    return measures.of_relation(expected, given, failed, exceptional)
