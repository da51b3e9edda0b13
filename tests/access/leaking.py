"""The fault that is sown to show that the canary sings: everything lies within everybody's scope."""

from datetime import date

from django.db.models import QuerySet

from varn.areas.organisation.models import UnitLine
from varn.mechanisms.access.viewer import Scope


def units_everywhere(*, scopes: tuple[Scope, ...], day: date) -> QuerySet:
    """The ids of all units, whoever asks: what `settings.ACCESS_WITHIN` must never answer."""
    return UnitLine.objects.values("descendant_id")
