"""Roles filled by language models: a planner, an experimenter and a critic that say what the classical ones say.

`prompts` renders the templates in `prompts/`, `situation` writes down what is known within a model's window,
`experimenting` runs the code a model writes, and only in the lab; `answers` turns typed answers into messages.
"""

from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import Models
from orchestrator.roles.base import Role, Way
from orchestrator.roles.messages import RoleName
from orchestrator.roles.model.alone import ModelDescriber, ModelSolo
from orchestrator.roles.model.critic import ModelCritic
from orchestrator.roles.model.experimenter import ModelExperimenter
from orchestrator.roles.model.planner import ModelPlanner

__all__ = ["ModelCritic", "ModelDescriber", "ModelExperimenter", "ModelPlanner", "ModelSolo", "model_role"]


def model_role(name: RoleName, model: ModelChoice, models: Models, way: Way | None = None) -> Role:
    """A role filled by `model`, asked through `models`; `way` is for one who works alone."""
    if way is not None:
        return (ModelSolo if way == "single" else ModelDescriber)(model, models)
    kinds: dict[RoleName, type[ModelPlanner] | type[ModelExperimenter] | type[ModelCritic]] = {
        RoleName.PLANNER: ModelPlanner,
        RoleName.EXPERIMENTER: ModelExperimenter,
        RoleName.CRITIC: ModelCritic,
    }
    return kinds[name](model, models)
