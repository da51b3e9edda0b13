"""How decisions and assignments are searched."""

from django.utils.translation import gettext as _

from varn.areas.decisions.models import Assignment, Decision
from varn.mechanisms.links import url_of
from varn.mechanisms.search.searchables import Searchable


def _decision_body(decision: Decision) -> str:
    return f"{decision.citation}\n{decision.case_number}\n{decision.text}"


def _assignment_body(assignment: Assignment) -> str:
    decision = assignment.decision
    return f"{assignment.assignee}\n{assignment.text}\n{decision.citation}\n{decision.case_number}"


def _told_of_assignment(assignment: Assignment) -> tuple[str, str]:
    last = _("last day %(day)s") % {"day": assignment.due_date} if assignment.due_date else ""
    return assignment.decision.citation, last


SEARCHABLES = (
    Searchable(
        model=Decision,
        kind="decisions:decision",
        title=lambda decision: decision.title,
        body=_decision_body,
        url=url_of,
        related=("body",),
        tells=lambda decision: (decision.citation, decision.case_number),
        is_text=True,
    ),
    Searchable(
        model=Assignment,
        kind="decisions:assignment",
        title=lambda assignment: f"{assignment.assignee}: {assignment.text}",
        body=_assignment_body,
        url=url_of,
        related=("decision__body",),
        shows=lambda assignment: assignment.decision.citation,
        tells=_told_of_assignment,
    ),
)
