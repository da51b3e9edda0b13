"""Who answers for a unit and who supports it on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import Appointment, AppointmentUnit, Person, Unit, UnitLine
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.hidden import people_hidden
from varn.areas.organisation.queries.scopes import sight_of
from varn.kernel.levels import Tier
from varn.mechanisms.access.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Support:
    """Someone who supports, or answers for, a unit on a day: through which unit, how much, with whom as deputy.

    `unit_name` is what that unit was called on the day; `can_open` whether the reader may open the appointment itself.
    """

    appointment: Appointment
    unit_name: str
    depth: int
    share: Decimal
    deputy: Person | None
    can_open: bool

    @property
    def is_own(self) -> bool:
        """Whether the appointment is for the unit itself."""
        return self.depth == 0


def sees_staffing(unit: Unit, *, viewer: Viewer) -> bool:
    """Whether the unit lies where the reader may see who is appointed."""
    sight = sight_of(viewer, Permission.READ_APPOINTMENTS)
    return sight is None or sight.filter(descendant=unit).exists()


def support_of(unit: Unit, day: date, *, viewer: Viewer) -> dict[str, list[Support]]:
    """Who answers for the unit and who supports it on the day, by tier, the nearest first.

    Appointments reach a unit from above within its authority; those on the strategic tier reach every authority.
    Nothing is shown of a unit that lies outside the reader's own scope.
    """
    if not sees_staffing(unit, viewer=viewer):
        return {}
    lines = {line.ancestor_id: line for line in UnitLine.objects.filter(holds(day), descendant=unit)}
    inside = [pk for pk, line in lines.items() if not line.crosses]
    reach = Q(unit__in=inside) | Q(unit__in=lines, appointment__function__tier=Tier.STRATEGIC)
    rows = _standing_placements(day, viewer).filter(reach).exclude(appointment__function__tier="")
    seen, hidden = _ids_seen(rows, viewer), people_hidden([row.deputy_id for row in rows], viewer)
    return _by_tier(
        Support(
            appointment=row.appointment,
            unit_name=row.unit_name,
            depth=lines[row.unit_id].depth,
            share=row.share,
            deputy=row.deputy if row.deputy_id not in hidden else None,
            can_open=row.appointment_id in seen,
        )
        for row in rows
    )


def _standing_placements(day: date, viewer: Viewer) -> QuerySet[AppointmentUnit]:
    named = holds(day, prefix="unit__periods__")
    rows = AppointmentUnit.objects.naming_seen(viewer).on(day).filter(named, appointment__state__in=VALID_STATES)
    rows = rows.annotate(unit_name=F("unit__periods__name"))
    related = ("appointment__person", "appointment__office", "appointment__function", "appointment__employer")
    return rows.select_related("deputy", *related)


def _ids_seen(rows: Iterable[AppointmentUnit], viewer: Viewer) -> set[int]:
    ids = [row.appointment_id for row in rows]
    return set(Appointment.objects.visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True))


def _by_tier(supports: Iterable[Support]) -> dict[str, list[Support]]:
    tiers: dict[str, list[Support]] = {}
    nearest = sorted(supports, key=lambda one: (one.depth, one.appointment.function.position, one.appointment.pk))
    for support in nearest:
        tiers.setdefault(support.appointment.function.tier, []).append(support)
    return {tier: tiers[tier] for tier in Tier if tier in tiers}
