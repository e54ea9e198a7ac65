"""A study written out: every audit that it means, with its id. Pure but for making the functions themselves."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from functions.brief import Category, Record
from functions.errors import BadInput
from functions.identity import sha256_of
from functions.spec import AnySpec
from orchestrator.audit import configure
from orchestrator.study.config import Arm, StudyConfig, matches

Resolve = Callable[[str], AnySpec]
"""From a reference to the function."""


class Listed(NamedTuple):
    """A function of a suite, by reference, with its tier if it has one."""

    reference: str
    tier: str = ""


Members = Callable[[str], Sequence[Listed]]
"""From the name of a suite to its functions, in order."""


class Traits(Record):
    """What kind of function it is: what results are also shown by."""

    category: Category
    tier: str = ""
    noisy: bool = False
    corrupted: bool = False
    composed: bool = False


class Cell(Record):
    """One audit of the grid. `audit` is its id: see `orchestrator.config`."""

    audit: str
    arm: str
    function: str
    target_sha256: str
    seed: int
    traits: Traits


class Manifest(Record):
    """All audits of a study, function by function, so that any first part of it is a smaller balanced study."""

    study: StudyConfig
    cells: tuple[Cell, ...]

    @property
    def sha256(self) -> str:
        """The identity of what is meant: the audits with their arms, and nothing of how they are described."""
        return sha256_of(_Meant(audits=tuple(sorted(f"{cell.arm} {cell.audit}" for cell in self.cells))))

    @property
    def functions(self) -> tuple[str, ...]:
        """Each function once, in order."""
        return tuple(dict.fromkeys(cell.function for cell in self.cells))

    def arm(self, name: str) -> Arm:
        """The arm of that name."""
        return next(arm for arm in self.study.arms if arm.name == name)

    def chosen(self, only: Sequence[str], limit: int | None, shard: tuple[int, int] | None) -> tuple[Cell, ...]:
        """The part of the grid to do: cells that match a pattern (a function or an arm), the first `limit` of them,
        of these every n-th from the i-th where `shard` is (i, n), counted from 1. Raises `BadInput`
        where none match."""
        cells = [c for c in self.cells if not only or any(matches(p, c.function) or p == c.arm for p in only)]
        if not cells:
            raise BadInput(f"No audit matches {', '.join(only)}: name arms, or functions as in demo@1/numeric/00*.")
        index, count = shard or (1, 1)
        return tuple(cells[:limit][index - 1 :: count])


class _Meant(Record):
    audits: tuple[str, ...]


def expand(study: StudyConfig, resolve: Resolve, members: Members) -> Manifest:
    """The manifest of a study. Raises `BadInput` for patterns without a function, functions that no judge can grade,
    and a grid beyond the study's own limit."""
    functions = _select(study, resolve, members)
    if study.limits.audits is not None and len(functions) * len(study.arms) * len(study.seeds) > study.limits.audits:
        raise BadInput(f"{study.name} has more than {study.limits.audits} audits, its own limit. See [limits] audits.")
    return Manifest(study=study, cells=tuple(_cells(study, functions)))


def suite_members(name: str) -> tuple[Listed, ...]:
    """The functions of a suite, or of the directory that a suite was built in."""
    from functions.suites import load_suite, verify

    if Path(name).is_dir():
        return tuple(Listed(f"{name}/{function}.json") for function in sorted(verify(Path(name)).sha256))
    suite = load_suite(name)
    return tuple(Listed(suite.reference(member), member.tier or "") for member in suite.members)


def suite_hashes(manifest: Manifest) -> dict[str, str]:
    """The SHA-256 of each suite that functions were taken from, those that were built in a directory among them."""
    from functions.suites import load_suite, verify

    files = {Path(function).parent.parent for function in manifest.functions if function.endswith(".json")}
    built = {str(home): sha256_of(verify(home)) for home in sorted(files) if (home / "manifest.json").is_file()}
    names = {function.split("/")[0] for function in manifest.functions if not function.endswith(".json")}
    return {name: load_suite(name).sha256 for name in sorted(names)} | built


def traits_of(spec: AnySpec, tier: str = "") -> Traits:
    """Read from the claims that are true of a function, which every category has."""
    claims = spec.claims()
    absent = {claim.about for claim in claims if claim.kind == "absent"}
    present = {claim.about for claim in claims if claim.kind != "absent"}
    return Traits(
        category=spec.category,
        tier=tier,
        noisy="noise" in present - absent,
        corrupted="region" in present - absent,
        composed=any(c.about == "base" and c.name in ("sum", "product", "composition") for c in claims),
    )


def _cells(study: StudyConfig, functions: dict[Listed, AnySpec]) -> Iterator[Cell]:
    for (reference, tier), spec in functions.items():
        traits = traits_of(spec, tier)
        for seed in study.seeds:
            for arm in study.arms:
                config = configure(reference, spec, arm.parsed_team, arm.budget, seed)
                yield Cell(
                    audit=config.id,
                    arm=arm.name,
                    function=reference,
                    target_sha256=spec.sha256,
                    seed=seed,
                    traits=traits,
                )


def _select(study: StudyConfig, resolve: Resolve, members: Members) -> dict[Listed, AnySpec]:
    found: dict[Listed, AnySpec] = {}
    seen: set[str] = set()
    kept: Counter[Category] = Counter()
    for listed in dict.fromkeys(item for pattern in study.functions for item in _listed(pattern, members)):
        spec = resolve(listed.reference)
        if study.per_category is not None and kept[spec.category] >= study.per_category:
            continue
        if spec.sha256 in seen:
            raise BadInput(f"{listed.reference} is named already under another name: it would count twice.")
        seen.add(spec.sha256)
        kept[spec.category] += 1
        found[listed] = spec
    return found


def _listed(pattern: str, members: Members) -> list[Listed]:
    if pattern.endswith(".json") or Path(pattern).is_file():
        return [Listed(pattern)]
    if Path(pattern).is_dir():
        return list(members(str(Path(pattern))))
    found = [listed for listed in members(pattern.split("/")[0]) if matches(pattern, listed.reference)]
    if not found:
        raise BadInput(
            f"No function matches '{pattern}'. Write a suite, SUITE/CATEGORY/PATTERN, a directory that a suite was "
            "built in, or a spec file."
        )
    return found
