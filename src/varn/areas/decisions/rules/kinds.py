"""What ranks, kinds and purposes there are, and which body may close what another gave."""

import hashlib
from enum import IntEnum, StrEnum

from varn.kernel.lifecycle import Refusal


class Rank(IntEnum):
    """How high a body stands. A higher body may close what a lower one assigned."""

    OFFICIAL = 10
    COMMITTEE_PART = 20
    COMMITTEE = 30
    EXECUTIVE_BOARD = 40
    COUNCIL = 50


class ClauseKind(StrEnum):
    """What a clause of a decision does."""

    ASSIGNS = "assigns"
    ADOPTS = "adopts"
    ALLOCATES = "allocates"
    REPEALS = "repeals"
    PROPOSES = "proposes"
    CLOSES = "closes"
    EXTENDS = "extends"
    NOTES = "notes"


class DeadlineKind(StrEnum):
    """How exactly the words of a deadline say when."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RECURRING = "recurring"
    EVENT = "event"
    VAGUE = "vague"


class Purpose(StrEnum):
    """Why a recipient is sent a decision."""

    ACTION = "action"
    INFORMATION = "information"
    ASSIGNMENT = "assignment"


class Ground(StrEnum):
    """Why a decision is seen in a unit."""

    BODY = "body"
    ASSIGNEE = "assignee"
    DELEGATE = "delegate"
    SUPPORT = "support"
    PROPOSER = "proposer"
    RECIPIENT = "recipient"


# The grounds that an assignment gives, beside the decision's own body and its recipients.
OF_AN_ASSIGNMENT = (Ground.ASSIGNEE, Ground.DELEGATE, Ground.SUPPORT, Ground.PROPOSER)


def may_close(*, giver: int, closer: int, same_body: bool) -> Refusal | None:
    """`None` if a body may close what another assigned, being the same or a higher one; otherwise the reason."""
    if same_body or closer > giver:
        return None
    return Refusal("decisions:refusal.lower_body_cannot_close")


def text_hash(text: str) -> str:
    """The SHA-256 of a verbatim text, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
