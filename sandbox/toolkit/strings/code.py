"""An explanation as Python: the sources of the operations that it uses, and `function(x)` that calls them in order."""

import ast
import inspect
from collections.abc import Callable, Iterable

from .explanation import Explanation
from .groups import GROUPS
from .kind import Program, Step
from .places import PLACES

PICKED = {"first word": "[:1]", "last word": "[-1:]", "every other word": "[::2]", "every second word": "[1::2]"}


def code_of(explanation: Explanation) -> str:
    """Source that defines `function(x)`. It imports nothing and needs nothing around it."""
    programs = (explanation.main, explanation.inside or ())
    used: list[Callable[..., object]] = [step.kind.run for program in programs for step in program]
    body = ""
    if explanation.condition is not None and explanation.inside is not None:
        used.append(explanation.condition.kind.holds)
        call = _call(explanation.condition.kind.name, "x", explanation.condition.parameters)
        test = f"not {call}" if explanation.condition.denied else call
        body = f"    if {test}:  # {explanation.condition.english}\n{_lines(explanation.inside, '        ')}"
    elif explanation.condition is not None:
        body = f"    # unknown what happens if x {explanation.condition.english}\n"
    main = f"def function(x):\n{body}{_lines(explanation.main, '    ')}"
    parameters = [p for program in programs for step in program for p in step.parameters]
    parameters += explanation.condition.parameters if explanation.condition else ()
    return "\n\n".join([*_sources(used, parameters), main])


def _call(name: str, text: str, parameters: Iterable[object]) -> str:
    return f"{name}({', '.join([text, *map(repr, parameters)])})"


def _lines(program: Program, indent: str) -> str:
    steps = "".join(indent + line + "\n" for step in program for line in _step(step))
    return f"{steps}{indent}return x\n"


def _step(step: Step) -> list[str]:
    name, parameters = step.kind.name, step.parameters
    if not step.scope:
        return [f"x = {_call(name, 'x', parameters)}"]
    if step.scope == "each word, gaps closed":
        return [f'x = " ".join([{_call(name, "w", parameters)} for w in x.split()])']
    if step.scope == "each word":
        return [f'x = " ".join([{_call(name, "w", parameters)} if w else w for w in x.split(" ")])']
    return [
        'words = x.split(" ")',
        f"for i in [i for i, w in enumerate(words) if w]{PICKED[step.scope]}:",
        f"    words[i] = {_call(name, 'words[i]', parameters)}",
        'x = " ".join(words)',
    ]


def _sources(functions: Iterable[Callable[..., object]], parameters: Iterable[object]) -> list[str]:
    """The functions with whatever they call, what is called first; and the groups of characters that they speak of."""
    found: dict[str, str] = {}
    places = [PLACES[p] for p in parameters if isinstance(p, str) and p in PLACES]
    for function in [*places, *functions]:
        _gather(function, found)
    text = " ".join([*found.values(), *map(str, parameters)])
    if "GROUPS" in text:
        spoken = {name: letters for name, letters in GROUPS.items() if name.removesuffix("s") in text}
        listed = "".join(f"    {name!r}: {letters!r},\n" for name, letters in spoken.items())
        found = {"GROUPS": f"GROUPS = {{\n{listed}}}\n", **found}
    if places:
        listed = "".join(f"    {place.__name__!r}: {place.__name__},\n" for place in places)
        found["PLACES"] = f"PLACES = {{\n{listed}}}\n"
    return list(found.values())


def _gather(function: Callable[..., object], found: dict[str, str]) -> None:
    if function.__name__ in found:
        return
    for name in function.__code__.co_names + tuple(_inner_names(function)):
        value = function.__globals__.get(name)
        if inspect.isfunction(value) and value is not function:
            _gather(value, found)
        elif isinstance(value, str):
            found[name] = f"{name} = {value!r}\n"
    found[function.__name__] = _plain_source(function)


def _inner_names(function: Callable[..., object]) -> set[str]:
    """Names that only comprehensions and lambdas inside it use: they have code of their own before Python 3.12."""
    names: set[str] = set()
    codes = [c for c in function.__code__.co_consts if inspect.iscode(c)]
    while codes:
        code = codes.pop()
        names.update(code.co_names)
        codes += [c for c in code.co_consts if inspect.iscode(c)]
    return names


def _plain_source(function: Callable[..., object]) -> str:
    """Its source without decorators, docstring and annotations: what a reader needs."""
    tree = next(n for n in ast.walk(ast.parse(inspect.getsource(function))) if isinstance(n, ast.FunctionDef))
    tree.decorator_list, tree.returns = [], None
    for argument in tree.args.args:
        argument.annotation = None
    if ast.get_docstring(tree) is not None:
        tree.body = tree.body[1:]
    return ast.unparse(tree) + "\n"
