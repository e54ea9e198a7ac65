"""Prediction: a model that sees only the description says what the function gives for hidden inputs, graded like code.

The inputs are some of those that code is asked at, the comparison and the trivial baselines are the code judge's own.
"""

import json
from collections import Counter
from collections.abc import Sequence
from statistics import median

from functions.brief import Category, Record
from functions.numeric import NumericSpec
from functions.spec import Value, evaluate
from judges.code.judge import QUERY_BUDGET, judge_answers
from judges.code.words import judge_word_answers
from judges.grade import Answered, DescriptionGrade, Judge, Measure, Outcome
from judges.negatives import Gradable
from judges.reader.asking import Reader, prompts_version, question
from judges.reader.unit_test import ANSWERED, VOTES, generated
from judges.truth import AnyTruth
from sandbox.client import Answer

MOST = 8  # inputs of each region or stratum
BATCH = 10  # inputs that are asked about at a time
KINDS = {
    Category.NUMERIC: "a number",
    Category.STRING: "the text, exactly",
    Category.ENTITY: "a number from 0 to 1",
    Category.RELATION: "the word",
}


class NumberAt(Record):
    """The output for the input with this number; null: undefined."""

    number: int
    output: float | None


class TextAt(Record):
    """The output for the input with this number; null: undefined."""

    number: int
    output: str | None


class Numbers(Record):
    """One output for each input."""

    outputs: tuple[NumberAt, ...]


class Texts(Record):
    """One output for each input."""

    outputs: tuple[TextAt, ...]


class PredictionJudge:
    """A description judge that lets a model predict. An empty description is not put to it: it gets 0."""

    def __init__(self, reader: Reader, votes: int = VOTES) -> None:
        self._reader, self._votes = reader, votes
        self.identity = Judge(name="prediction", version=f"1-{prompts_version()}", model=reader.model)

    def judge(self, truth: AnyTruth, description: str) -> DescriptionGrade:
        """Grade prose. `unscored` where the model gave too few predictions. Raises what the reader raises."""
        spec = generated(truth)
        if not description.strip():
            return DescriptionGrade(judge=self.identity, outcome=Outcome.GRADED, score=0.0)
        asked = _Interview(self._reader, self._votes, spec, description)
        if isinstance(spec, NumericSpec):
            graded = judge_answers(spec, lambda x: asked.respond(x.tolist()), most=MOST)
        else:
            graded = judge_word_answers(spec, asked.respond, QUERY_BUDGET, most=MOST)
        known = 1 - graded.error_rate >= ANSWERED
        return DescriptionGrade(
            judge=self.identity,
            outcome=Outcome.GRADED if known else Outcome.UNSCORED,
            score=graded.score if known else 0.0,
            coverage=1 - graded.error_rate,
            answers=asked.evidence(),
            measures=(
                Measure(name="agreement", value=graded.agreement),
                Measure(name="baseline", value=graded.baseline),
                *graded.measures,
            ),
        )


class _Interview:
    """One model asked about one description; keeps what it said."""

    def __init__(self, reader: Reader, votes: int, truth: Gradable, description: str) -> None:
        self._reader, self._votes, self._truth, self._description = reader, votes, truth, description
        self._said: list[tuple[Value, tuple[Answer, ...]]] = []

    def respond(self, inputs: Sequence[Value]) -> tuple[Answer, ...]:
        """One answer for each input: the median of the votes, or the most frequent; an error where there is none."""
        for start in range(0, len(inputs), BATCH):
            batch = inputs[start : start + BATCH]
            votes = [self._predict(batch) for _ in range(self._votes)]
            self._said += zip(batch, zip(*votes, strict=True), strict=True)
        return tuple(_settled(given) for _, given in self._said)

    def evidence(self) -> tuple[Answered, ...]:
        """What was said, beside what is so."""
        expected = evaluate(self._truth, [x for x, _ in self._said])
        return tuple(
            Answered(
                question=_shown(x),
                right=_shown(y),
                votes=tuple(None if a.error else _shown(a.value) for a in given),
                credit=sum(not a.error and a.value == y for a in given) / len(given),
            )
            for (x, given), y in zip(self._said, expected, strict=True)
        )

    def _predict(self, batch: Sequence[Value]) -> tuple[Answer, ...]:
        """One vote on each input of a batch."""
        asked = question(
            "prediction",
            self._truth,
            self._description,
            inputs=[(n, _shown(x)) for n, x in enumerate(batch, 1)],
            kind=KINDS[self._truth.category],
        )
        numeric = self._truth.category in (Category.NUMERIC, Category.ENTITY)
        said: Numbers | Texts | None
        said = self._reader.answer(asked, Numbers) if numeric else self._reader.answer(asked, Texts)
        given: dict[int, Value | None] = {} if said is None else {each.number: each.output for each in said.outputs}
        return tuple(
            Answer(value=given[n]) if n in given else Answer(error="the model gave no prediction")
            for n in range(1, len(batch) + 1)
        )


def _settled(votes: Sequence[Answer]) -> Answer:
    """What most votes say; of numbers that differ, the median."""
    given = [vote.value for vote in votes if not vote.error]
    if not given:
        return votes[0]
    numbers = [value for value in given if isinstance(value, float)]
    if 2 * len(numbers) > len(given):
        return Answer(value=median(numbers))
    return Answer(value=Counter(given).most_common(1)[0][0])


def _shown(value: Value | None) -> str:
    """As JSON, so that a text cannot pass for anything else; numbers as short as they are told apart."""
    return f"{value:.8g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
