"""What came of an audit of a generated numeric function, measured against the truth; and the figures of many audits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from math import inf, pi

import numpy as np

from functions.brief import Interpretation, Interval, NoiseKind
from functions.numeric.expression import Atom, Composition, Expression, Product, Sum, atoms
from functions.numeric.network import Network
from functions.numeric.spec import NumericSpec
from judges.code.agreement import standard_deviation
from judges.description.facts import CALLED, COEFFICIENT, Fact, atoms_of, facts_of
from judges.description.lexicon import JOINS
from judges.grade import Grade

RIGHT = 0.95  # of the undisturbed region: with less, the function was not understood
NEAR = 0.01  # relative, of a turn for an angle
TWINS = (("signum", "step"), ("step", "signum"), ("ceil", "floor"), ("floor", "ceil"))
PLACE = 0.002  # of the domain's width: as far as the judge of code lets a jump be misplaced


@dataclass(frozen=True)
class Row:
    """One audit. What does not apply to a function is None."""

    score: float
    base: float
    f1: float
    legacy: int
    parameters: tuple[int, int] | None  # right, of so many; None for networks
    overlap: float | None  # of the irregular region found with the true one: intersection over union
    noise_right: bool | None  # of a noisy function: was the kind named?
    claimed_region: bool | None  # of an undisturbed function: was a region claimed?
    claimed_noise: bool | None  # of a function without noise: was noise claimed?
    unknown: bool | None  # of a function that was not understood: does the description say so?
    seconds: float


def row(spec: NumericSpec, said: Interpretation, grade: Grade, seconds: float) -> Row:
    """One audit, measured."""
    assert grade.code is not None
    assert grade.description is not None
    noisy = spec.noise.kind is not NoiseKind.NONE
    claimed = said.noise.kind if said.noise else NoiseKind.NONE
    wrong = grade.code.base_agreement < RIGHT
    return Row(
        score=grade.code.score,
        base=grade.code.base_agreement,
        f1=grade.description.f1,
        legacy=int(grade.code.legacy_indicator or 0),
        parameters=None if isinstance(spec.expression, Network) else parameters_right(spec, said),
        overlap=overlap(spec, said) if spec.irregular else None,
        noise_right=claimed is spec.noise.kind if noisy else None,
        claimed_region=None if spec.irregular else bool(said.regions),
        claimed_noise=None if noisy else claimed is not NoiseKind.NONE,
        unknown="unknown" in said.description if wrong else None,
        seconds=seconds,
    )


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """The figures of many audits: means and shares, each over the functions that it applies to."""
    every = {f.name: [v for r in rows if (v := getattr(r, f.name)) is not None] for f in fields(Row)}
    right, of = (sum(pair[i] for pair in every["parameters"]) for i in (0, 1))
    seconds = np.array(every["seconds"])
    shares: dict[str, float] = {name: float(np.mean(every[name] or [np.nan])) for name in ("score", "base", "f1")}
    shares |= {
        "legacy": float(np.mean(every["legacy"])),
        "parameters": right / max(of, 1),
        "overlap_90": float(np.mean([v >= 0.9 for v in every["overlap"]] or [np.nan])),
        "noise_kind": float(np.mean(every["noise_right"] or [np.nan])),
        "false_region": float(np.mean(every["claimed_region"] or [np.nan])),
        "false_noise": float(np.mean(every["claimed_noise"] or [np.nan])),
        "wrong": float(len(every["unknown"])),
        "unknown": float(np.mean(every["unknown"] or [np.nan])),
        "cpu_p50": float(np.median(seconds)),
        "cpu_p95": float(np.quantile(seconds, 0.95)),
        "n": float(len(rows)),
    }
    return {name: round(value, 3) for name, value in shares.items() if np.isfinite(value)}


def overlap(spec: NumericSpec, said: Interpretation) -> float:
    """Intersection over union of the true irregular regions and those handed in, within the domain."""
    x = np.linspace(spec.domain.low or 0.0, spec.domain.high or 0.0, 20_001)
    true, found = (_inside(x, spans) for spans in (spec.irregular, tuple(r.where for r in said.regions if r.where)))
    return float((true & found).sum() / max((true | found).sum(), 1))


def _inside(x: np.ndarray, spans: Sequence[Interval]) -> np.ndarray:
    out = np.zeros(x.shape, dtype=bool)
    for span in spans:
        out |= (x >= (-inf if span.low is None else span.low)) & (x <= (inf if span.high is None else span.high))
    return out


def parameters_right(spec: NumericSpec, said: Interpretation) -> tuple[int, int]:
    """How many of the base's parameters are among the claims handed in, in any form in which people state them.

    Within 1 %; under noise within two standard errors of as many evenly spread answers, where that is more.
    """
    true = spec.claims()
    known = atoms_of(true, "base", JOINS)
    made = [(c.name or "", c.value) for c in said.claims if c.about == "base" and c.kind == "parameter"]
    names = frozenset(c.name or "" for c in said.claims if c.about == "base" and c.kind == "family")
    made += _as_the_twin(dict(made), names, {atom.family for atom in known})
    nothing = 0.002 * float(np.ptp(np.nan_to_num(spec.evaluate(np.linspace(spec.domain.low, spec.domain.high, 99)))))  # type: ignore[arg-type]
    facts = [fact for fact in facts_of(known, names, nothing) if fact.claim is not None]
    errors = dict(standard_errors(spec))
    right = of = 0
    for number, atom in enumerate(known):
        for name, (value, claim) in atom.parameters.items():
            if name == "degree":
                continue
            slack = 2 * errors.get((number, name), 0.0) / max(abs(value), 1e-12)
            forms = [fact for fact in facts if fact.claim == claim]
            width = (spec.domain.high or 0.0) - (spec.domain.low or 0.0)
            right += any(
                _same(fact, said_as, number_said, slack, width, "product" in names)
                for fact in forms
                for said_as, number_said in made
            )
            of += 1
    return right, of


def _as_the_twin(
    made: dict[str, float | None], names: frozenset[str], true: set[str]
) -> list[tuple[str, float | None]]:
    """The numbers of a signum told as a step, or of a ceil told as a floor, and the other way round: one function, but
    for single inputs, and no answer tells which of the two it is."""
    said = {name: value or 0.0 for name, value in made.items()}
    told = {(true_name, other) for true_name, other in TWINS if true_name in true - names and other in names - true}
    out: dict[str, float] = {}
    if ("signum", "step") in told:
        before, after = said.get("before", 0.0), said.get("after", 0.0)
        out |= {"scale": (after - before) / 2, "offset": (after + before) / 2}
    if ("step", "signum") in told:
        level, scale = said.get("offset", 0.0), said.get("scale", 0.0)
        out |= {"before": level - scale, "after": level + scale}
    if ("ceil", "floor") in told:
        out["offset"] = said.get("offset", 0.0) - said.get("height", 0.0)
    if ("floor", "ceil") in told:
        out["offset"] = said.get("offset", 0.0) + said.get("height", 0.0)
    return list(out.items())


def _same(fact: Fact, name: str, value: float | None, slack: float, width: float, product: bool) -> bool:
    """Is it the same number? In a product a sign may stand at either factor, or in a phase."""
    if value is None or not fact.hints & CALLED.get(name, COEFFICIENT):
        return False
    apart = min(abs(value - fact.value), abs(value + fact.value) if product and "place" not in fact.hints else inf)
    if fact.turns:
        turn = pi if product else 2 * pi
        apart = abs((value - fact.value + turn / 2) % turn - turn / 2)
        return bool(apart <= max(NEAR * 2 * pi, slack * abs(fact.value)))
    place = PLACE * width if "place" in fact.hints else 0.0
    return apart <= max(NEAR * abs(fact.value), slack * abs(fact.value), place, fact.slack)


def standard_errors(spec: NumericSpec, answers: int = 100) -> Iterator[tuple[tuple[int, str], float]]:
    """Of each parameter, by (number of the atom, name): how sure least squares on evenly spread answers can be."""
    sd = standard_deviation(spec.noise)
    if not sd or isinstance(spec.expression, Network):
        return
    x = np.linspace(spec.domain.low or 0.0, spec.domain.high or 0.0, answers)
    places = [
        (i, atom, name) for i, atom in enumerate(atoms(spec.expression)) for name in atom.kind.stated(atom.parameters)
    ]
    places = [(i, atom, name) for i, atom, name in places if name != "degree"]
    slopes = [np.nan_to_num(_slope(spec, atom, name, x)) for _, atom, name in places]
    size = np.maximum(np.linalg.norm(slopes, axis=1), 1e-300)
    unit = np.array(slopes) / size[:, None]
    errors = sd * np.sqrt(np.maximum(np.diag(np.linalg.pinv(unit @ unit.T, rcond=1e-12)), 0.0)) / size
    for (i, _, name), error, known in zip(places, errors, size, strict=True):
        if known > 1e-200:
            yield (i, name), float(error)


def _slope(spec: NumericSpec, atom: Atom, name: str, x: np.ndarray) -> np.ndarray:
    """How the expected output answers to one parameter."""
    step = 1e-5 * max(abs(atom.parameters[name]), 1e-3)
    out = []
    for sign in (1, -1):
        moved = atom.model_copy(update={"parameters": {**atom.parameters, name: atom.parameters[name] + sign * step}})
        out.append(
            spec.model_copy(update={"expression": _with(spec.expression, atom, moved), "corruptions": ()}).evaluate(x)  # type: ignore[arg-type]
        )
    return np.asarray((out[0] - out[1]) / (2 * step))


def _with(node: Expression, old: Atom, new: Atom) -> Expression:
    """The expression with one of its atoms exchanged."""
    match node:
        case Atom():
            return new if node is old else node
        case Sum():
            return node.model_copy(update={"terms": tuple(_with(term, old, new) for term in node.terms)})
        case Product():
            return node.model_copy(update={"factors": tuple(_with(factor, old, new) for factor in node.factors)})
        case Composition():
            return node.model_copy(update={"outer": _with(node.outer, old, new), "inner": _with(node.inner, old, new)})
