"""Approval without a person: a policy file says what is let through.

approve = ["code", "plan", "final"]     # what is not named is refused

[refuse]                                # a reason, and the pattern that earns it; searched in what would be run
"no threads, please" = "import threading|from threading"
"""

import hashlib
import re
import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from functions.brief import Record
from functions.errors import BadInput
from orchestrator.approval import Subject, Verdict, What
from orchestrator.files import read_capped

MOST_BYTES = 100_000


class Policy(Record):
    """The file's content."""

    approve: tuple[What, ...] = ()
    refuse: dict[str, str] = Field(default_factory=dict)


class PolicyApprover:
    """Decides by a policy. Its name holds the hash of the file that was in force."""

    def __init__(self, path: Path) -> None:
        content = read_capped(path, MOST_BYTES)
        self.name = f"policy {hashlib.sha256(content).hexdigest()[:16]}"
        try:
            policy = Policy.model_validate(tomllib.loads(content.decode()))
            self._refuse = [(reason, re.compile(pattern)) for reason, pattern in policy.refuse.items()]
        except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError, re.error) as error:
            raise BadInput(f"{path} is not a policy: {str(error).splitlines()[0][:200]}") from None
        self._approve = policy.approve

    def decide(self, subject: Subject) -> Verdict:
        """Refused where a pattern is found, or this kind is not named."""
        for reason, pattern in self._refuse:
            if pattern.search(subject.text):
                return Verdict(verdict="refuse", reason=reason)
        if subject.what in self._approve:
            return Verdict(verdict="approve")
        return Verdict(verdict="refuse", reason=f"the policy lets no {subject.what} through")

    def close(self) -> None:
        """It never waits."""
