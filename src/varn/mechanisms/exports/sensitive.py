"""How much of a list is sensitive: what decides whether one person alone takes it out."""

from typing import Any

from django.db.models import Q, QuerySet

from varn.mechanisms.access.guards import ABOVE_INTERNAL
from varn.mechanisms.access.viewer import Viewer


def sensitive_among(rows: QuerySet[Any], *, viewer: Viewer) -> int:
    """How many of the rows belong to a record above internal; none where the kind has no levels."""
    above = Q(pk__in=[])
    for guard in getattr(rows, "guards", ()):
        for level in ABOVE_INTERNAL:
            above |= Q(**{f"{guard.key}__in": guard.sensitive(level, viewer)})
    return rows.order_by().filter(above).count() if getattr(rows, "guards", ()) else 0
