"""Which assignments a clause that extends may mean, and until when: as its words say."""

import re
from datetime import date

from django.db.models import Q, QuerySet

from varn.areas.decisions.models import Assignment, Decision
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries.lists import given_by_at_least
from varn.areas.decisions.reader.deadlines import read_deadlines
from varn.areas.decisions.rules import ConfirmedDeadline, DeadlineKind, normal_paragraph
from varn.mechanisms.access.viewer import Viewer

CITED = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d),?\s*§\s*(?P<paragraph>\d+\s?[a-z]?\b)(?:,?\s*punkt(?:en)?\s*(?P<point>\d+))?"
)

# The reader takes these words for how long something lasts; more time lasts until its last day.
THROUGH = "till och med"


def extendable_by(decision: Decision, *, viewer: Viewer) -> QuerySet[Assignment]:
    """The open assignments that the decision may give more time, of those that the reader may extend."""
    own = Assignment.objects.visible_to(viewer, Permission.EXTEND).values("pk")
    return given_by_at_least(decision, viewer=viewer).filter(pk__in=own)


def meant_by(words: str, *, decision: Decision, viewer: Viewer) -> list[Assignment]:
    """Those of them that the words of a clause cite by date, § and point."""
    cited = Q(pk__in=[])
    for found in CITED.finditer(words):
        given = Q(decision__date=_day(found["day"]), decision__paragraph=normal_paragraph(found["paragraph"]))
        cited |= given & Q(clause__number=found["point"]) if found["point"] else given
    return list(extendable_by(decision, viewer=viewer).filter(cited))


def deadline_in(words: str, day: date) -> ConfirmedDeadline | None:
    """The last deadline that the words of a clause of that day state; `None` where they state none."""
    brief = words.replace(THROUGH, "till")
    found = read_deadlines(brief, 0, len(brief), day)
    if not found:
        return None
    last = found[-1]
    said = last.text if last.text in words else last.text.replace("till", THROUGH, 1)
    return ConfirmedDeadline(
        words=said, kind=DeadlineKind(last.kind.value), first=last.first, last=last.last or last.due
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
