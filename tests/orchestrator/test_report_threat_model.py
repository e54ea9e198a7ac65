"""What the threat model says is what the engines say, and every test that it names is there."""

import ast
import re
from pathlib import Path

import pytest

from sandbox.engines.docker import NEEDED
from sandbox.engines.local import LocalEngine
from sandbox.policy import Promise
from tests.hostile.behaviours import BEHAVIOURS, CANDIDATES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text()


def rows(heading: str) -> dict[str, list[str]]:
    """The table below a heading of its columns: first cell -> the other cells."""
    table = PAGE.partition(heading)[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    return {row[0]: row[1:] for row in cells}


def promised() -> dict[str, list[str]]:
    """The table of promises: docker, local with bubblewrap, local with rlimits."""
    return rows("| promise | docker (runc) |")


def test_every_promise_has_its_row() -> None:
    """In the words of the engines, neither more nor less."""
    assert list(promised()) == [promise.value for promise in Promise]


@pytest.mark.parametrize(("column", "bubblewrap"), [(1, True), (2, False)])
def test_the_local_sandbox_promises_what_the_page_says(column: int, bubblewrap: bool) -> None:
    """A yes on the page is a promise in the record of a run, and a no is not."""
    said = tuple(promise for promise, cells in promised().items() if cells[column].startswith("yes"))
    assert set(said) == set(LocalEngine(bubblewrap=bubblewrap).isolation.promises)


def test_docker_promises_what_the_page_says() -> None:
    """Everything, but for what the kernel may not be able to keep."""
    conditional = {promise for promise, cells in promised().items() if cells[0] == "yes, if the kernel can"}
    assert conditional == set(NEEDED)
    assert all(cells[0].startswith("yes") for cells in promised().values())


@pytest.mark.parametrize("promise", Promise)
def test_every_attack_is_listed_with_the_promise_that_contains_it(promise: Promise) -> None:
    """No attack is left out, and none is claimed that is not run."""
    attacks = [attack.name for attack in (*BEHAVIOURS, *CANDIDATES) if attack.promise is promise]
    (cell,) = rows("| promise | attacks that it must contain |")[promise]
    assert sorted(re.findall(r"`(\w+)`", cell)) == sorted(attacks)


def test_every_test_that_is_named_exists() -> None:
    """A promise that names a test which is not there would be worse than one that names none."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) > 10
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text())
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in functions, f"{path} has no {name}"


def test_every_page_that_is_linked_exists() -> None:
    """Links between pages of the documentation lead somewhere."""
    for page in (ROOT / "docs" / "threat-model.md", ROOT / "docs" / "quickstart.md"):
        for target in re.findall(r"\]\(([\w./-]+\.md)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links {target}"
