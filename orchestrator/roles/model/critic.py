"""The critic as a language model: it attacks the leading hypothesis with experiments of its own."""

from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Models
from orchestrator.roles.base import Transcript
from orchestrator.roles.messages import Critique, RoleName, Standing
from orchestrator.roles.model import answers
from orchestrator.roles.model.prompts import render
from orchestrator.roles.model.speaking import experiment_and_report
from sandbox.client import Lab


class ModelCritic:
    """Lets `model` try to break what leads. Without a hypothesis nothing is asked, and it is sent back."""

    name = RoleName.CRITIC

    def __init__(self, model: ModelChoice, models: Models) -> None:
        self._model, self._models = model, models

    async def take_turn(self, transcript: Transcript, lab: Lab) -> Critique:
        """The attacks made, and the verdict. Raises `NoAnswer`."""
        evidence = transcript.evidence
        if evidence is None or not evidence.hypotheses or evidence.hypotheses[0].standing is Standing.REFUTED:
            return Critique(hypothesis=None, verdict="revise", reason="There is no hypothesis to attack.")
        leading = evidence.hypotheses[0].id
        answer = await experiment_and_report(
            "critic",
            self._models,
            self._model,
            transcript,
            lab,
            answers.CritiqueAnswer,
            request=f"Try to break {leading}.",
            report=render("report_critic", leading=leading),
            leading=leading,
        )
        return answers.critique(answer, leading, lab.brief)
