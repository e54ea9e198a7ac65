"""The judges there are, and how good each is known to be: the figures of docs/judging.md, in a sentence."""

from functions.brief import Record
from judges.code import JUDGE
from judges.description import ClaimsJudge
from judges.reader.asking import prompts_version


class Known(Record):
    """A judge, what it grades, and what is known of its worth."""

    name: str
    version: str
    of: str
    worth: str


def known() -> tuple[Known, ...]:
    """All of them, in the order in which they are documented."""
    claims, reading = ClaimsJudge.identity, f"1-{prompts_version()}"
    return (
        Known(
            name=JUDGE.name,
            version=JUDGE.version,
            of="code: runs it in a fresh container",
            worth="Compared with the expected output itself; trivial answers score 0 to 0.1 on most functions.",
        ),
        Known(
            name=claims.name,
            version=claims.version,
            of="descriptions: offline, no model",
            worth="AUC 1.00 on the project's own phrasings, 0.83 on others' free descriptions.",
        ),
        Known(
            name="unit-test",
            version=reading,
            of="descriptions: a model picks the example that the function produced",
            worth="As good as its reader: measure it with 'inquest judge calibrate unit-test --model NAME'.",
        ),
        Known(
            name="prediction",
            version=reading,
            of="descriptions: a model predicts outputs, graded like code",
            worth="As good as its reader: measure it with 'inquest judge calibrate prediction --model NAME'.",
        ),
    )
