"""The description of a function, as a person would write it: what it does step by step, and where it does otherwise."""

from functions.string.steps import Branch, Step

_ONE = (
    "The function does one thing: {0}.",
    "To get the output, {0}.",
    "Take the input text and {0}.",
    "What it returns is found by a single instruction: {0}.",
)
_MANY = (
    "The function works step by step, each step on the result of the one before: {steps}.",
    "To get the output, apply these operations one after the other: {steps}.",
    "Take the input text; {steps}, each time working on the result so far.",
    "What it returns is found by several instructions, each applied to what the last one gave: {steps}.",
)
_BRANCH = (
    "But if the input text {when}, it works differently: {steps}.",
    "There is an exception: where the input text {when}, do this instead: {steps}.",
    "A text is treated in another way if it {when}: then {steps}.",
    "All this is replaced by another rule whenever the input {when}: {steps}.",
)
_UNCHANGED = (
    "But if the input text {when}, it returns it unchanged.",
    "There is an exception: where the input text {when}, the output is the input itself.",
    "A text is left alone if it {when}: then it comes back as it is.",
    "None of this happens whenever the input {when}: such a text is returned unchanged.",
)
_NO_BRANCH = (
    "It does so for every input.",
    "There is no exception.",
    "All texts are treated alike.",
    "No inputs are handled in a special way.",
)
PHRASINGS = len(_ONE)


def describe(steps: tuple[Step, ...], branch: Branch | None, phrasing: int) -> str:
    """The whole description in one of `PHRASINGS` phrasings (taken modulo their number)."""
    n = phrasing % PHRASINGS
    base = _ONE[n].format(steps[0].phrase(n)) if len(steps) == 1 else _MANY[n].format(steps=_listed(steps, n))
    if branch is None:
        return f"{base} {_NO_BRANCH[n]}"
    when = branch.when.phrase(n)
    if not branch.steps:
        return f"{base} {_UNCHANGED[n].format(when=when)}"
    return f"{base} {_BRANCH[n].format(when=when, steps=_listed(branch.steps, n))}"


def _listed(steps: tuple[Step, ...], phrasing: int) -> str:
    """`first ...; then ...; finally ...`, or numbered."""
    clauses = [step.phrase(phrasing) for step in steps]
    if len(clauses) == 1:
        return clauses[0]
    if phrasing % 2:
        return "; ".join(f"({place}) {clause}" for place, clause in enumerate(clauses, 1))
    middle = [f"then {clause}" for clause in clauses[1:-1]]
    return "; ".join([f"first {clauses[0]}", *middle, f"{'finally' if middle else 'then'} {clauses[-1]}"])
