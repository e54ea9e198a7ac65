"""The classical team: planner, experimenter and critic without a model. Deterministic; the default and the baseline.

Each role is a pure function of transcript and lab. What they know of fitting is in the lab's toolkit; here is what each
decides, the scripts they run (`scripts`) and how their reports are read (`findings`).
"""

from functions.brief import Category
from orchestrator.roles.base import Role
from orchestrator.roles.classical.by_category import ByCategory
from orchestrator.roles.classical.critic import Critic
from orchestrator.roles.classical.entities import EntityCraft
from orchestrator.roles.classical.experimenter import Experimenter
from orchestrator.roles.classical.planner import Planner
from orchestrator.roles.classical.relations import RelationCraft
from orchestrator.roles.classical.strings import StringCritic, StringExperimenter, StringPlanner
from orchestrator.roles.classical.vectors import VectorCritic, VectorExperimenter, VectorPlanner
from orchestrator.roles.classical.words import WordCritic, WordExperimenter, WordPlanner
from orchestrator.roles.messages import RoleName

__all__ = ["Critic", "Experimenter", "Planner", "classical_role"]


def classical_role(name: RoleName) -> Role:
    """The classical implementation of a role."""
    entities, relations = EntityCraft(), RelationCraft()
    roles: dict[RoleName, Role] = {
        RoleName.PLANNER: ByCategory(
            Planner(),
            {
                Category.STRING: StringPlanner(),
                Category.ENTITY: WordPlanner(entities),
                Category.RELATION: WordPlanner(relations),
            },
            VectorPlanner(),
        ),
        RoleName.EXPERIMENTER: ByCategory(
            Experimenter(),
            {
                Category.STRING: StringExperimenter(),
                Category.ENTITY: WordExperimenter(entities),
                Category.RELATION: WordExperimenter(relations),
            },
            VectorExperimenter(),
        ),
        RoleName.CRITIC: ByCategory(
            Critic(),
            {
                Category.STRING: StringCritic(),
                Category.ENTITY: WordCritic(entities),
                Category.RELATION: WordCritic(relations),
            },
            VectorCritic(),
        ),
    }
    return roles[name]
