"""Rates of providers: one count for all processes, waiting is no failure, and no part of what an audit means."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from functions.errors import BadInput
from judges.grade import Outcome
from orchestrator.models.choice import ModelChoice
from orchestrator.models.rates import VARIABLE, at_the_rate, name_of, parse_rates, take
from tests.orchestrator.models.audits import by_models, calls_of, serve

OURS = ModelChoice(provider="openai", name="m", base_url="http://127.0.0.1:8080/v1")


def ten_times(path: Path) -> int:
    """How many of ten calls may be made."""
    return sum(take(path, "openai", 12) for _ in range(10))


def test_processes_share_one_count(tmp_path: Path) -> None:
    """However many workers ask at once, no more calls are made in a minute than are allowed."""
    with ProcessPoolExecutor(3, mp_context=get_context("forkserver")) as pool:
        allowed = sum(pool.map(ten_times, [tmp_path / "rates.sqlite"] * 3))

    assert allowed == 12
    assert take(tmp_path / "rates.sqlite", "127.0.0.1:8080", 1)
    assert not take(tmp_path / "rates.sqlite", "127.0.0.1:8080", 1)


def test_rates_are_read_by_provider_and_by_address() -> None:
    """Others are not bounded; what cannot be read is refused with an example."""
    assert parse_rates("openai=60, 127.0.0.1:8080=600") == {"openai": 60, "127.0.0.1:8080": 600}
    assert (name_of(OURS), name_of(OURS.model_copy(update={"base_url": None}))) == ("127.0.0.1:8080", "openai")
    for text in ("openai", "openai=0", "openai=fast", "=3"):
        with pytest.raises(BadInput, match="openai=60"):
            parse_rates(text)


def test_a_call_waits_for_its_turn_until_no_time_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for without a rate, or before it is reached."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    left = [3.0, 0.0]
    asyncio.run(at_the_rate(OURS, lambda: left.pop(0)))
    monkeypatch.setenv(VARIABLE, "127.0.0.1:8080=1000000")
    asyncio.run(at_the_rate(OURS, lambda: left.pop(0)))
    assert left == [3.0, 0.0]
    monkeypatch.setenv(VARIABLE, "127.0.0.1:8080=1")
    asyncio.run(at_the_rate(OURS, lambda: left.pop(0)))
    assert left == []


def test_an_audit_at_a_rate_is_the_audit_it_always_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same id, same calls, no failure on record: it was only counted."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with serve() as server:
        free = by_models(server, tmp_path / "free")
        monkeypatch.setenv(VARIABLE, f"{server.url.split('/')[2]}=100000")
        paced = by_models(server, tmp_path / "paced")

    assert (paced.outcome, paced.audit) == (Outcome.GRADED, free.audit)
    assert not any(call.failures for call in calls_of(paced.run))
    assert (tmp_path / "inquest" / "rates.sqlite").exists()
