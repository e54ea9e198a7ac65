"""Networks that were trained once and are kept as data, for training differs in its last bits between machines.

`python -m functions.numeric.networks.train FILE` trains them again. What is in `pool@1.json` never changes: another set
of networks is another file.
"""

from functools import cache
from importlib import resources

from pydantic import TypeAdapter

from functions.numeric.network import Network


@cache
def pool() -> tuple[Network, ...]:
    """All networks, no two of them alike. Read once, on first use."""
    text = resources.files(__name__).joinpath("pool@1.json").read_bytes()
    return TypeAdapter(tuple[Network, ...]).validate_json(text)
