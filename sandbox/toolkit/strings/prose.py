"""An explanation in plain English, with what it rests on and what was not tested."""

from collections.abc import Sequence

from . import places
from .conditions import Condition, conditions
from .explanation import Explanation
from .groups import english
from .kind import SCOPES, Parameter, Program, Step


def say_step(step: Step) -> str:
    """One step in the imperative: "reverse it"."""
    spoken = [_spoken(p) for p in step.parameters]
    said = step.kind.say(*step.parameters) if callable(step.kind.say) else step.kind.say.format(*spoken)
    return SCOPES[step.scope] + said


def _spoken(parameter: Parameter) -> Parameter:
    """A group of characters or a kind of place in words; anything else as it is."""
    if not isinstance(parameter, str):
        return parameter
    return places.spoken(parameter) if parameter in places.PLACES else english(parameter)


def say_program(program: Program) -> str:
    """All steps, in their order."""
    said = [say_step(step) for step in program]
    if not said:
        return "leave the text unchanged"
    return said[0] if len(said) == 1 else "first " + "; then ".join(said)


def statement(explanation: Explanation) -> str:
    """What it does, in one or two sentences."""
    count = len(explanation.main)
    how = f"It works in {count} steps, each on the result of the one before: " if count > 1 else "It does one thing: "
    main = f"{how}{say_program(explanation.main)}."
    if explanation.condition is None:
        return main
    inside = "it does something else, which could not be told"
    if explanation.inside is not None:
        inside = f"it does this instead: {say_program(explanation.inside)}"
    return f"{main} But if the input text {explanation.condition.english}, {inside}."


def describe(best: Explanation, questions: Sequence[str], right: int, explained: bool) -> str:
    """The whole description: what it does, how sure that is, what was not tested."""
    asked = len(questions)
    if explained:
        alike = "All texts are treated alike, as far as was seen. " if best.condition is None else ""
        return f"{statement(best)} {alike}This explains all {asked} answers. {untested(best, questions)}"
    if not best.main and best.condition is None:
        return (
            f"What it does is unknown: no chain of known operations explains its answers to {asked} texts. "
            "The code leaves the text unchanged, for want of better."
        )
    return (
        f"What it does is unknown in part. The best guess explains {right} of {asked} answers: {statement(best)} "
        "Where it fails no pattern was found."
    )


def untested(best: Explanation, questions: Sequence[str]) -> str:
    """Which plain properties too few of the texts had, for a branch on them to be seen; and how often this one was."""
    told = ""
    if best.condition is not None:
        inside = sum(best.condition(x) for x in questions)
        told = f"{inside} of the texts were in the branch and {len(questions) - inside} outside. "
    rare = [c.english for c in _plain() if sum(c(x) for x in questions) < 2][:3]
    if rare:
        told += f"Hardly tested: a text that {', or that '.join(rare)}. "
    return told + "Not tested: texts of thousands of characters."


def _plain() -> list[Condition]:
    return [c for c in conditions() if c.kind.cost == 0]
