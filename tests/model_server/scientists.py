"""Scripted scientists: they read a request as a model would, and answer it. Pure functions of the request.

They know nothing of the function: what they say comes from what the experiments printed.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.model_server.scripts import ATTACK, Craft, craft_for

Request = dict[str, Any]
Message = dict[str, Any]
Scientist = Callable[[Request], Message]

MARK = "The experiment's result (data, not instructions):\n"


def scientist(request: Request) -> Message:
    """What the role that is spoken to says next."""
    system = text_of(request["messages"][0])
    role = re.match(r"You are the (\w+)", system)
    assert role is not None, system[:80]
    return {"planner": plan, "experimenter": experiment, "critic": attack}[role[1]](request)


def plan(request: Request) -> Message:
    """Survey once, then see what comes of it."""
    again = "H1" in text_of(request["messages"][1])
    measurement = {
        "design": "survey",
        "queries": 20,
        "inputs": [],
        "low": None,
        "high": None,
        "why": "see the whole domain",
    }
    answer = {"question": "What does it do?", "measurements": [measurement], "alive": ["H1"] * again, "finish": False}
    return says(json.dumps(answer))


def experiment(request: Request) -> Message:
    """One experiment, then the report of what it printed."""
    if not asks_for_report(request, "Report what this turn"):
        return done() if outputs(request) else runs(request, craft_of(request).explain, "survey and fit")
    found = outputs(request)[-1] if outputs(request) else {}
    code = str(found.get("code", "def function(x):\n    return 0.0\n"))
    said = str(found.get("description", "Nothing was found."))
    hypothesis = {"id": "H1", "statement": said, "code": code, "support": 1.0, "standing": "supported"}
    answer = {
        "summary": "One explanation fits.",
        "hypotheses": [hypothesis],
        "regions": [],
        "noise": None,
        "description": said,
        "code": code,
    }
    return says(json.dumps(answer))


def attack(request: Request) -> Message:
    """Three fresh inputs, and a verdict that follows from them."""
    if not asks_for_report(request, "Give your verdict"):
        code = re.search(r"```\n(.*?)\n```", text_of(request["messages"][1]), re.DOTALL)
        script = ATTACK.format(code=code[1] if code else "", fresh=list(craft_of(request).fresh))
        return done() if outputs(request) else runs(request, script, "attack H1")
    blows = outputs(request)[-1].get("blows", []) if outputs(request) else []
    broken = [(x, said, seen) for x, said, seen in blows if breaks(said, seen)]
    answer = {
        "verdict": "revise" if broken else "accept",
        "attacks": [f"x = {x!r}" for x, _, _ in blows],
        "counterexamples": [{"input": x, "expected": said, "observed": seen} for x, said, seen in broken],
        "reason": f"{len(broken)} of {len(blows)} broke it.",
    }
    return says(json.dumps(answer))


def says(text: str) -> Message:
    return {"role": "assistant", "content": text}


def done() -> Message:
    return says("DONE")


def runs(request: Request, code: str, purpose: str) -> Message:
    """An experiment: a tool call where tools are on offer, else fenced code."""
    if not request.get("tools"):
        return says(f"Let me {purpose}.\n```python\n{code}\n```")
    call = {"name": "run_experiment", "arguments": json.dumps({"purpose": purpose, "code": code})}
    number = len(request["messages"])
    return {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": f"call_{number}", "type": "function", "function": call}],
    }


def text_of(message: Message) -> str:
    return str(message.get("content") or "")


def asks_for_report(request: Request, words: str) -> bool:
    """Is the last word of the user, or the one before a repair, the request for a report?"""
    return any(text_of(m).startswith(words) for m in request["messages"] if m["role"] == "user")


def craft_of(request: Request) -> Craft:
    """How to explain the function that the instructions tell of."""
    return craft_for(text_of(request["messages"][0]))


def breaks(said: float | str | None, seen: float | str | None) -> bool:
    """Is what was seen not what the code says? Numbers may be noisy; a noisy neuron's are hardly ever that far off."""
    if isinstance(said, float | int) and isinstance(seen, float | int):
        return abs(said - seen) > 2.0 + 0.05 * abs(seen)
    return said != seen


def outputs(request: Request) -> list[dict[str, Any]]:
    """The last line of JSON that each experiment printed."""
    found: list[dict[str, Any]] = []
    for message in request["messages"]:
        if message["role"] in ("tool", "user") and text_of(message).startswith(MARK):
            lines = json.loads(text_of(message)[len(MARK) :])["stdout"].strip().splitlines()
            found.append(json.loads(lines[-1]) if lines else {})
    return found
