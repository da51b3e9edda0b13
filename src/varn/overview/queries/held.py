"""What a reader holds on the day: the units of their own appointments and of those they stand in for; the offices."""

from functools import reduce
from operator import or_

from django.db.models import Q

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import AppointmentUnit, Office, StandIn, Unit
from varn.kernel.levels import Tier
from varn.mechanisms.access.viewer import Viewer


def placements_held(viewer: Viewer) -> list[AppointmentUnit]:
    """Where the reader stands appointed on the day, or stands in for somebody, with the function and the unit."""
    if viewer.person_id is None:
        return []
    stood_in = StandIn.objects.standing(viewer.day).filter(deputy=viewer.person_id)
    held = Q(appointment__person=viewer.person_id) | Q(appointment__in=stood_in.values("appointment"))
    rows = AppointmentUnit.objects.on(viewer.day).filter(held, appointment__state__in=VALID_STATES)
    rows = rows.order_by("appointment__from_date", "pk")
    return list(rows.select_related("appointment__function", "unit"))


def office_ids_held(placements: list[AppointmentUnit]) -> list[int]:
    """The named offices that the reader holds through these placements."""
    pairs = [Q(function=row.appointment.function_id, unit=row.unit_id) for row in placements]
    return list(Office.objects.filter(reduce(or_, pairs)).values_list("pk", flat=True)) if pairs else []


def units_supported(placements: list[AppointmentUnit]) -> list[Unit]:
    """The units that the reader coordinates: those of appointments on the tactical tier."""
    return [row.unit for row in placements if row.appointment.function.tier == Tier.TACTICAL]


def units_answered_for(placements: list[AppointmentUnit]) -> list[Unit]:
    """The units that the reader is the accountable manager of."""
    return [row.unit for row in placements if row.appointment.function.tier == Tier.ACCOUNTABLE]
