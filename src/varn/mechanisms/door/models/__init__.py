"""The tables of the door."""

from varn.mechanisms.door.models.break_glass import BreakGlass
from varn.mechanisms.door.models.cached import Cached
from varn.mechanisms.door.models.feedback import Feedback, FeedbackQuerySet
from varn.mechanisms.door.models.sessions import Ending, Session, SessionQuerySet
from varn.mechanisms.door.models.tokens import Token, TokenQuerySet

__all__ = [
    "BreakGlass",
    "Cached",
    "Ending",
    "Feedback",
    "FeedbackQuerySet",
    "Session",
    "SessionQuerySet",
    "Token",
    "TokenQuerySet",
]
