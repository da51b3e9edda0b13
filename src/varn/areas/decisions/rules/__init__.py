"""Pure rules of decisions: values in, values out."""

from varn.areas.decisions.rules.adoption import (
    Wording,
    certain,
    is_same_words,
    may_be_meant,
    nearest_text,
    nearness,
    suggested,
)
from varn.areas.decisions.rules.chasing import ESCALATION, LINK, REMINDER
from varn.areas.decisions.rules.clauses import clause_kind
from varn.areas.decisions.rules.closings import (
    ClosingReference,
    Point,
    found_point,
    named_among,
    normal_paragraph,
    same_body,
)
from varn.areas.decisions.rules.confirmed import (
    ConfirmedAssignment,
    ConfirmedClause,
    ConfirmedClosing,
    ConfirmedDeadline,
    ConfirmedDecision,
    ConfirmedMotion,
    ConfirmedPassage,
    ConfirmedRecipient,
    ConfirmedSignature,
    ConfirmedVote,
    Fault,
    faults,
)
from varn.areas.decisions.rules.fitting import fitting_first
from varn.areas.decisions.rules.kinds import ClauseKind, DeadlineKind, Purpose, Rank, may_close, text_hash
from varn.areas.decisions.rules.links import new_secret, secret_hash
from varn.areas.decisions.rules.marking import Mark, Piece, anchor_of, marked, place_of, words_of
from varn.areas.decisions.rules.proposals import doubts, proposed, reasons_about, reasons_about_the_whole
from varn.areas.decisions.rules.recipients import Addressee, AddresseeKind, addressee, groups_meant, purpose_for
from varn.areas.decisions.rules.statutory import StatutoryDate, appealed_until, posted_by, verified_by
from varn.areas.decisions.rules.verbatim import find_verbatim

__all__ = [
    "ESCALATION",
    "LINK",
    "REMINDER",
    "Addressee",
    "AddresseeKind",
    "ClauseKind",
    "ClosingReference",
    "ConfirmedAssignment",
    "ConfirmedClause",
    "ConfirmedClosing",
    "ConfirmedDeadline",
    "ConfirmedDecision",
    "ConfirmedMotion",
    "ConfirmedPassage",
    "ConfirmedRecipient",
    "ConfirmedSignature",
    "ConfirmedVote",
    "DeadlineKind",
    "Fault",
    "Mark",
    "Piece",
    "Point",
    "Purpose",
    "Rank",
    "StatutoryDate",
    "Wording",
    "addressee",
    "anchor_of",
    "appealed_until",
    "certain",
    "clause_kind",
    "doubts",
    "faults",
    "find_verbatim",
    "fitting_first",
    "found_point",
    "groups_meant",
    "is_same_words",
    "marked",
    "may_be_meant",
    "may_close",
    "named_among",
    "nearest_text",
    "nearness",
    "new_secret",
    "normal_paragraph",
    "place_of",
    "posted_by",
    "proposed",
    "purpose_for",
    "reasons_about",
    "reasons_about_the_whole",
    "same_body",
    "secret_hash",
    "suggested",
    "text_hash",
    "verified_by",
    "words_of",
]
