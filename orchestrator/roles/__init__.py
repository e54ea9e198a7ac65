"""The roles of a team: what each may do, what they say to one another, and their implementations.

`messages` are the typed messages, `base` is the Protocol every implementation fills; one sub-package per kind of
implementation (`classical`). Roles see the brief and the lab, never the ground truth.
"""
