"""The states of decisions and of assignments, and the moves between them."""

from varn.areas.decisions.lifecycle.assignment import ASSIGNMENT, NEVER_IN_FORCE, OPEN_STATES, AssignmentState
from varn.areas.decisions.lifecycle.decision import DECISION, DecisionState

__all__ = ["ASSIGNMENT", "DECISION", "NEVER_IN_FORCE", "OPEN_STATES", "AssignmentState", "DecisionState"]
