"""What a page of a deed is about, in one line, and the way back from it: the list, and the thing itself."""

from django.utils.translation import gettext as _

from varn.areas.decisions.models import Assignment, Decision, Reading
from varn.mechanisms.links import Link
from varn.mechanisms.ui.trails import trail_to


def about_decision(decision: Decision) -> str:
    """The decision's citation and title."""
    return f"{decision.citation}: {decision.title}"


def about_assignment(assignment: Assignment) -> str:
    """Who is to do what, by when, and by which decision."""
    what = f"{assignment.assignee}: {assignment.text}"
    when = _("last day %(day)s") % {"day": assignment.due_date} if assignment.due_date else _("no last day")
    return f"{what} ({when}; {about_decision(assignment.decision)})"


def trail_of_minutes(*readings: Reading) -> list[Link]:
    """The decisions, the minutes that have been read, and these if they are there already."""
    named = trail_to(Reading, readings[0], called=readings[0].name) if readings else trail_to(Reading)
    return [*trail_to(Decision), *named]
