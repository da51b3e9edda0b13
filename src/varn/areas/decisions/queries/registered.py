"""What is registered already: read for registering and matching, not for showing, so without a viewer."""

from collections.abc import Iterator

from django.db.models import Q

from varn.areas.decisions.lifecycle import NEVER_IN_FORCE, AssignmentState
from varn.areas.decisions.models import Assignment, Body, Clause, Closing, Decision, Proposal
from varn.areas.decisions.rules import ClosingReference, Point, found_point, normal_paragraph, same_body

ENDED_OTHERWISE = (*NEVER_IN_FORCE, AssignmentState.REPEALED)


def registered_as(body: Body, year: int, paragraph: str) -> Decision | None:
    """The decision that holds this § of the body's year, if it is registered and not annulled."""
    return Decision.objects.valid().filter(body=body, year=year, paragraph=normal_paragraph(paragraph)).first()


def body_called(name: str) -> Body | None:
    """The body that these words name: its name or short name, in any case of letters and in the genitive."""
    return next((body for body in Body.objects.all() if same_body(name, body.name, body.short_name)), None)


def assignments_meant(reference: ClosingReference, *, closer: Body) -> list[Assignment]:
    """The assignments that a decision by `closer` means and may close; none where it stands below the giver.

    The § that is referred to may be the one that gave them, or the one of a lower body that only proposed them.
    """
    return [each for each in _meant(reference) if closer.may_close(each.giver) is None]


def assignments_out_of_reach(reference: ClosingReference, *, closer: Body) -> list[Assignment]:
    """The assignments that a decision by `closer` means and may not close, since a higher body gave them."""
    return [each for each in _meant(reference) if closer.may_close(each.giver) is not None]


def closings_waiting_for(decision: Decision) -> list[Closing]:
    """The closings said before by other decisions, that mean an assignment of this one and have not found it."""
    waiting = Closing.objects.waiting().filter(date=decision.date, paragraph=decision.paragraph)
    rows = waiting.select_related("decision__body")
    return [row for row in rows if same_body(row.body_name, decision.body.name, decision.body.short_name)]


def reference_of(closing: Closing) -> ClosingReference:
    """What a stored closing refers to."""
    return ClosingReference(
        body=closing.body_name,
        date=closing.date,
        paragraph=closing.paragraph,
        point=closing.point,
        only=closing.only,
    )


def waiting_for(assignment: Assignment, *, decision: Decision) -> Closing | None:
    """The closing that the decision already said and that waits, when it is this assignment that it must mean.

    It names the § and the point, whatever body was read there, or it names no § at all.
    """
    clause, given = assignment.clause, assignment.decision
    point = Q(point__in=["", clause.number]) if clause.number else Q(point__in=["", str(clause.position)])
    named = point & Q(date=given.date, paragraph=given.paragraph, only__in=["", assignment.assignee])
    rows = Closing.objects.waiting().filter(named | Q(paragraph=""), decision=decision)
    return min(rows, key=lambda row: (not row.paragraph, not row.point, row.pk), default=None)


def _meant(reference: ClosingReference) -> list[Assignment]:
    rows = {assignment.pk: (assignment, clause) for assignment, clause in _assignments_of(reference)}
    points = [_point(assignment, clause) for assignment, clause in rows.values()]
    wanted = set(found_point(reference.point, points, only=reference.only))
    return [assignment for pk, (assignment, _) in rows.items() if pk in wanted]


def _assignments_of(reference: ClosingReference) -> Iterator[tuple[Assignment, Clause]]:
    """The assignments of the § that is referred to, each with its clause there."""
    if reference.date is None or not reference.paragraph:
        return
    standing = Assignment.objects.exclude(state__in=ENDED_OTHERWISE)
    standing = standing.select_related("giver", "clause", "decision__body")
    meant = Q(date=reference.date, paragraph=normal_paragraph(reference.paragraph))
    for decision in Decision.objects.valid().filter(meant).select_related("body"):
        if same_body(reference.body, decision.body.name, decision.body.short_name):
            yield from ((each, each.clause) for each in standing.filter(decision=decision))
            for row in Proposal.objects.filter(clause__decision=decision).select_related("clause", "assignment"):
                yield from ((each, row.clause) for each in standing.filter(_came_of(row)).exclude(decision=decision))


def _came_of(proposal: Proposal) -> Q:
    """The assignment that was proposed, and those that were given the same with it when it was taken up."""
    taken = proposal.assignment
    own = Q(pk=taken.pk)
    return own | Q(clause=taken.clause_id, group=taken.group, text=taken.text) if taken.group else own


def _point(assignment: Assignment, clause: Clause) -> Point:
    return Point(key=assignment.pk, number=clause.number, position=clause.position, assignee=assignment.assignee)
