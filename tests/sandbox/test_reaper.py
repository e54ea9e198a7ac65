"""Owners: who is dead, and who cannot be known to be."""

import os
import subprocess
import sys

from sandbox.reaper import IDLE_S, Owner, labels_of, left_behind


def test_this_process_is_alive_and_reads_back() -> None:
    """An owner survives being written into a label."""
    me = Owner.me()
    assert Owner.parse(str(me)) == me
    assert not me.is_gone()


def test_an_ended_process_is_gone() -> None:
    """Also before its parent has taken notice, and after its id is free."""
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    owner = Owner(child.pid, "1", Owner.me().host)
    assert owner.is_gone()  # the same id, started at another time: somebody else
    child.communicate()
    assert Owner(child.pid, "", Owner.me().host).is_gone()


def test_owners_elsewhere_are_not_judged() -> None:
    """An id of another host or process namespace tells nothing here."""
    assert not Owner(os.getpid(), "1", "elsewhere-1").is_gone()


def test_what_is_no_owner_is_none() -> None:
    """A label that somebody else wrote."""
    assert Owner.parse("") is None
    assert Owner.parse("me-1-host") is None


def test_what_lives_is_left_alone_until_its_deadline() -> None:
    """Whether it runs or is just being made."""
    labels = labels_of(Owner.me(), made=1000.0, lifetime_s=500.0)
    assert not left_behind(labels, 1000.0 + IDLE_S / 2, idle=True)
    assert not left_behind(labels, 1499.0, idle=False)
    assert left_behind(labels, 1502.0, idle=False)


def test_what_nobody_uses_goes_while_its_owner_lives() -> None:
    """An engine that was restarted forgets to remove what it had promised to."""
    assert left_behind(labels_of(Owner.me(), made=1000.0, lifetime_s=500.0), 1002.0 + IDLE_S, idle=True)


def test_what_a_dead_owner_left_goes_at_once() -> None:
    """So does what bears no owner at all."""
    dead = Owner.me()._replace(started="1")
    assert left_behind(labels_of(dead, made=1000.0, lifetime_s=500.0), 1000.0, idle=False)
    assert left_behind({"deadline": "99999999999"}, 1000.0, idle=False)
