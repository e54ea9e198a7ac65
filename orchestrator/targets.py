"""Which target may be held where: code from elsewhere runs in a container, unless a person insists."""

from functions.errors import BadInput
from functions.target import ImportedCode, Target
from sandbox.client import Isolation


def permit(target: Target, isolation: Isolation, trusted: bool) -> None:
    """Raises `BadInput` for code from elsewhere where no container would hold it, and nobody has said to trust it."""
    if isinstance(target, ImportedCode) and isolation.engine != "docker" and not trusted:
        raise BadInput(
            f"This function is code from elsewhere, and the {isolation.engine} sandbox would run it as you on this "
            "machine. Use --sandbox docker, or say --trust-foreign-code if you know what it does."
        )
