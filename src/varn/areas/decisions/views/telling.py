"""What a page of a deed is about, in one line: the assignment with who and by when, the decision with its citation."""

import re

from django.utils.translation import gettext as _

from varn.areas.decisions.models import Assignment, Decision

LOCAL_GOVERNMENT_ACT = re.compile(r"KL(?P<old> \(\d{4}:\d+\))? (?P<places>\d+:\d+(?:, \d+:\d+)*)")


def about_decision(decision: Decision) -> str:
    """The decision's citation and title."""
    return f"{decision.citation}: {decision.title}"


def about_assignment(assignment: Assignment) -> str:
    """Who is to do what, by when, and by which decision."""
    what = f"{assignment.assignee}: {assignment.text}"
    when = _("last day %(day)s") % {"day": assignment.due_date} if assignment.due_date else _("no last day")
    return f"{what} ({when}; {about_decision(assignment.decision)})"


def source_in_full(source: str) -> str:
    """A source of the lawbook as it is read aloud ("KL 13:5" is "13 kap. 5 § kommunallagen"), or as it stands."""
    found = LOCAL_GOVERNMENT_ACT.fullmatch(source)
    if found is None:
        return source
    pairs = (place.split(":") for place in found["places"].split(", "))
    places = [_("chapter %(chapter)s section %(section)s") % {"chapter": one, "section": two} for one, two in pairs]
    law = _("of the Local Government Act") + (found["old"] or "")
    return f"{_(' and ').join(places)} {law}"
