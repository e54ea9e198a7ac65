"""A language model that works alone: one that does all, and one that is only shown what is known."""

from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Line, Models
from orchestrator.models.structured import ask_for
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Evidence, RoleName
from orchestrator.roles.model import answers
from orchestrator.roles.model.prompts import render, version
from orchestrator.roles.model.situation import situation
from orchestrator.roles.model.speaking import experiment_and_report, room
from sandbox.client import Lab


class ModelSolo:
    """Lets `model` plan, experiment and attack its own hypotheses, turn after turn, until it is sure."""

    name = RoleName.EXPERIMENTER

    def __init__(self, model: ModelChoice, models: Models) -> None:
        self._model, self._models = model, models

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:
        """Evidence so far, and if it wants another turn. Raises `NoAnswer`."""
        answer = await experiment_and_report(
            "single",
            self._models,
            self._model,
            transcript,
            lab,
            answers.SoloAnswer,
            request="Decide what to measure next, measure it, and try to break what you believe.",
            report=render("report_single", refuted=""),
        )
        return answers.evidence(answer, transcript).model_copy(update={"more": not answer.sure})


class ModelDescriber:
    """Asks `model` once what explains the exemplars. No code of its is run, and nothing is asked."""

    name = RoleName.EXPERIMENTER

    def __init__(self, model: ModelChoice, models: Models) -> None:
        self._model, self._models = model, models

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:
        """Evidence from what it was shown. Raises `NoAnswer`."""
        system = render("describer", brief=lab.brief)
        report = render("report_experimenter", refuted="")
        told = situation(transcript, lab.brief, 0, self._models.guidance, room(self._model, system), closing=report)
        lines = (Line(by="system", text=system), Line(by="user", text=told))
        answer = await ask_for(self._models, self._model, lines, answers.EvidenceAnswer, version())
        return answers.evidence(answer, transcript)
