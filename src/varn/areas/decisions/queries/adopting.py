"""The assignments that lower bodies have proposed, for a decision that may adopt them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Body, Decision, RelatedCase
from varn.areas.decisions.queries.lists import assignments
from varn.areas.decisions.rules import ConfirmedDecision, Wording, certain
from varn.mechanisms.access.viewer import Viewer

MOST = 100


def proposed_below(
    body: Body, day: date, *, numbers: Collection[str], texts: Collection[str], viewer: Viewer
) -> list[Assignment]:
    """The assignments that a decision of the body on the day may adopt, of those the reader may see.

    Only proposed as yet, by a lower body and no later than the day; in one of the cases, or in the same words.
    """
    named = RelatedCase.objects.filter(decision=OuterRef("decision"), number__in=numbers)
    same = Q(decision__case_number__in=numbers) | Q(Exists(named)) | Q(text__in=texts)
    rows = _proposed(viewer=viewer).filter(same, giver__rank__lt=body.rank, decision__date__lte=day)
    return list(rows.prefetch_related("decision__relatedcases")[:MOST])


def proposed_as(reference: str, *, viewer: Viewer) -> Assignment | None:
    """The assignment under this reference, if the reader may see it and it is only proposed."""
    return _proposed(viewer=viewer).filter(reference=reference).first()


def wording_of(assignment: Assignment) -> Wording:
    """How the assignment is worded, with the numbers of its §."""
    decision = assignment.decision
    related = frozenset(row.number for row in decision.relatedcases.all())
    return Wording(
        assignee=assignment.assignee, text=assignment.text, case_number=decision.case_number, related=related
    )


def with_certain_adoptions(decision: ConfirmedDecision, body: Body, *, viewer: Viewer) -> ConfirmedDecision:
    """The § with each assignment adopting the proposed one that it certainly is; the rest are given anew."""
    if decision.date is None:
        return decision
    related = frozenset(row.text for row in decision.related)
    rows = proposed_below(
        body,
        decision.date,
        numbers=related | ({decision.case_number} - {""}),
        texts=[each.text for each in decision.assignments],
        viewer=viewer,
    )
    left = {row.reference: wording_of(row) for row in rows}
    adopting = []
    for each in decision.assignments:
        incoming = Wording(assignee=each.assignee, text=each.text, case_number=decision.case_number, related=related)
        reference = certain(incoming, left.items())
        left.pop(reference, None)
        adopting.append(replace(each, adopts=reference))
    return replace(decision, assignments=tuple(adopting))


def not_adopted_by(decision: Decision, *, viewer: Viewer) -> QuerySet[Assignment]:
    """What lower bodies proposed in the case of this decision and no decision has adopted."""
    if not decision.case_number:
        return _proposed(viewer=viewer).none()
    return _proposed(viewer=viewer).filter(
        decision__case_number=decision.case_number,
        decision__date__lte=decision.date,
        giver__rank__lt=decision.body.rank,
    )


def _proposed(*, viewer: Viewer) -> QuerySet[Assignment]:
    return assignments(viewer=viewer).filter(state=AssignmentState.PROPOSED)
