"""A team's conversation: whose turn it is, when it is over, and AutoGen, which carries it, behind one small adapter.

`conversation` has the rules as pure functions; `autogen` and `plain` are two ways to carry a conversation that follow
them and give the same messages. Nothing but `team.autogen` imports AutoGen, and importing this package does not.
"""

from orchestrator.team.conversation import EXPECTED, Converse, TakeTurn, fixed_plan, stand_in

__all__ = ["EXPECTED", "Converse", "TakeTurn", "fixed_plan", "stand_in"]
