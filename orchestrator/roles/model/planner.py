"""The planner as a language model: one typed answer a turn."""

from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line, Models
from orchestrator.models.structured import ask_for
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Plan, RoleName
from orchestrator.roles.model import answers
from orchestrator.roles.model.prompts import render, version
from orchestrator.roles.model.situation import situation
from orchestrator.roles.model.speaking import room
from sandbox.client import Lab


class ModelPlanner:
    """Asks `model` what to measure next."""

    name = RoleName.PLANNER

    def __init__(self, model: ModelChoice, models: Models) -> None:
        self._model, self._models = model, models

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Plan:
        """A plan that fits into what is left. Raises `NoAnswer`."""
        system = render("planner", brief=lab.brief)
        told = situation(
            transcript,
            lab.brief,
            lab.remaining,
            self._models.guidance,
            room(self._model, system),
            closing="What is to be measured next?",
        )
        lines = (Line(by="system", text=system), Line(by="user", text=told))
        answer = await ask_for(self._models, self._model, lines, answers.PlanAnswer, version())
        return answers.plan(answer, lab.brief, lab.remaining)
