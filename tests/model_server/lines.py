"""A scripted scientist for the fake lab, whose scripts are numbers to ask: it finds straight lines."""

import json
import re

from tests.model_server.scientists import MARK, Message, Request, asks_for_report, done, plan, says, text_of

POINTS = "-50.0 -10.0 10.0 50.0"
FRESH = "-33.0 7.0"


def line_scientist(request: Request) -> Message:
    """Planner, experimenter and critic of a team that knows only lines."""
    system = text_of(request["messages"][0])
    if system.startswith("You are the planner"):
        return plan(request)
    if system.startswith("You are the describer"):
        return says(json.dumps(described(system)))
    critic = system.startswith("You are the critic")
    if not asks_for_report(request, "Give your verdict" if critic else "Report what this turn"):
        return done() if answers(request) else runs(request, FRESH if critic else POINTS)
    if system.startswith("You are a scientist"):
        return says(json.dumps(finding(request) | {"sure": "H1 (" in text_of(request["messages"][1])}))
    return says(json.dumps(verdict(request) if critic else finding(request)))


def runs(request: Request, code: str) -> Message:
    """The experiment as a tool call, or fenced."""
    if not request.get("tools"):
        return says(f"Look:\n```python\n{code}\n```")
    call = {"name": "run_experiment", "arguments": json.dumps({"purpose": "look", "code": code})}
    return {"role": "assistant", "content": None, "tool_calls": [{"id": "c", "type": "function", "function": call}]}


def finding(request: Request) -> dict[str, object]:
    """The line through the outermost answers."""
    y = answers(request)
    return a_line(json.dumps([round((y[-1] - y[0]) / 100, 3), round((y[-1] + y[0]) / 2, 3)]) if len(y) == 4 else "")


def described(system: str) -> dict[str, object]:
    """The line through the outermost of the exemplars that the instructions list."""
    shown = sorted((e["input"], e["output"]) for e in map(json.loads, re.findall(r"^\{.*\}$", system, re.MULTILINE)))
    (left, low), (right, high) = shown[0], shown[-1]
    slope = (high - low) / (right - left)
    return a_line(json.dumps([round(slope, 3), round(low - slope * left, 3)]))


def a_line(code: str) -> dict[str, object]:
    """A report of one line."""
    stated = {"id": "H1", "statement": f"A line {code}.", "code": code, "support": 1.0, "standing": "supported"}
    return {
        "summary": "A line.",
        "hypotheses": [stated],
        "regions": [],
        "noise": {"kind": "gaussian", "scale": 0.25},
        "description": f"A linear function with slope and intercept {code}.",
        "code": code,
    }


def verdict(request: Request) -> dict[str, object]:
    """It stands."""
    attacks = [f"x = {x}" for x in FRESH.split()]
    return {"verdict": "accept", "attacks": attacks, "counterexamples": [], "reason": f"{len(answers(request))} fit."}


def answers(request: Request) -> list[float]:
    """What the last experiment gave."""
    shown = [text_of(m) for m in request["messages"] if m["role"] in ("tool", "user")]
    results = [json.loads(text[len(MARK) :]) for text in shown if text.startswith(MARK)]
    return list(json.loads(results[-1]["stdout"])) if results and results[-1]["stdout"] else []
