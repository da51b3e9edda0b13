"""The tables of decisions: bodies and minutes, decisions and their parts, dispatch, assignments and their follow-up."""

from varn.areas.decisions.models.assignments import (
    Assignment,
    Closing,
    Deadline,
    ProgressNote,
    ReportBack,
)
from varn.areas.decisions.models.bodies import Body, Meeting, Reading
from varn.areas.decisions.models.decisions import (
    BasisDocument,
    Clause,
    Decision,
    Mention,
    Motion,
    Reach,
    RelatedCase,
    Reservation,
    Signature,
    Vote,
)
from varn.areas.decisions.models.dispatch import Dispatch, Recipient

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
    "Reach",
    "Reading",
    "Recipient",
    "RelatedCase",
    "ReportBack",
    "Reservation",
    "Signature",
    "Vote",
]
