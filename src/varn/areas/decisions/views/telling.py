"""What a page of a deed is about, in one line: the assignment with who and by when, the decision with its citation."""

from django.utils.translation import gettext as _

from varn.areas.decisions.models import Assignment, Decision


def about_decision(decision: Decision) -> str:
    """The decision's citation and title."""
    return f"{decision.citation}: {decision.title}"


def about_assignment(assignment: Assignment) -> str:
    """Who is to do what, by when, and by which decision."""
    what = f"{assignment.assignee}: {assignment.text}"
    when = _("last day %(day)s") % {"day": assignment.due_date} if assignment.due_date else _("no last day")
    return f"{what} ({when}; {about_decision(assignment.decision)})"
