"""The truth in atomic statements.

One `operation` claim for each step, its value the place in the chain, and one `parameter` claim for each parameter: its
name is `<operation>: <parameter>`, or `<operation>: <parameter> "<text>"` for a text, which claims have no field for.
Then the branch: a `condition` claim (its value the number in the condition, if it has one) and what happens in it, with
"unchanged" for an input that comes back as it is; or its absence. String functions have no noise.
"""

from collections.abc import Iterator
from typing import Literal

from functions.brief import Claim
from functions.string.steps import Branch, Property, Step

UNCHANGED = "unchanged"
_OF = {"base": "the function", "region": "the branch"}


def claims_of(steps: tuple[Step, ...], branch: Branch | None) -> tuple[Claim, ...]:
    """Everything that is true of a function with these steps and this branch."""
    return (*_chain(steps, "base"), *_branch(branch), _SILENT)


_SILENT = Claim(kind="absent", about="noise", text="There is no noise.")


def _chain(steps: tuple[Step, ...], about: Literal["base", "region"]) -> Iterator[Claim]:
    for place, step in enumerate(steps, 1):
        text = f"Step {place} of {_OF[about]}: {step.phrase(0)}."
        yield Claim(kind="operation", about=about, name=step.operation, value=place, text=text)
        for name, value in step.parameters.items():
            label, text = f"{step.operation}: {name}", f"The {name} of '{step.operation}' is {value!r}."
            if isinstance(value, int):
                yield Claim(kind="parameter", about=about, name=label, value=value, text=text)
            else:
                yield Claim(kind="parameter", about=about, name=f'{label} "{value}"', text=text)


def _branch(branch: Branch | None) -> Iterator[Claim]:
    if branch is None:
        yield Claim(kind="absent", about="region", text="All inputs are treated alike.")
        return
    yield _condition(branch.when)
    yield from _chain(branch.steps, "region")
    if not branch.steps:
        text = "Inputs in the branch come back unchanged."
        yield Claim(kind="operation", about="region", name=UNCHANGED, value=1, text=text)


def _condition(when: Property) -> Claim:
    numbers = [value for value in when.parameters.values() if isinstance(value, int)]
    texts = [f' "{value}"' for value in when.parameters.values() if isinstance(value, str)]
    text = f"Other behaviour holds where the input {when.phrase(0)}."
    name = when.condition + "".join(texts)
    return Claim(kind="condition", about="region", name=name, value=next(iter(numbers), None), text=text)
