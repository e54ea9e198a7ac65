"""The seccomp profile is derived from the engine's default, and never allows more."""

import json

from sandbox.seccomp import derive, engine_default, profile
from sandbox.seccomp.profile import ONLY, REMOVED


def allowed(text: str) -> set[str]:
    """Names that some rule allows, whatever else it asks."""
    rules = json.loads(text)["syscalls"]
    return {name for rule in rules if rule["action"] == "SCMP_ACT_ALLOW" for name in rule["names"]}


def test_the_file_is_what_the_derivation_makes() -> None:
    """Nobody edited one without the other: `python -m sandbox.seccomp` writes it anew."""
    assert json.loads(derive(engine_default())) == json.loads(profile())


def test_nothing_is_allowed_that_the_default_does_not_allow() -> None:
    """A profile of one's own replaces the default, so each name must be one of its own."""
    assert allowed(profile()) < allowed(engine_default())
    assert json.loads(profile())["defaultAction"] == "SCMP_ACT_ERRNO"


def test_what_nobody_needs_is_gone_and_what_all_need_is_left() -> None:
    """Tracing, io_uring, keys, namespaces and the like; but Python still starts."""
    assert not allowed(profile()) & REMOVED
    assert {"read", "write", "execve", "clone", "fork", "mmap", "kill", "prctl", "setrlimit"} <= allowed(profile())


def test_some_calls_may_only_concern_the_caller() -> None:
    """Each of them is allowed by rules with an argument alone."""
    for rule in json.loads(profile())["syscalls"]:
        if set(rule["names"]) & set(ONLY):
            assert len(rule["names"]) == 1
            assert rule["args"]


def test_rules_for_capabilities_are_gone() -> None:
    """No container has one."""
    assert not any(rule["includes"].get("caps") for rule in json.loads(profile())["syscalls"])
