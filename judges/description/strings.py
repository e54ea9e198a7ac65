"""What a description of a function of texts claims, against the truth.

What was read is executed: steps that do what the true ones do, in whatever words and order, settle them. Otherwise
operations are aligned in order, and parameters compared. A condition is right where it holds of the same hundred texts.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from functions.brief import Claim
from functions.string import StringSpec
from functions.string.behaviour import outputs
from functions.string.catalogue import conditions, operation_named
from functions.string.claims import UNCHANGED
from functions.string.entry import Value
from functions.string.steps import Body, Step
from functions.string.texts import probes
from judges.description.ledger import Ledger
from judges.description.string_reader import Said, StringReading, Where, read
from judges.description.text import excerpt
from judges.description.text_examples import match_examples

MAX_STEPS = 3  # of a chain that is executed


def match(truth: StringSpec, reading: StringReading, ledger: Ledger) -> None:
    """Judge a reading against the truth."""
    branch = truth.branch
    if branch and -1 in {_agrees(said, truth) for said in reading.conditions}:
        reading = _turned(reading)
    _match_chain("base", truth.steps, reading, ledger)
    _match_chain("region", branch.steps if branch else (), reading, ledger)
    _match_condition(truth, reading, ledger)
    match_examples(truth, reading.examples, ledger)
    for i in ledger.places("absent", "region"):
        if reading.no_branch:
            ledger.support(i, reading.no_branch)
        if reading.conditions:
            ledger.oppose(i, excerpt(reading.conditions[0].words))
    if reading.no_branch:
        claim = Claim(kind="absent", about="region", text=reading.no_branch)
        ledger.make(claim, "contradicted" if branch else "supported")


def _match_chain(where: Where, true: tuple[Step, ...], reading: StringReading, ledger: Ledger) -> None:
    said = [s for s in reading.steps if s.where == where]
    places = ledger.places("operation", where)
    if where == "region" and reading.unchanged:
        right = bool(places) and ledger.claims[places[0]].name == UNCHANGED
        for i in places:
            (ledger.support if right else ledger.oppose)(i, reading.unchanged)
        claim = Claim(kind="operation", about=where, name=UNCHANGED, value=1, text=reading.unchanged)
        ledger.make(claim, "supported" if right else "contradicted")
    if said and true and _same_outputs(said, true):
        _settle(where, excerpt(said[0].words), ledger)
        return
    aligned = _aligned(said, true)
    for i in places:
        if ledger.claims[i].name in reading.denied:
            ledger.oppose(i, "denied")
    for n, s in enumerate(said):
        claim = Claim(kind="operation", about=where, name=s.name, value=n + 1, text=excerpt(s.words))
        if n in aligned:
            ledger.support(places[aligned[n]], excerpt(s.words))
            ledger.make(claim, "supported")
            _match_parameters(where, s, true[aligned[n]], aligned[n], ledger)
        else:
            ledger.make(claim, "contradicted")
    _discount(said, aligned, places, ledger)


def _discount(said: list[Said], aligned: dict[int, int], places: list[int], ledger: Ledger) -> None:
    """Wrong operations speak against those not named; more wrong than right ones, or alternatives, against all."""
    wrong = [s for n, s in enumerate(said) if n not in aligned]
    if not wrong:
        return
    for n, i in enumerate(places):
        if n not in aligned.values():
            ledger.oppose(i, excerpt(wrong[0].words))
    if len(wrong) > max(1, len(aligned)) or any(s.alternative for s in said):
        for i in places:
            ledger.take_back(i, excerpt(wrong[0].words))


def _settle(where: Where, words: str, ledger: Ledger) -> None:
    for kind in ("operation", "parameter"):
        for i in ledger.places(kind, where):
            ledger.support(i, words)
            ledger.make(ledger.claims[i].model_copy(update={"text": words}), "supported")


def _same_outputs(said: list[Said], true: tuple[Step, ...]) -> bool:
    """Do the steps that were read do on a hundred texts what the true ones do?"""
    steps = []
    for s in said[: MAX_STEPS + 1]:
        parameters = s.parameters(operation_named(s.name).choices)
        if parameters is None or s.alternative:
            return False
        steps.append(Step(operation=s.name, parameters=parameters))
    if len(said) > MAX_STEPS:
        return False
    return outputs(Body(tuple(steps)), probes()) == outputs(Body(true), probes())


def _aligned(said: list[Said], true: tuple[Step, ...]) -> dict[int, int]:
    """The longest common run of operations, in order: places in `said` to places in `true`."""
    best: list[list[list[tuple[int, int]]]] = [[[] for _ in range(len(true) + 1)] for _ in range(len(said) + 1)]
    for i, s in enumerate(said):
        for j, step in enumerate(true):
            options = [best[i][j + 1], best[i + 1][j]]
            if s.name == step.operation:
                options.append([*best[i][j], (i, j)])
            best[i + 1][j + 1] = max(options, key=len)
    return dict(best[-1][-1])


def _match_parameters(where: Where, said: Said, step: Step, place: int, ledger: Ledger) -> None:
    fixed = frozenset(int(n) for p in step.entry.phrases for n in re.findall(r"(?<![\w{])\d+", p))
    claims = _parameter_claims(where, place, ledger)
    for (name, value), i in zip(step.parameters.items(), claims, strict=True):
        options = step.entry.choices[name]
        given: set[Value] = (
            set(said.texts) if isinstance(value, str) else {n for n in said.numbers if n not in fixed - {value}}
        )
        if not given and 1 in options:
            given = {1}
        if not given:
            continue
        right = value in given and len(given) <= len(step.parameters) + 1
        (ledger.support if right else ledger.oppose)(i, excerpt(said.words))
        number = value if right and isinstance(value, int) else next((g for g in given if isinstance(g, int)), None)
        claim = Claim(
            kind="parameter",
            about=where,
            name=f"{step.operation}: {name} {sorted(map(str, given))}",
            value=number,
            text=said.words,
        )
        ledger.make(claim, "supported" if right else "contradicted")


def _parameter_claims(where: Where, place: int, ledger: Ledger) -> list[int]:
    """The parameters that follow the operation at this place of the chain."""
    operations_at = [*ledger.places("operation", where), len(ledger.claims)]
    bounds = dict(enumerate(pairwise(operations_at)))[place]
    return [i for i in ledger.places("parameter", where) if bounds[0] < i < bounds[1]]


def _turned(reading: StringReading) -> StringReading:
    """The same where conditions are said the other way round: what happens where they hold is the base."""
    turned: dict[Where, Where] = {"base": "region", "region": "base"}
    return replace(
        reading,
        steps=tuple(replace(s, where=turned[s.where]) for s in reading.steps),
        conditions=tuple(replace(c, negated=not c.negated) for c in reading.conditions),
    )


def _match_condition(truth: StringSpec, reading: StringReading, ledger: Ledger) -> None:
    places = ledger.places("condition", "region")
    for said in reading.conditions:
        right = _agrees(said, truth) == 1
        for i in places:
            (ledger.support if right else ledger.oppose)(i, excerpt(said.words))
        claim = Claim(kind="condition", about="region", name=said.name, text=excerpt(said.words))
        ledger.make(claim, "supported" if right else "contradicted")


def _agrees(said: Said, truth: StringSpec) -> int:
    """1 where it holds of the same texts as the true condition, -1 where of exactly the others, else 0."""
    if truth.branch is None:
        return 0
    entry = conditions()[said.name]
    parameters = said.parameters(entry.choices) or _numbers(said, entry.choices)
    if entry.choices and not parameters:
        return 0
    same = [(entry.run(x, **(parameters or {})) is not said.negated) == truth.branch.when.holds(x) for x in probes()]
    return 1 if all(same) else -1 if not any(same) else 0


def _numbers(said: Said, choices: Mapping[str, tuple[Value, ...]]) -> dict[str, Value]:
    """The one number that is said, for the one parameter, whatever the catalogue offers."""
    one = len(choices) == 1 and len(set(said.numbers)) == 1 and isinstance(next(iter(choices.values()))[0], int)
    return {next(iter(choices)): said.numbers[0]} if one else {}


__all__ = ["StringReading", "match", "read"]
