"""Suites: named, versioned, seeded sets of functions. They are generated, not stored; their hashes pin them.

To add a suite, write its recipe in `catalogue` under a new name, and the sha256 of its manifest once it is final.
"""

from functions.suites.about import About, about, trivial_names
from functions.suites.catalogue import SUITES
from functions.suites.reference import load_suite, resolve, resolve_target
from functions.suites.store import build, verify
from functions.suites.suite import Manifest, Member, Suite

__all__ = [
    "SUITES",
    "About",
    "Manifest",
    "Member",
    "Suite",
    "about",
    "build",
    "load_suite",
    "resolve",
    "resolve_target",
    "trivial_names",
    "verify",
]
