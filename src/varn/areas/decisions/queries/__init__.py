"""Reads of decisions: what pages show, what registering matches, and what others may ask."""

from varn.areas.decisions.queries.adopting import (
    not_adopted_by,
    proposed_as,
    proposed_below,
    with_certain_adoptions,
    wording_of,
)
from varn.areas.decisions.queries.answering import Answering, answering, each_answering, units_meant
from varn.areas.decisions.queries.awaited import awaited_alone, awaited_from, awaited_with
from varn.areas.decisions.queries.balance import Balance, OpenAssignment, balance_of
from varn.areas.decisions.queries.chain import Chain, Link, chain_of, closings_said_by, given_by, touched_by_annulling
from varn.areas.decisions.queries.closable import (
    closable_by,
    may_be_closed,
    named_of,
    words_about,
)
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
    bodies,
    bodies_registered_by,
    closings_unanswered,
    decisions,
    dispatches,
    evidence_of,
    given_by_at_least,
    meetings_of,
    open_assignments_of,
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
from varn.areas.decisions.queries.requiring import require_open, require_ruling, stated, stated_deadline
from varn.areas.decisions.queries.searching import SEARCHABLES
from varn.areas.decisions.queries.sections import Section, sections_of
from varn.areas.decisions.queries.sharing import Sharing, shared_with, sharing_now
from varn.areas.decisions.queries.then import counted_then

__all__ = [
    "SEARCHABLES",
    "Answering",
    "Balance",
    "Chain",
    "Expansion",
    "Link",
    "OpenAssignment",
    "Section",
    "Sharing",
    "To",
    "accounts_answering_for",
    "accounts_of",
    "answering",
    "assignments",
    "assignments_meant",
    "awaited_alone",
    "awaited_from",
    "awaited_with",
    "balance_of",
    "bodies",
    "bodies_registered_by",
    "body_called",
    "chain_of",
    "chief_executive_accounts",
    "closable_by",
    "closings_said_by",
    "closings_unanswered",
    "closings_waiting_for",
    "counted_then",
    "decisions",
    "dispatches",
    "each_answering",
    "evidence_of",
    "expansions_of",
    "given_by",
    "given_by_at_least",
    "may_be_closed",
    "meetings_of",
    "named_of",
    "not_adopted_by",
    "open_assignments_of",
    "overdue_since",
    "overdue_untold",
    "posted_and_past",
    "proposed_as",
    "proposed_below",
    "readings",
    "reference_of",
    "registered_as",
    "require_open",
    "require_ruling",
    "rulings_over",
    "sections_of",
    "shared_with",
    "sharing_now",
    "stated",
    "stated_deadline",
    "touched_by_annulling",
    "unanswered_since",
    "units_meant",
    "with_certain_adoptions",
    "wording_of",
    "words_about",
]
