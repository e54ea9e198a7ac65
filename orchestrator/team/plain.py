"""The conversation as a plain loop: the same messages as AutoGen's, without AutoGen."""

from collections.abc import Sequence

from orchestrator.budget import Ending
from orchestrator.roles.base import Role, Transcript
from orchestrator.team.conversation import TakeTurn, next_speaker, verdict


async def converse_plainly(roles: Sequence[Role], transcript: Transcript, take_turn: TakeTurn) -> Ending:
    """Carry the conversation on from `transcript` to its end. Raises what a turn raises."""
    by_name = {role.name: role for role in roles}
    present = tuple(by_name)
    while (ending := verdict(present, transcript)) is None:
        speaker = next_speaker(present, transcript)
        transcript = transcript.then(speaker, await take_turn(by_name[speaker], transcript))
    return ending
