"""What the scientist knows of operations on texts: a file for each kind of thing that can be done.

To add one, write its function with `@operation` and what it does in English.
"""

from functools import cache

from ..kind import Kind
from . import case, change, context, counts, insert, letters, order, pieces, words


@cache
def library() -> tuple[Kind, ...]:
    """All kinds of operations."""
    files = (case, order, letters, change, pieces, insert, words, counts, context)
    return tuple(kind for file in files for kind in vars(file).values() if isinstance(kind, Kind))
