"""What came of audits of generated neurons and relations, measured against the truth; and the figures of many."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from functions.brief import Claim, Interpretation
from functions.data import Form
from functions.entity import EntitySpec
from functions.entity.taxonomy import taxonomy
from functions.heldout.relations import ChainSpec
from functions.relation import RelationSpec
from judges.grade import Grade

RIGHT = 0.95  # of the hidden words of a rule or an exception


@dataclass(frozen=True)
class NeuronRow:
    """One audit of a neuron. What does not apply to it is None."""

    score: float
    code: float
    description: float
    auroc: float
    single: bool | None  # of one concept: was it named, or a direct neighbour of it, and no other?
    compound: bool | None  # the same of all concepts, where there are several or parts are left out
    exclusion: bool | None  # were the parts that are left out named?
    subgroup: bool | None  # of a biased neuron: was the subgroup on which it fails named?
    false_subgroup: bool | None  # of a neuron that fails nowhere: was such a subgroup named?
    noise: bool  # is it told whether there is noise?
    queries: int
    seconds: float


@dataclass(frozen=True)
class RelationRow:
    """One audit of a relation. What does not apply to it is None."""

    score: float
    code: float
    description: float
    rule: bool  # is nearly every hidden word to which the rule applies answered as the truth does?
    exception: bool | None  # is an exception stated, and nearly every hidden word of it answered rightly?
    false_exception: bool | None  # of a rule without an exception: was one stated?
    unknown: bool | None  # of a rule that was not found: does the description say so?
    queries: int
    seconds: float


def neuron_row(spec: EntitySpec, said: Interpretation, grade: Grade, queries: int, seconds: float) -> NeuronRow:
    """One audit of a neuron, measured."""
    assert grade.code is not None
    assert grade.description is not None
    neuron = spec.neuron
    named = names_all([c.synset for c in neuron.concepts], said.claims)
    single = len(neuron.concepts) == 1 and not neuron.without
    conditions = [claim.name or "" for claim in said.claims if claim.kind == "concept" and claim.about == "region"]
    departs = neuron.bias is not None or bool(neuron.without)
    return NeuronRow(
        score=(grade.code.score + grade.description.headline) / 2,
        code=grade.code.score,
        description=grade.description.headline,
        auroc=next((m.value for m in grade.code.measures if m.name == "auroc"), 0.0),
        single=named if single else None,
        compound=None if single else named,
        exclusion=all(any(_is_part(c.synset, told) for told in conditions) for c in neuron.without)
        if neuron.without
        else None,
        subgroup=any(_is_subgroup(neuron.bias.subgroup, told) for told in conditions) if neuron.bias else None,
        false_subgroup=None if departs else bool(conditions),
        noise=(spec.noise.scale > 0) == bool(said.noise and said.noise.scale),
        queries=queries,
        seconds=seconds,
    )


def relation_row(
    spec: RelationSpec | ChainSpec, said: Interpretation, grade: Grade, queries: int, seconds: float
) -> RelationRow:
    """One audit of a relation, measured. Held-out chains have no exception."""
    assert grade.code is not None
    assert grade.description is not None
    right = {region.region: region.agreement >= RIGHT for region in grade.code.regions}
    departs = isinstance(spec, RelationSpec) and spec.lookup.departure is not None
    return RelationRow(
        score=(grade.code.score + grade.description.headline) / 2,
        code=grade.code.score,
        description=grade.description.headline,
        rule=right["rule"],
        exception=bool(said.regions) and right["exception"] if departs else None,
        false_exception=None if departs else bool(said.regions),
        unknown=None if right["rule"] else "unknown" in said.description,
        queries=queries,
        seconds=seconds,
    )


def figures(rows: Sequence[NeuronRow] | Sequence[RelationRow]) -> dict[str, float]:
    """Means and shares, each over the audits that it applies to (`NAME.n`: how many, where not all)."""
    out: dict[str, float] = {"n": len(rows)}
    for field in fields(rows[0]):
        every = [float(v) for row in rows if (v := getattr(row, field.name)) is not None]
        if field.name == "seconds":
            out["cpu_p50"] = float(np.median(every))
        elif every:
            out[field.name] = float(np.mean(every))
            out |= {} if len(every) == len(rows) else {f"{field.name}.n": len(every)}
    return {name: round(value, 3) for name, value in out.items()} | {"queries_most": max(r.queries for r in rows)}


def names_all(true: Sequence[int], claims: Sequence[Claim]) -> bool:
    """Is each concept named, or a direct neighbour of it, and no other concept?"""
    told = [c.name or "" for c in claims if c.kind == "concept" and c.about == "base"]
    meant = [[_is_near(synset, word) for word in told] for synset in true]
    return bool(told) and all(any(row) for row in meant) and all(any(column) for column in zip(*meant, strict=True))


def _is_near(synset: int, word: str) -> bool:
    """May the word mean this concept, or one directly above or below it?"""
    senses = taxonomy().lemma_senses(word)[:3]
    parents = taxonomy().parents
    return any(s == synset or s in parents(synset) or synset in parents(s) for s in senses)


def _is_part(synset: int, told: str) -> bool:
    """Is a condition such as "kinds of bird (such as duck or hen)" about this concept?"""
    return told.startswith("kinds of ") and _is_near(synset, told.removeprefix("kinds of ").split(" (")[0])


def _is_subgroup(subgroup: object, told: str) -> bool:
    """Is a condition about these words? A length may be one off."""
    if not isinstance(subgroup, Form):
        return _is_part(subgroup.synset, told)  # type: ignore[attr-defined]
    near = [subgroup]
    if subgroup.kind == "longer":
        near += [subgroup.model_copy(update={"length": subgroup.length + step}) for step in (-1, 1)]
    return any(told == f"words {form.words()}" for form in near)
