"""What waits for a day to come: read by the jobs, in the system's name."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q

from varn.areas.organisation.lifecycle import VALID_STATES, AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Unit, UnitPeriod
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.queries.demands import window_after
from varn.areas.organisation.rules.coverage import percent
from varn.mechanisms.access.viewer import Viewer


def to_activate(*, viewer: Viewer) -> list[Appointment]:
    """The accepted appointments whose first day has come."""
    waiting = Appointment.objects.visible_to(viewer).filter(state=AppointmentState.ACCEPTED)
    return list(waiting.filter(from_date__lte=viewer.day).order_by("pk"))


def to_end(*, viewer: Viewer) -> list[Appointment]:
    """The appointments whose last day has passed, those that became active this very day among them."""
    standing = Appointment.objects.visible_to(viewer).filter(
        state__in=[AppointmentState.ACTIVE, AppointmentState.ENDING, AppointmentState.ACCEPTED]
    )
    return list(standing.filter(until_date__lte=viewer.day).order_by("pk"))


def to_warn_of(*, viewer: Viewer) -> list[Appointment]:
    """The appointments that end within the window and of whose last day nobody has been told."""
    standing = Appointment.objects.visible_to(viewer).filter(
        Q(warned_of=None) | ~Q(warned_of=F("until_date")),
        state__in=[AppointmentState.ACTIVE, AppointmentState.ENDING],
        until_date__gt=viewer.day,
        until_date__lte=window_after(viewer.day),
    )
    return list(standing.select_related("person", "office", "function").order_by("until_date", "pk"))


def units_to_bring_up(*, viewer: Viewer) -> list[Unit]:
    """The units whose name or place of today is not yet written on them."""
    today = UnitPeriod.objects.filter(holds(viewer.day), unit=OuterRef("pk"))
    elsewhere = Q(parent__isnull=False) & ~Q(parent=OuterRef("parent"))
    differs = today.filter(~Q(name=OuterRef("name")) | elsewhere)
    return list(Unit.objects.visible_to(viewer).filter(Exists(differs)).order_by("pk"))


def appointments_to_bring_up(*, viewer: Viewer) -> list[Appointment]:
    """The appointments of which a change has begun that is not yet written on them."""
    today = AppointmentUnit.objects.on(viewer.day)
    changed = today.filter(
        from_date__gt=F("appointment__from_date"),
        appointment__in=Appointment.objects.visible_to(viewer).filter(state__in=VALID_STATES),
    )
    shares: dict[Appointment, Decimal] = defaultdict(Decimal)
    deputies: dict[Appointment, int | None] = {}
    for placement in today.filter(appointment__in=changed.values("appointment")).select_related("appointment"):
        shares[placement.appointment] += placement.share
        deputies.setdefault(placement.appointment, placement.deputy_id)
    return [
        one for one, share in shares.items() if (percent(share), deputies[one]) != (percent(one.share), one.deputy_id)
    ]
