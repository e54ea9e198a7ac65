"""AutoGen carries the conversation: each role is a chat agent, and a selector group chat passes the floor.

AutoGen holds no state of ours: agents rebuild the transcript from the messages they are sent, and a conversation is
resumed by handing the recorded messages to a new team as its task. A turn that raises ends the chat with a stop
message, because AutoGen would turn the exception into text; the exception itself is kept, and raised by `converse`.
"""

import asyncio
from collections.abc import Sequence
from typing import cast

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import FunctionalTermination
from autogen_agentchat.messages import BaseAgentEvent, BaseChatMessage, StopMessage, StructuredMessage
from autogen_agentchat.teams import RoundRobinGroupChat, SelectorGroupChat
from autogen_core import CancellationToken
from autogen_core.models import ChatCompletionClient

from orchestrator.budget import Ending
from orchestrator.roles.base import Role, Transcript
from orchestrator.roles.messages import Critique, Evidence, Message, Plan, RoleName
from orchestrator.team.conversation import TakeTurn, next_speaker, verdict

_NO_MODEL = cast(ChatCompletionClient, None)
"""SelectorGroupChat wants a model that chooses speakers. Ours are chosen by a pure function: it is never called."""

_STRUCTURED: dict[type[Message], type[BaseChatMessage]] = {
    Plan: StructuredMessage[Plan],
    Evidence: StructuredMessage[Evidence],
    Critique: StructuredMessage[Critique],
}


async def converse(roles: Sequence[Role], transcript: Transcript, take_turn: TakeTurn) -> Ending:
    """Carry the conversation on from `transcript` to its end. Raises what a turn raises.

    Cancelling it cancels the turn under way and lets AutoGen stop in order: a chat cancelled from outside would hang.
    """
    present = tuple(role.name for role in roles)
    ending = verdict(present, transcript)
    if ending is not None:
        return ending
    agents = [_Speaker(role, take_turn) for role in roles]
    chat = asyncio.create_task(_run(agents, present, transcript))
    try:
        messages = await asyncio.shield(chat)
    except asyncio.CancelledError:
        for agent in agents:
            agent.interrupt()
        await chat
        raise
    for agent in agents:
        if agent.failure is not None:
            raise agent.failure
    if (ending := verdict(present, _transcript(messages))) is None:
        raise RuntimeError("AutoGen stopped the chat without a verdict and without a failed turn.")
    return ending


async def _run(
    agents: Sequence["_Speaker"], present: Sequence[RoleName], transcript: Transcript
) -> list[BaseAgentEvent | BaseChatMessage]:
    """Run a chat to its end and return all of its messages, those of `transcript` first."""

    def over(messages: Sequence[BaseAgentEvent | BaseChatMessage]) -> bool:
        return isinstance(messages[-1], StopMessage) or verdict(present, _transcript(messages)) is not None

    def select(messages: Sequence[BaseAgentEvent | BaseChatMessage]) -> str:
        return next_speaker(present, _transcript(messages))

    stop = FunctionalTermination(over)
    types: list[type[BaseAgentEvent | BaseChatMessage]] = list(_STRUCTURED.values())
    team: SelectorGroupChat | RoundRobinGroupChat
    if len(agents) == 1:
        team = RoundRobinGroupChat(list(agents), termination_condition=stop, custom_message_types=types)
    else:
        team = SelectorGroupChat(
            list(agents), _NO_MODEL, selector_func=select, termination_condition=stop, custom_message_types=types
        )
    task = [_wrap(turn.role, turn.message) for turn in transcript.turns]
    return list((await team.run(task=task or None)).messages)


class _Speaker(BaseChatAgent):
    """A role as AutoGen's chat agent. What it raised, if it did, is in `failure`."""

    def __init__(self, role: Role, take_turn: TakeTurn) -> None:
        super().__init__(name=role.name.value, description=f"The {role.name} of the team.")
        self.failure: BaseException | None = None
        self._role = role
        self._take_turn = take_turn
        self._heard = Transcript()
        self._turn: asyncio.Future[Message] | None = None

    @property
    def produced_message_types(self) -> Sequence[type[BaseChatMessage]]:
        return (*_STRUCTURED.values(), StopMessage)

    async def on_messages(self, messages: Sequence[BaseChatMessage], cancellation_token: CancellationToken) -> Response:  # noqa: ARG002
        self._heard = Transcript(turns=(*self._heard.turns, *_transcript(messages).turns))
        self._turn = asyncio.ensure_future(self._take_turn(self._role, self._heard))
        await asyncio.wait({self._turn})
        if self._turn.cancelled():
            self.failure = asyncio.CancelledError()
        else:
            self.failure = self._turn.exception()
        if self.failure is not None:
            return Response(chat_message=StopMessage(content="The turn did not end.", source=self.name))
        message = self._turn.result()
        self._heard = self._heard.then(self._role.name, message)
        return Response(chat_message=_wrap(self._role.name, message))

    async def on_reset(self, cancellation_token: CancellationToken) -> None:  # noqa: ARG002 - AutoGen's signature
        self._heard = Transcript()

    def interrupt(self) -> None:
        """Cancel the turn under way, if there is one."""
        if self._turn is not None:
            self._turn.cancel()


def _wrap(speaker: RoleName, message: Message) -> BaseChatMessage:
    return _STRUCTURED[type(message)](content=message, source=speaker.value)


def _transcript(messages: Sequence[BaseAgentEvent | BaseChatMessage]) -> Transcript:
    """The typed messages among AutoGen's, in order."""
    transcript = Transcript()
    for message in messages:
        if isinstance(message, StructuredMessage):
            transcript = transcript.then(RoleName(message.source), message.content)
    return transcript
