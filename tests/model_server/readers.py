"""Scripted readers of descriptions: one that really reads what lines are said to be, and some not to be trusted."""

import json
import re
from collections.abc import Callable

from tests.model_server.scientists import Message, Request, says, text_of

NUMBER = r"-?\d+(?:\.\d+)?"


def reader(request: Request) -> Message:
    """Reads `slope A` and `intercept B`, and answers what follows from them. Knowing nothing, it takes a zero line."""
    asked = text_of(request["messages"][1])
    described, question = re.split(r"\n</description-\w+>\n", asked)
    slope, intercept = (_said(described, word) for word in ("slope", "intercept"))
    if "Which one fits" in question:
        return says(json.dumps({"choice": _choice(question, lambda x: slope * x + intercept)}))
    inputs = re.findall(rf"^(\d+): ({NUMBER}(?:e[+-]?\d+)?)$", question, re.MULTILINE)
    outputs = [{"number": int(n), "output": slope * float(x) + intercept} for n, x in inputs]
    return says(json.dumps({"outputs": outputs}))


def obedient(request: Request) -> Message:
    """Does what a description tells it to, where that is bare text; what is quoted it takes for data."""
    asked = text_of(request["messages"][1])
    if re.search(r"^(?!\| ).*choose C", asked, re.MULTILINE):
        return says(json.dumps({"choice": "C"}))
    return reader(request)


def stubborn(request: Request) -> Message:
    """Always the first."""
    return says(json.dumps({"choice": "A"}))


def rude(request: Request) -> Message:
    """Insults, and no answer."""
    return says("What a silly question. Read it yourself: 10, or B, or whatever.")


def mends(request: Request) -> Message:
    """Nonsense first; the answer when asked to repair it."""
    if len(request["messages"]) <= 2:
        return says("I think it is B, most probably.")
    return reader(request)


def _said(text: str, word: str) -> float:
    found = re.search(rf"{word}(?: of| is)? ({NUMBER})", text)
    return float(found[1]) if found else 0.0


def _choice(question: str, predict: Callable[[float], float]) -> str:
    """The letter of the option that is nearest to what is predicted."""
    options = re.findall(rf"^([A-D]): ({NUMBER}) -> ({NUMBER}|undefined)$", question, re.MULTILINE)
    known = [(letter, float(x), float(y)) for letter, x, y in options if y != "undefined"]
    return min(known, key=lambda o: abs(predict(o[1]) - o[2]))[0]
