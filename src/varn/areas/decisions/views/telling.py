"""What a page of a deed is about, in one line, and the way back from it: the list, and the thing itself."""

from django.urls import reverse
from django.utils.translation import gettext as _

from varn.areas.decisions.models import Assignment, Body, Decision, Reading
from varn.mechanisms.links import Link, url_of


def about_decision(decision: Decision) -> str:
    """The decision's citation and title."""
    return f"{decision.citation}: {decision.title}"


def about_assignment(assignment: Assignment) -> str:
    """Who is to do what, by when, and by which decision."""
    what = f"{assignment.assignee}: {assignment.text}"
    when = _("last day %(day)s") % {"day": assignment.due_date} if assignment.due_date else _("no last day")
    return f"{what} ({when}; {about_decision(assignment.decision)})"


def trail_of_decision(decision: Decision) -> list[Link]:
    """The list of decisions, and the decision."""
    return [
        Link(label=_("Decisions"), url=reverse("decisions:decision-list")),
        Link(label=decision.citation, url=url_of(decision)),
    ]


def trail_of_assignment(assignment: Assignment) -> list[Link]:
    """The list of assignments, and the assignment."""
    return [
        Link(label=_("Assignments"), url=reverse("decisions:assignment-list")),
        Link(label=assignment.reference, url=url_of(assignment)),
    ]


def trail_of_body(*bodies: Body) -> list[Link]:
    """The list of bodies, and the body if there is one."""
    return [
        Link(label=_("Bodies"), url=reverse("decisions:body-list")),
        *(Link(label=body.name, url=url_of(body)) for body in bodies),
    ]


def trail_of_reading(*readings: Reading) -> list[Link]:
    """The list of minutes that have been read, and these if they are there already."""
    return [
        Link(label=_("Decisions"), url=reverse("decisions:decision-list")),
        Link(label=_("Minutes that have been read"), url=reverse("decisions:reading-list")),
        *(Link(label=reading.name, url=url_of(reading)) for reading in readings),
    ]
