"""Reads of decisions: what pages show, what registering matches, and what others may ask."""

from varn.areas.decisions.queries.balance import Balance, OpenAssignment, balance_of
from varn.areas.decisions.queries.chain import Chain, Link, chain_of, closings_said_by
from varn.areas.decisions.queries.expansion import (
    Expansion,
    To,
    accounts_answering_for,
    accounts_of,
    chief_executive_accounts,
    expansions_of,
)
from varn.areas.decisions.queries.lists import (
    assignments,
    awaited_from,
    bodies,
    bodies_registered_by,
    closings_unanswered,
    decisions,
    dispatches,
    evidence_of,
    given_by_at_least,
    meetings_of,
    overdue_since,
    overdue_untold,
    posted_and_past,
    readings,
    rulings_over,
    unanswered_since,
)
from varn.areas.decisions.queries.registered import (
    assignments_meant,
    body_called,
    closings_waiting_for,
    reference_of,
    registered_as,
)
from varn.areas.decisions.queries.searching import SEARCHABLES
from varn.areas.decisions.queries.sections import Section, sections_of

__all__ = [
    "SEARCHABLES",
    "Balance",
    "Chain",
    "Expansion",
    "Link",
    "OpenAssignment",
    "Section",
    "To",
    "accounts_answering_for",
    "accounts_of",
    "assignments",
    "assignments_meant",
    "awaited_from",
    "balance_of",
    "bodies",
    "bodies_registered_by",
    "body_called",
    "chain_of",
    "chief_executive_accounts",
    "closings_said_by",
    "closings_unanswered",
    "closings_waiting_for",
    "decisions",
    "dispatches",
    "evidence_of",
    "expansions_of",
    "given_by_at_least",
    "meetings_of",
    "overdue_since",
    "overdue_untold",
    "posted_and_past",
    "readings",
    "reference_of",
    "registered_as",
    "rulings_over",
    "sections_of",
    "unanswered_since",
]
