"""Who is left when a decision is sent: the lines that nobody was found for, and those who answer but stand on none."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from varn.areas.decisions.lifecycle import AssignmentState, DecisionState
from varn.areas.decisions.models import Assignment, Decision, Dispatch, Recipient
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries.expansion import Expansion, To
from varn.areas.decisions.rules import Addressee, AddresseeKind, Purpose, addressee
from varn.areas.organisation.queries import holder_of
from varn.mechanisms.access.viewer import Viewer, system_viewer

MOST_LINES = 100


def lines_left(decision: Decision, *, viewer: Viewer) -> list[Recipient]:
    """The lines of recipients that stand as sent to nobody. A line that names a file is nobody."""
    standing = Dispatch.objects.standing().filter(decision=decision)
    lines = Recipient.objects.visible_to(viewer).filter(decision=decision).exclude(pk__in=standing.values("recipient"))
    return [line for line in lines if not _is_a_file(line)]


def sent_in_part(*, since: date, viewer: Viewer) -> dict[Decision, list[Recipient]]:
    """The decisions since the day that the reader sends and that went to some, with the lines that went to nobody."""
    standing = Dispatch.objects.standing()
    mine = Decision.objects.visible_to(viewer, Permission.DISPATCH_DECISION).filter(date__gte=since)
    rows = Recipient.objects.visible_to(viewer).filter(
        ~Exists(standing.filter(recipient=OuterRef("pk"))),
        Exists(standing.filter(decision=OuterRef("decision"))),
        decision__in=mine.exclude(state__in=(DecisionState.ANNULLED, DecisionState.REPEALED)).values("pk"),
    )
    found: dict[Decision, list[Recipient]] = {}
    for line in rows.select_related("decision__body").order_by("decision__date", "decision", "position")[:MOST_LINES]:
        if not _is_a_file(line):
            found.setdefault(line.decision, []).append(line)
    return found


def is_left_to_send(decision: Decision, *, viewer: Viewer) -> bool:
    """Whether a line of recipients stands as sent to nobody."""
    return bool(lines_left(decision, viewer=viewer))


def answering_on_no_line(decision: Decision, lines: list[Expansion], *, viewer: Viewer) -> list[Expansion]:
    """Those who answer for an assignment of the decision, but whom no line of the minutes means and nobody has sent it.

    Each is a line of its own, in the words of the assignment, which becomes a recipient when it is sent.
    """
    rows = Assignment.objects.visible_to(viewer).filter(decision=decision, state=AssignmentState.DECIDED)
    meant = {(to.unit_id, None) if to.person_id is None else (None, to.person_id) for line in lines for to in line.to}
    words = {line.recipient.text.casefold() for line in lines}
    found: dict[tuple[int | None, int | None], Expansion] = {}
    for assignment in rows.select_related("decision", "office__unit", "unit"):
        to = _one_who_answers(assignment, viewer)
        if to is None or assignment.assignee.casefold() in words or (assignment.answering_unit, None) in meant:
            continue
        key = (to.unit_id, None) if to.person_id is None else (None, to.person_id)
        if key not in meant and not is_sent_to_who_answers(assignment, viewer=viewer):
            named = Addressee(kinds=(AddresseeKind.NAMED,), name=assignment.assignee)
            found.setdefault(key, Expansion(recipient=to.recipient, addressee=named, to=(to,), sent=()))
    return list(found.values())


def is_sent_to_who_answers(assignment: Assignment, *, viewer: Viewer) -> bool:
    """Whether the decision stands as sent to the unit, the holder or the delegate that answers, or under its words."""
    everybody = system_viewer(at=viewer.at, job="recipients")
    days = (viewer.day, assignment.decision.date)
    holders = [holder_of(assignment.office, each, viewer=everybody) for each in days] if assignment.office else []
    people = [person.pk for person in holders if person] + [assignment.delegated_to_id]
    words = Q(name__iexact=assignment.assignee) | Q(recipient__text__iexact=assignment.assignee)
    unit = Q(person=None, unit=assignment.answering_unit, unit__isnull=False)
    own = Q(person__in=[pk for pk in people if pk]) | unit
    return Dispatch.objects.standing().filter(words | own, decision=assignment.decision_id).exists()


def _is_a_file(line: Recipient) -> bool:
    return addressee(line.text).kinds == (AddresseeKind.ARCHIVE,)


def _one_who_answers(assignment: Assignment, viewer: Viewer) -> To | None:
    """The holder of the office today, otherwise the unit that answers; nobody while it is linked to none."""
    decision = assignment.decision
    line = Recipient(
        decision=decision,
        position=decision.recipients.count() + 1,
        text=assignment.assignee,
        purpose=Purpose.ASSIGNMENT,
    )
    everybody = system_viewer(at=viewer.at, job="recipients")
    holder = holder_of(assignment.office, viewer.day, viewer=everybody) if assignment.office else None
    if holder is not None:
        return To(recipient=line, name=holder.name, unit_id=holder.unit_id, person_id=holder.pk, email=holder.email)
    unit = assignment.office.unit if assignment.office else assignment.unit
    return To(recipient=line, name=unit.name, unit_id=unit.pk, email=unit.email) if unit else None
