"""Suites: named, versioned, seeded sets of functions. They are generated, not stored; their hashes pin them."""

from functions.suites.catalogue import SUITES
from functions.suites.reference import load_suite, resolve
from functions.suites.store import build, verify
from functions.suites.suite import Manifest, Member, Suite

__all__ = ["SUITES", "Manifest", "Member", "Suite", "build", "load_suite", "resolve", "verify"]
