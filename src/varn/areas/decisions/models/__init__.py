"""The tables of decisions: bodies and minutes, decisions and their parts, dispatch, assignments and their follow-up."""

from varn.areas.decisions.models.assignments import Assignment, Closing, Proposal
from varn.areas.decisions.models.bodies import Body, Meeting, Reading
from varn.areas.decisions.models.decisions import Decision, Reach
from varn.areas.decisions.models.dispatch import Dispatch, Recipient
from varn.areas.decisions.models.following import Deadline, ProgressNote, ReportBack
from varn.areas.decisions.models.parts import (
    BasisDocument,
    Clause,
    Mention,
    Motion,
    RelatedCase,
    Reservation,
    Signature,
    Vote,
)

__all__ = [
    "Assignment",
    "BasisDocument",
    "Body",
    "Clause",
    "Closing",
    "Deadline",
    "Decision",
    "Dispatch",
    "Meeting",
    "Mention",
    "Motion",
    "ProgressNote",
    "Proposal",
    "Reach",
    "Reading",
    "Recipient",
    "RelatedCase",
    "ReportBack",
    "Reservation",
    "Signature",
    "Vote",
]
