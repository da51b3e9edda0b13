"""Which assignments a closing closes: by body, date, § and point, and else by its words."""

import re
from collections.abc import Collection

from varn.areas.decisions.models import Assignment, Closing, Decision
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries.registered import assignments_meant, reference_of
from varn.areas.decisions.rules import ClauseKind, ClosingReference, named_among
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer


def closable_by(closing: Closing, *, viewer: Viewer, chosen: Collection[str] | None = None) -> list[Assignment]:
    """The assignments that the closing closes by what it says; none where its words may mean one or another of them.

    With `chosen`, those of the assignments it may mean that a person has ticked by their references, and no others.
    """
    rows = may_be_closed(reference_of(closing), decision=closing.decision, viewer=viewer)
    if chosen is not None:
        return [row for row in rows if row.reference in chosen]
    return rows if closing.point or closing.only else named_of(rows, _words_of(closing))


def may_be_closed(reference: ClosingReference, *, decision: Decision, viewer: Viewer) -> list[Assignment]:
    """The assignments of the § that the decision may close, older than itself, of those the reader may close."""
    return [
        assignment
        for assignment in assignments_meant(reference, closer=decision.body)
        if assignment.from_date <= decision.date and may(viewer, Permission.CLOSE, assignment)
    ]


def named_of(rows: list[Assignment], words: str) -> list[Assignment]:
    """Those of the assignments of one § that the words name."""
    return [rows[place] for place in named_among(words, [row.text for row in rows])]


def words_about(paragraph: str, texts: Collection[str]) -> str:
    """The words in which a closing speaks of a §: the clause that names its number."""
    named = re.compile(rf"§\s*{re.escape(paragraph)}\b")
    return next((text for text in texts if paragraph and named.search(text)), "")


def _words_of(closing: Closing) -> str:
    clauses = closing.decision.clauses.filter(kind=ClauseKind.CLOSES).values_list("text", flat=True)
    return words_about(closing.paragraph, list(clauses)) or closing.outcome
