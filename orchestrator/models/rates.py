"""How often providers may be called, over all processes of this machine: workers of a study, and audits by hand.

    INQUEST_RATES="openai=60,127.0.0.1:8080=600"     # calls in any minute, by provider, or by host of another address

It is apart from how many audits run at once, and no part of what an audit means. The count is kept by `pyrate-limiter`
in a file beside other state of the user's, behind a lock.
"""

import asyncio
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from functions.errors import BadInput
from orchestrator.models.choice import ModelChoice

VARIABLE = "INQUEST_RATES"
MINUTE_MS = 60_000
LONGEST_S = 1.0
"""Waiting for a turn, one looks again at least this often."""

_ENTRY = re.compile(r"([\w.:\[\]-]+)=([1-9]\d{0,6})")


async def at_the_rate(model: ModelChoice, seconds_left: Callable[[], float]) -> None:
    """Return when the model's provider may be called, or no time is left. Raises `BadInput` for an unreadable rate."""
    if not (said := os.environ.get(VARIABLE)):
        return
    rates, name = parse_rates(said), name_of(model)
    if name not in rates:
        return
    path = state_file()
    while not await asyncio.to_thread(take, path, name, rates[name]) and seconds_left() > 0:
        await asyncio.sleep(min(LONGEST_S, 15 / rates[name]))


def parse_rates(text: str) -> Mapping[str, int]:
    """Calls a minute, by name. Raises `BadInput`."""
    found = [_ENTRY.fullmatch(part.strip()) for part in text.split(",")]
    if not all(found):
        raise BadInput(f"Cannot read {VARIABLE}: write for example openai=60,127.0.0.1:8080=600 (calls a minute).")
    return {entry[1]: int(entry[2]) for entry in found if entry}


def name_of(model: ModelChoice) -> str:
    """Whose rate counts: the provider's, or that of an address of the user's own."""
    return urlsplit(model.base_url).netloc if model.base_url else model.provider


def take(path: Path, name: str, per_minute: int) -> bool:
    """Count a call, unless there were `per_minute` in the last minute already."""
    from pyrate_limiter import Rate, RateItem
    from pyrate_limiter.buckets.sqlite_bucket import SQLiteBucket

    table = "calls_" + re.sub(r"\W", "_", name)
    bucket = SQLiteBucket.init_from_file([Rate(per_minute, MINUTE_MS)], table, str(path), use_file_lock=True)
    try:
        now = int(time.time() * 1000)
        bucket.leak(now)
        return bool(bucket.put(RateItem("call", now)))
    finally:
        bucket.conn.close()


def state_file() -> Path:
    """Where the count is kept."""
    from platformdirs import user_state_path

    return user_state_path("inquest", ensure_exists=True) / "rates.sqlite"
