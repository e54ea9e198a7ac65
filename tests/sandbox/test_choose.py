"""Which engine serves, and why."""

import pytest

from functions.errors import BadInput
from sandbox.client import EngineUnavailable
from sandbox.doctor import examine
from sandbox.engines import choose_engine

NONE = {"INQUEST_ENGINE": "none"}


def test_auto_falls_back_and_says_why() -> None:
    """Without Docker the local sandbox serves, and every record tells the reason."""
    isolation = choose_engine("auto", environment=NONE).isolation
    assert isolation.engine == "local"
    assert "INQUEST_ENGINE=none" in isolation.why


def test_docker_by_name_does_not_fall_back() -> None:
    """Whoever asks for Docker must not get less without noticing."""
    with pytest.raises(EngineUnavailable, match="INQUEST_ENGINE=none"):
        choose_engine("docker", environment=NONE)


def test_unknown_names_are_bad_input() -> None:
    """The message lists what there is."""
    with pytest.raises(BadInput, match="auto, docker or local"):
        choose_engine("podman")


def test_a_runtime_by_name_does_not_fall_back() -> None:
    """Whoever asks for gVisor must not get less; and names that are none are refused before anything is tried."""
    with pytest.raises(EngineUnavailable):
        choose_engine("auto", environment=NONE, runtime="runsc")
    with pytest.raises(EngineUnavailable):
        choose_engine("auto", environment=NONE | {"INQUEST_RUNTIME": "runsc"})
    with pytest.raises(BadInput, match="runc or runsc"):
        choose_engine("auto", environment={"INQUEST_RUNTIME": "kata"})
    with pytest.raises(BadInput, match="local sandbox has none"):
        choose_engine("local", runtime="runsc")


def test_the_doctor_names_a_mend_for_what_fails() -> None:
    """Each check has a detail; what is broken and can be mended comes with the command."""
    checks = {check.name: check for check in examine()}
    assert {"python", "bubblewrap", "sandbox docker", "sandbox docker (gVisor)", "sandbox local"} == set(checks)
    assert checks["python"].ok
    assert checks["sandbox local"].ok
    assert all(check.detail for check in checks.values())
    assert checks["sandbox docker"].ok or checks["sandbox docker"].mend == "make setup"
