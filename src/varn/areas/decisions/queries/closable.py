"""Which assignments a closing closes: by body, date, § and point, and else by its words."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from varn.areas.decisions.models import Assignment, Clause, Closing, Decision
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries.lists import assignments
from varn.areas.decisions.queries.registered import assignments_meant, assignments_out_of_reach, reference_of
from varn.areas.decisions.rules import ClauseKind, ClosingReference, named_among
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Why a closing has found no assignment, as the reader may know it.

    It names no § at all; it may mean one or another (`may_mean`); or a higher body gave what it means
    (`out_of_reach`). Otherwise nothing that fits is registered.
    """

    names_none: bool
    may_mean: tuple[Assignment, ...]
    out_of_reach: tuple[Assignment, ...]


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


def out_of_reach(reference: ClosingReference, *, decision: Decision, viewer: Viewer) -> list[Assignment]:
    """The assignments of the § that the decision means and may not close, of those the reader may see."""
    above = [each.pk for each in assignments_out_of_reach(reference, closer=decision.body)]
    return list(assignments(viewer=viewer).filter(pk__in=above, from_date__lte=decision.date))


def named_of(rows: list[Assignment], words: str) -> list[Assignment]:
    """Those of the assignments of one § that the words name."""
    return [rows[place] for place in named_among(words, [row.text for row in rows])]


def words_about(paragraph: str, texts: Collection[str]) -> str:
    """The words in which a closing speaks of a §: the clause that names its number."""
    named = re.compile(rf"§\s*{re.escape(paragraph)}\b")
    return next((text for text in texts if paragraph and named.search(text)), "")


def clause_saying(closing: Closing) -> Clause | None:
    """The clause of the decision that says the closing: the only one that closes, otherwise the one that names the §.

    None where neither tells.
    """
    clauses = list(closing.decision.clauses.filter(kind=ClauseKind.CLOSES, for_body=""))
    named = words_about(closing.paragraph, [each.text for each in clauses])
    told = [each for each in clauses if each.text == named] if named else clauses
    return told[0] if len(told) == 1 else None


def why_waiting(closings: Iterable[Closing], *, viewer: Viewer) -> dict[int, Waiting]:
    """Of each of the closings that waits, why: by its own number."""
    return {each.pk: _why(each, viewer) for each in closings if each.waits}


def _why(closing: Closing, viewer: Viewer) -> Waiting:
    reference = reference_of(closing)
    meant = [each.pk for each in assignments_meant(reference, closer=closing.decision.body)]
    seen = assignments(viewer=viewer).filter(pk__in=meant, from_date__lte=closing.decision.date)
    return Waiting(
        names_none=not closing.paragraph,
        may_mean=tuple(seen),
        out_of_reach=tuple(out_of_reach(reference, decision=closing.decision, viewer=viewer)),
    )


def _words_of(closing: Closing) -> str:
    clauses = closing.decision.clauses.filter(kind=ClauseKind.CLOSES).values_list("text", flat=True)
    return words_about(closing.paragraph, list(clauses)) or closing.outcome
