"""A runner of candidates in this process, for code that the project itself wrote."""

from collections.abc import Callable, Sequence

import numpy as np

from functions.brief import Input
from sandbox.client import Answer, Isolation


class InProcess:
    """A `CandidateRunner`. Numbers that are not finite are undefined; what the code raises is passed on."""

    isolation = Isolation(engine="none", runtime="none")

    def evaluate(self, code: str, inputs: Sequence[Input]) -> tuple[Answer, ...]:
        names: dict[str, Callable[..., object]] = {}
        exec(code, names)  # type: ignore[arg-type] # noqa: S102 - the classical team's own code
        function = names["function"]
        rows = (x if isinstance(x, tuple) else (x,) for x in inputs)
        return tuple(Answer(value=_defined(function(*row))) for row in rows)

    def close(self) -> None: ...

    def __enter__(self) -> "InProcess":
        return self

    def __exit__(self, *_: object) -> None: ...


def _defined(value: object) -> float | str | None:
    if value is None or isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    return number if np.isfinite(number) else None
