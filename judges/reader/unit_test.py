"""The unit test: from the description alone, which example did the function produce?

Each question is asked several times with the options moved on by one place, so that a liking for a place helps nobody.
The score is corrected for chance: 0 is guessing, 1 is always right.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import numpy as np

from functions.brief import Record
from functions.errors import BadInput
from functions.numeric import NumericSpec
from judges.grade import Answered, DescriptionGrade, Judge, Measure, Outcome
from judges.negatives import Gradable
from judges.reader.asking import Reader, prompts_version, question
from judges.reader.examples import Example, examples
from judges.truth import WORDS, AnyTruth

QUESTIONS = 8
VOTES = 3
ANSWERED = 0.8  # of the votes: fewer is no reading of the description
LETTERS = "ABCD"


class OneOfTwo(Record):
    """The letter of the example that fits."""

    choice: Literal["A", "B"]


class OneOfThree(Record):
    """The letter of the example that fits."""

    choice: Literal["A", "B", "C"]


class OneOfFour(Record):
    """The letter of the example that fits."""

    choice: Literal["A", "B", "C", "D"]


Choice = OneOfTwo | OneOfThree | OneOfFour
FORMS: dict[int, type[OneOfTwo] | type[OneOfThree] | type[OneOfFour]] = {2: OneOfTwo, 3: OneOfThree, 4: OneOfFour}


class UnitTestJudge:
    """A description judge that lets a model choose among examples. An empty description is not put to it: it gets 0."""

    def __init__(self, reader: Reader, questions: int = QUESTIONS, votes: int = VOTES) -> None:
        self._reader, self._questions, self._votes = reader, questions, votes
        self.identity = Judge(name="unit-test", version=f"1-{prompts_version()}", model=reader.model)

    def judge(self, truth: AnyTruth, description: str) -> DescriptionGrade:
        """Grade prose. `unscored` where the model mostly gave no answer. Raises what the reader raises."""
        spec = generated(truth)
        if not description.strip():
            return DescriptionGrade(judge=self.identity, outcome=Outcome.GRADED, score=0.0)
        asked = examples(spec, self._questions)
        chosen = [self._vote(spec, description, example) for example in asked]
        return self._grade(asked, chosen)

    def _vote(self, truth: Gradable, description: str, example: Example) -> tuple[int | None, ...]:
        """The place of the option that each vote chose, in the example's own order."""
        return tuple(self._choose(truth, description, example, moved) for moved in range(self._votes))

    def _choose(self, truth: Gradable, description: str, example: Example, moved: int) -> int | None:
        count = len(example.options)
        places = [(n + moved) % count for n in range(count)]
        options = [(LETTERS[n], example.options[place]) for n, place in enumerate(places)]
        said = self._reader.answer(question("unit_test", truth, description, options=options), FORMS[count])
        return None if said is None else places[LETTERS.index(said.choice)]

    def _grade(self, asked: Sequence[Example], chosen: Sequence[tuple[int | None, ...]]) -> DescriptionGrade:
        votes = [vote for row in chosen for vote in row]
        answered = sum(vote is not None for vote in votes) / len(votes) if votes else 0.0
        right = [_share(row, example) for row, example in zip(chosen, asked, strict=True)]
        chance = float(np.mean([1 / len(e.options) for e in asked])) if asked else 0.0
        accuracy = float(np.mean(right)) if right else 0.0
        score = max(0.0, (accuracy - chance) / (1 - chance))
        known = answered >= ANSWERED
        return DescriptionGrade(
            judge=self.identity,
            outcome=Outcome.GRADED if known else Outcome.UNSCORED,
            score=score if known else 0.0,
            coverage=answered,
            answers=tuple(
                Answered(
                    question=" | ".join(example.options),
                    right=example.options[example.right],
                    votes=tuple(None if vote is None else example.options[vote] for vote in row),
                    credit=credit,
                )
                for example, row, credit in zip(asked, chosen, right, strict=True)
            ),
            measures=(
                Measure(name="accuracy", value=accuracy),
                Measure(name="chance", value=chance),
                Measure(name="position_bias", value=position_bias(asked, chosen)),
            ),
        )


def position_bias(asked: Sequence[Example], chosen: Sequence[tuple[int | None, ...]]) -> float:
    """How much more often the favourite letter was chosen than it was right, as a share of the votes given."""
    said: Counter[int] = Counter()
    due: Counter[int] = Counter()
    for example, row in zip(asked, chosen, strict=True):
        for moved, vote in enumerate(row):
            if vote is not None:
                said[(vote - moved) % len(example.options)] += 1
                due[(example.right - moved) % len(example.options)] += 1
    total = said.total()
    return max((said[n] - due[n] for n in said), default=0) / total if total else 0.0


def generated(truth: AnyTruth) -> Gradable:
    """The truth as a generated function. Raises `BadInput` for any other: nobody knows functions that are near it."""
    if isinstance(truth, (NumericSpec, *WORDS)):
        return truth
    raise BadInput("Only generated functions can be judged by a reader: of others nobody knows what is near to them.")


def _share(votes: Sequence[int | None], example: Example) -> float:
    """Of the votes, how many are right; one that was not given is not."""
    return sum(vote == example.right for vote in votes) / len(votes)
