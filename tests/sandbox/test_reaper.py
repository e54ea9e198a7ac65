"""Owners: who is dead, and who cannot be known to be."""

import os
import subprocess
import sys

from sandbox.reaper import Owner


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
