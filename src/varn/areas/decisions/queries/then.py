"""In which state assignments were at the end of a day: by their moves, and by the day on which they were given."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet

from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment
from varn.kernel.calendar import end_of_day
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.models import Move


def states_then(keys: Iterable[int], day: date) -> dict[int, str]:
    """The states of these assignments at the end of a day on which they were in force.

    One that was decided by then, and registered or taken up only later, was decided.
    """
    keys = list(keys)
    moves = _moves_then(keys, day).exclude(target=AssignmentState.PROPOSED)
    return dict.fromkeys(keys, AssignmentState.DECIDED.value) | dict(moves.values_list("object_id", "target"))


def counted_then(day: date, *, viewer: Viewer) -> Counter[str]:
    """How many of the assignments the reader may see were in each state at the end of the day.

    One that was decided by then, and registered or taken up only later, was decided.
    """
    seen = Assignment.objects.visible_to(viewer)
    if day >= viewer.day:
        return _counted(seen, "state")
    open_then = seen.open_on(day)
    late = {"target": AssignmentState.PROPOSED, "object_id__in": open_then.values("pk")}
    moves = _moves_then(seen.values("pk"), day).exclude(**late)
    counted = _counted(moves, "target")
    counted[AssignmentState.DECIDED] += open_then.exclude(pk__in=moves.values("object_id")).count()
    return counted


def _moves_then(keys: QuerySet | list[int], day: date) -> QuerySet[Move]:
    """The moves that had led the assignments to where they were at the end of the day."""
    until = end_of_day(day)
    held = Q(until_at=None) | Q(until_at__gte=until)
    return Move.objects.filter(held, content_type=_kind(), made_at__lt=until, object_id__in=keys)


def _counted(rows: QuerySet, field: str) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(field).annotate(count=Count("pk"))))


def _kind() -> ContentType:
    return ContentType.objects.get_for_model(Assignment)
