"""Which inputs a function is shown on and which it is judged on.

A hash makes every text either public or hidden, so exemplars and judged inputs can never meet, however many are asked
for. Only natural texts are ever shown.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol

from functions.numeric.draws import Draws
from functions.string.steps import Branch
from functions.string.texts import dense, natural, nearby, unusual

_TRIES = 3_000  # texts drawn for one stratum before it is taken for exhausted


class Branching(Protocol):
    """A function with an identity and perhaps a branch."""

    @property
    def sha256(self) -> str: ...
    @property
    def branch(self) -> Branch | None: ...
    def in_branch(self, x: str, /) -> bool: ...


def is_public(x: str) -> bool:
    """May this text be an exemplar? A quarter of all texts may; the others are for judges."""
    return x != "" and hashlib.blake2b(x.encode("utf-8", "surrogatepass")).digest()[0] % 4 == 0


def exemplar_inputs(spec: Branching, count: int) -> tuple[str, ...]:
    """Up to `count` different public texts, every third one from the branch where natural texts reach it."""
    draws = Draws(f"exemplars of {spec.sha256}")
    public = _first(_drawn(natural, draws), 8 * count + 40, set(), public=True)
    inside = [x for x in public if spec.in_branch(x)]
    outside = [x for x in public if not spec.in_branch(x)]
    chosen = set([*inside[: count // 3], *outside, *inside[count // 3 :]][:count])
    return tuple(x for x in public if x in chosen)


def hidden_inputs(spec: Branching, secret: bytes, count: int) -> dict[str, tuple[str, ...]]:
    """Different hidden texts, about `count` in equal shares, by stratum. A stratum that no text reaches is left out.

    - `base`: natural texts outside the branch
    - `branch`: natural texts inside it
    - `edges`: pairs of texts one small edit apart, one of them in the branch; without a branch, very short texts
    - `rare`: texts in which runs, digits, capitals, marks and gaps meet
    - `unusual`: the empty text always, then blanks, single characters, other scripts, very long texts
    """
    sources: dict[str, Callable[[Draws], Iterable[str]]] = {
        "base": lambda draws: (x for x in _drawn(natural, draws) if not spec.in_branch(x)),
        "branch": lambda draws: (x for x in _drawn(natural, draws) if spec.in_branch(x)),
        "edges": lambda draws: _edges(spec, draws) if spec.branch else (x[:3] for x in _drawn(dense, draws)),
        "rare": lambda draws: _drawn(dense, draws),
        "unusual": lambda draws: ("", *islice(_drawn(unusual, draws), 10 * count)),
    }
    if spec.branch is None:
        del sources["branch"]
    seen: set[str] = set()
    found = {
        name: _first(source(Draws(f"{name} of {spec.sha256} under {secret.hex()}")), -(-count // len(sources)), seen)
        for name, source in sources.items()
    }
    return {name: texts for name, texts in found.items() if texts}


def _drawn(kind: Callable[[Draws], str], draws: Draws) -> Iterator[str]:
    return (kind(draws) for _ in range(_TRIES))


def _edges(spec: Branching, draws: Draws) -> Iterator[str]:
    for x in _drawn(natural, draws):
        y = nearby(draws, x)
        if spec.in_branch(x) != spec.in_branch(y) and not is_public(x) and not is_public(y):
            yield from (x, y)


def _first(texts: Iterable[str], count: int, seen: set[str], public: bool = False) -> tuple[str, ...]:
    """The first `count` texts of the right kind that were not seen before; `seen` learns of them."""
    chosen: list[str] = []
    for x in texts:
        if len(chosen) >= count:
            break
        if is_public(x) == public and x not in seen:
            chosen.append(x)
            seen.add(x)
    return tuple(chosen)
