"""The one error hierarchy. An error says what happened, whose doing it was, and whether trying again can help."""

from enum import StrEnum


class Cause(StrEnum):
    """Whose doing a failure is. It decides the outcome class of an audit (DESIGN: outcomes are never merged)."""

    USER = "user"  # bad input or configuration: the message says how to mend it
    AGENT = "agent"  # the team's fault, or a death that its code could have brought about
    INFRASTRUCTURE = "infrastructure"  # ours, the engine's or a provider's


class InquestError(Exception):
    """Base of every error that Inquest raises on purpose.

    `cause` is whose doing it is; `retry_helps` whether the same call can succeed later without a change.
    """

    cause: Cause = Cause.USER
    retry_helps: bool = False


class BadInput(InquestError):
    """Something a person wrote (an argument, a file, a spec) cannot be used. The message says what and what to do."""
