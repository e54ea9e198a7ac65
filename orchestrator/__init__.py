"""WHO investigates: roles, teams, audits, studies, the command line and reports.

Only the composition root (`orchestrator.audit`, the command line) sees both the agents and the ground truth.
"""
