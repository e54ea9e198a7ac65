"""An agent that is asked one question and gives one typed answer: what a judge's reader is to AutoGen."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import BaseChatMessage, StructuredMessage, TextMessage
from autogen_core import CancellationToken

from functions.brief import Record

T = TypeVar("T", bound=Record)


async def consult(question: str, form: type[T], think: Callable[[str], Awaitable[T]]) -> T:
    """The answer of a fresh agent to a question. Raises what `think` raises."""
    agent = _Consultant(form, think)
    response = await agent.on_messages([TextMessage(content=question, source="judge")], CancellationToken())
    message = response.chat_message
    if not isinstance(message, StructuredMessage) or not isinstance(message.content, form):
        raise TypeError(f"The agent answered with a {type(message).__name__}.")
    return message.content


class _Consultant(BaseChatAgent, Generic[T]):
    """It keeps nothing from one question to the next."""

    def __init__(self, form: type[T], think: Callable[[str], Awaitable[T]]) -> None:
        super().__init__(name="reader", description="Reads a description, and answers a question about it.")
        self._form, self._think = form, think

    @property
    def produced_message_types(self) -> Sequence[type[BaseChatMessage]]:
        return (StructuredMessage[self._form],)  # type: ignore[name-defined]

    async def on_messages(self, messages: Sequence[BaseChatMessage], cancellation_token: CancellationToken) -> Response:  # noqa: ARG002
        content = await self._think(messages[-1].to_text())
        answer: BaseChatMessage = StructuredMessage[self._form](content=content, source=self.name)  # type: ignore[name-defined]
        return Response(chat_message=answer)

    async def on_reset(self, cancellation_token: CancellationToken) -> None:
        """There is nothing to forget."""
