from enum import StrEnum

from varn.kernel.lifecycle import Lifecycle, Move
from varn.mechanisms.door.permissions import Permission


class FeedbackState(StrEnum):
    """Whether somebody has answered."""

    RECEIVED = "received"
    ANSWERED = "answered"


FEEDBACK = Lifecycle(
    name="door:feedback",
    states=FeedbackState,
    initial=FeedbackState.RECEIVED,
    final=frozenset({FeedbackState.ANSWERED}),
    moves=(
        Move(
            name="answer",
            permission=Permission.ANSWER_FEEDBACK,
            sources=(FeedbackState.RECEIVED,),
            target=FeedbackState.ANSWERED,
        ),
    ),
)
