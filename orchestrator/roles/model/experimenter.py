"""The experimenter as a language model: it writes experiments, sees what they print, and reports evidence."""

from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Models
from orchestrator.roles.base import Transcript
from orchestrator.roles.classical.beliefs import refuted
from orchestrator.roles.messages import Evidence, RoleName
from orchestrator.roles.model import answers
from orchestrator.roles.model.prompts import render
from orchestrator.roles.model.speaking import experiment_and_report
from sandbox.client import Lab


class ModelExperimenter:
    """Lets `model` carry out the plan in the lab."""

    name = RoleName.EXPERIMENTER

    def __init__(self, model: ModelChoice, models: Models) -> None:
        self._model, self._models = model, models

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Evidence:
        """Evidence from this round. Raises `NoAnswer`."""
        answer = await experiment_and_report(
            "experimenter",
            self._models,
            self._model,
            transcript,
            lab,
            answers.EvidenceAnswer,
            request="Carry out the plan, and find out what explains the answers.",
            report=render("report_experimenter", refuted=", ".join(h.id for h in refuted(transcript))),
            plan=transcript.plan,
        )
        return answers.evidence(answer, transcript)
