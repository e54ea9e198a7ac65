"""What containers cost, read from files of the kernel's control groups."""

from pathlib import Path

import pytest

from sandbox.engines.meter import Meter

PLACES = {
    "version 1, cgroupfs": ("cpuacct/docker/c1/cpuacct.usage", "1500000000\n"),
    "version 1, systemd": ("cpuacct/system.slice/docker-c1.scope/cpuacct.usage", "1500000000\n"),
    "version 2, cgroupfs": ("docker/c1/cpu.stat", "usage_usec 1500000\nuser_usec 1\nsystem_usec 2\n"),
    "version 2, systemd": ("system.slice/docker-c1.scope/cpu.stat", "usage_usec 1500000\nuser_usec 1\n"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_a_containers_processor_time_is_read_wherever_its_group_is(kind: str, tmp_path: Path) -> None:
    """Both versions of the kernel's groups, under both of the engine's drivers, in seconds."""
    place, text = PLACES[kind]
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_text(text)
    meter = Meter(tmp_path)
    meter.read_off("c1")
    meter.read_off("c1")
    assert meter.seconds == 3.0


def test_what_cannot_be_seen_is_unknown_and_not_nothing(tmp_path: Path) -> None:
    """An engine on another machine has no groups here."""
    meter = Meter(tmp_path)
    meter.read_off("c1")
    assert meter.seconds is None
