"""How belief moved, folded from a transcript."""

from orchestrator.events import Said
from orchestrator.report.belief import Belief, follow
from orchestrator.roles.base import Turn
from orchestrator.roles.messages import Standing
from tests.orchestrator.report_runs import events


def believed() -> Belief:
    return follow([Turn(role=e.role, message=e.message) for e in events() if isinstance(e, Said)])


def test_each_hypothesis_is_followed_through_every_round() -> None:
    """A hypothesis that is not spoken of in a round has no support there, rather than none at all."""
    rows = {row.id: [c.support for c in row.cells] for row in believed().rows}
    assert rows == {"H3": [None, 0.08, 0.95], "H2": [0.45, 0.9, 0.05], "H1": [0.55, 0.02, None]}
    assert believed().rounds == (2, 5, 8)


def test_the_hypothesis_that_won_comes_first() -> None:
    """Rows are ordered by how they ended."""
    assert [row.id for row in believed().rows] == ["H3", "H2", "H1"]


def test_what_the_critic_said_decides_the_standing() -> None:
    """Accepted is only what the critic accepted in the last round; what refuted a hypothesis stays on record."""
    rows = {row.id: row for row in believed().rows}
    assert [rows[i].standing for i in ("H3", "H2", "H1")] == [Standing.ACCEPTED, Standing.OPEN, Standing.REFUTED]
    assert [c.verdict for c in rows["H1"].cells] == ["revise", None, None]
    assert {x.input for x in rows["H1"].counterexamples} == {-20.0, 30.0}


def test_no_evidence_is_no_belief() -> None:
    """An audit that ended before anything was found has an empty strip."""
    assert follow([]) == Belief()
