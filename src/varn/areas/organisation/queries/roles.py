"""Who has a role today: what a security officer reads beside the role table."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import Appointment, AppointmentUnit, StandIn
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.standing_in import deputising
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.viewer import Viewer

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Holding:
    """That somebody has a role today: through which appointment, and whose deputy they are if they stand in."""

    appointment: Appointment
    stand_in: StandIn | None = None

    @property
    def name(self) -> str:
        """Who it is, and whose deputy."""
        holder = str(self.appointment.holder)
        return deputising(self.stand_in.deputy.name, holder) if self.stand_in else holder


def reads_holders(viewer: Viewer) -> bool:
    """Whether the reader may see who is appointed, besides what the roles may do."""
    return viewer.may(Access.READ_ROLES) and viewer.may(Permission.READ_APPOINTMENTS)


def count_by_role(viewer: Viewer) -> Counter[str]:
    """How many appointments give each role today, and how many deputies have it, of those that the reader may see."""
    if not reads_holders(viewer):
        return Counter()
    standing = Appointment.objects.visible_to(viewer).standing(viewer.day)
    stood_in = StandIn.objects.visible_to(viewer).standing(viewer.day)
    stood_in = stood_in.filter(holds(viewer.day, prefix="appointment__"), appointment__state__in=VALID_STATES)
    return _counted(standing, "function__role") + _counted(stood_in, "appointment__function__role")


def _counted(rows: QuerySet, role: str) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(role).annotate(count=Count("pk"))))


def holdings_of(roles: Collection[str], *, viewer: Viewer) -> list[Holding]:
    """Who has one of these roles today, of those that the reader may see; at most `MOST`, and their deputies."""
    if not reads_holders(viewer):
        return []
    placements = AppointmentUnit.objects.on(viewer.day).select_related("unit").order_by("from_date", "pk")
    standing = Appointment.objects.visible_to(viewer).standing(viewer.day).filter(function__role__in=roles)
    rows = standing.select_related("person", "office", "function").order_by("function__position", "pk")
    shown = list(rows.prefetch_related(Prefetch("placements", queryset=placements))[:MOST])
    deputies = StandIn.objects.visible_to(viewer).standing(viewer.day).filter(appointment__in=shown)
    by_appointment: dict[int, list[StandIn]] = {}
    for one in deputies.select_related("deputy").order_by("pk"):
        by_appointment.setdefault(one.appointment_id, []).append(one)
    return [
        holding
        for appointment in shown
        for holding in (
            Holding(appointment=appointment),
            *(Holding(appointment=appointment, stand_in=one) for one in by_appointment.get(appointment.pk, [])),
        )
    ]
