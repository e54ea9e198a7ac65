"""What roles that experiment have in common: they are told what is known, experiment, and then answer in a type."""

from typing import TypeVar

from functions.brief import Record
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line, Models
from orchestrator.models.structured import ask_for
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Plan
from orchestrator.roles.model.experimenting import CHARS_PER_TOKEN, EXPERIMENTS, experiment, fit, offers_tools, plain
from orchestrator.roles.model.prompts import render, version
from orchestrator.roles.model.situation import situation
from orchestrator.roles.model.toolkit import documentation
from sandbox.client import Lab

T = TypeVar("T", bound=Record)


def room(model: ModelChoice, system: str) -> int:
    """Characters for the account of what is known: half of what instructions and answer leave of the window."""
    return max(1000, ((model.context_tokens - model.answer_tokens) * CHARS_PER_TOKEN - len(system)) // 2)


async def experiment_and_report(
    role: str,
    models: Models,
    model: ModelChoice,
    transcript: Transcript,
    lab: Lab,
    answer: type[T],
    *,
    request: str,
    report: str,
    plan: Plan | None = None,
    leading: str = "",
) -> T:
    """Let the model do what `request` says by experiment, then have it answer `report` with an `answer`."""
    tools = offers_tools(models, model)
    system = render(role, brief=lab.brief, toolkit=documentation(), tools=tools, experiments=EXPERIMENTS)
    told = situation(
        transcript,
        lab.brief,
        lab.remaining,
        models.guidance,
        room(model, system),
        plan=plan,
        leading=leading,
        closing=request,
    )
    said = await experiment(models, model, lab, (Line(by="system", text=system), Line(by="user", text=told)))
    asked = (*plain(said), Line(by="user", text=report))
    return await ask_for(models, model, fit(asked, model), answer, version())
