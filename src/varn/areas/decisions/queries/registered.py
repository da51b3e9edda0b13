"""What is registered already: read for registering and matching, not for showing, so without a viewer."""

from collections.abc import Iterable

from varn.areas.decisions.lifecycle import AssignmentState, DecisionState
from varn.areas.decisions.models import Assignment, Body, Closing, Decision
from varn.areas.decisions.rules import ClosingReference, Point, found_point, may_close, normal_paragraph, same_body

ENDED_OTHERWISE = (AssignmentState.PROPOSED, AssignmentState.REPEALED, AssignmentState.ANNULLED)


def registered_as(body: Body, year: int, paragraph: str) -> Decision | None:
    """The decision that holds this § of the body's year, if it is registered and not annulled."""
    return Decision.objects.valid().filter(body=body, year=year, paragraph=normal_paragraph(paragraph)).first()


def body_called(name: str) -> Body | None:
    """The body that these words name: its name or short name, in any case of letters and in the genitive."""
    return next((body for body in Body.objects.all() if same_body(name, body.name, body.short_name)), None)


def assignments_meant(reference: ClosingReference, *, closer: Body) -> list[Assignment]:
    """The assignments that a decision by `closer` means and may close; none where it stands below the giver."""
    rows = [assignment for assignment in _assignments_of(reference) if _rules_over(closer, assignment.giver)]
    wanted = set(found_point(reference.point, [_point(assignment) for assignment in rows]))
    return [assignment for assignment in rows if assignment.pk in wanted]


def closings_waiting_for(decision: Decision) -> list[Closing]:
    """The closings said before by other decisions, that mean an assignment of this one and have not found it."""
    waiting = Closing.objects.filter(assignment=None, date=decision.date, paragraph=decision.paragraph)
    rows = waiting.exclude(decision__state=DecisionState.ANNULLED).select_related("decision__body")
    return [row for row in rows if same_body(row.body_name, decision.body.name, decision.body.short_name)]


def reference_of(closing: Closing) -> ClosingReference:
    """What a stored closing refers to."""
    return ClosingReference(body=closing.body_name, date=closing.date, paragraph=closing.paragraph, point=closing.point)


def _assignments_of(reference: ClosingReference) -> Iterable[Assignment]:
    if reference.date is None or not reference.paragraph:
        return []
    rows = Assignment.objects.exclude(state__in=ENDED_OTHERWISE).filter(
        decision__date=reference.date, decision__paragraph=normal_paragraph(reference.paragraph)
    )
    rows = rows.exclude(decision__state=DecisionState.ANNULLED).select_related("decision__body", "clause", "giver")
    return [row for row in rows if same_body(reference.body, row.decision.body.name, row.decision.body.short_name)]


def _rules_over(closer: Body, giver: Body) -> bool:
    return may_close(giver=giver.rank, closer=closer.rank, same_body=giver.pk == closer.pk) is None


def _point(assignment: Assignment) -> Point:
    return Point(key=assignment.pk, number=assignment.clause.number, position=assignment.clause.position)
