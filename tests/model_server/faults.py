"""What providers do to people. A fault is drawn for each call, or named for the n-th."""

import random
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import count


class Fault(StrEnum):
    """One way not to answer."""

    TOO_MANY = "too_many"  # 429 with Retry-After
    SERVER_ERROR = "server_error"  # 500
    CUT = "cut"  # the connection ends in the middle of the body
    SLOW = "slow"  # nothing comes for longer than anybody waits
    NO_JSON = "no_json"  # 200 with a page of HTML
    NO_CHOICES = "no_choices"  # 200 with JSON of another shape
    WRONG_ANSWER = "wrong_answer"  # a well-formed completion whose text is not the JSON asked for
    REFUSAL = "refusal"  # the model would rather not
    NOWHERE = "nowhere"  # a call of a tool that does not exist
    ENDLESS = "endless"  # text without an end
    BAD_KEY = "bad_key"  # 401
    EXHAUSTED = "exhausted"  # 429 for good: the account is empty
    NO_SCHEMA = "no_schema"  # 400 wherever a JSON schema is asked for
    OTHER_MODEL = "other_model"  # another model answers than was asked for
    ECHO = "echo"  # 500 that quotes the key


PASSING = (Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.CUT, Fault.NO_JSON, Fault.NO_CHOICES)
"""Failures of the provider that are tried again."""

FaultOf = Callable[[], Fault | None]
"""Called once for each request."""


def never() -> Fault | None:
    """A provider that always answers."""
    return None


def always(fault: Fault) -> FaultOf:
    """The same fault for every request."""
    return lambda: fault


def at(faults: Mapping[int, Fault]) -> FaultOf:
    """Faults for certain requests, counted from 0."""
    number = count()
    return lambda: faults.get(next(number))


def drawn(share: float, seed: int, among: Sequence[Fault] = PASSING) -> FaultOf:
    """A share of all requests fails, each in one of several ways."""
    dice = random.Random(seed)
    return lambda: dice.choice(among) if dice.random() < share else None
