"""Experiments with functions of texts and words, in every kind of sandbox."""

import json

import pytest

from functions.entity import generate as generate_entity
from functions.relation import generate as generate_relation
from functions.spec import AnySpec, answer
from functions.string import generate as generate_string
from sandbox.client import Engine, Limits, OracleJob, Status
from tests.sandbox.jobs import SECRET, MemoryLog

SCRIPT = """
from lab import observations, oracle, report
report({"several": oracle.query(["dog", "France", "日本"]), "one": oracle.query("dog"), "seen": observations.pairs})
"""
SPECS: list[AnySpec] = [
    generate_string(1, 0, "hard"),
    generate_entity(1, 1, "hard"),
    generate_relation(1, 0, "medium"),
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.category)
def test_a_lab_asks_any_category_alike(engine: Engine, spec: AnySpec) -> None:
    """A list gives a list, a text gives its output, and all of it is among the observations of this and the next
    experiment."""
    job = OracleJob(target=spec.model_dump(mode="json"), secret=SECRET, brief=spec.brief(10))
    with engine.open(job, Limits(), MemoryLog(), "test") as box:
        first, second = box.run(SCRIPT), box.run("from lab import observations, report\nreport(observations.pairs)")
    assert (first.status, second.status) == (Status.OK, Status.OK), first.stderr + second.stderr
    words = ["dog", "France", "日本", "dog"]
    expected = list(answer(spec, words, [0, 0, 0, 1], bytes.fromhex(SECRET)))
    pairs = [list(pair) for pair in zip(words, expected, strict=True)]
    assert json.loads(first.stdout) == {"several": expected[:3], "one": expected[3], "seen": pairs}
    assert json.loads(second.stdout) == pairs
