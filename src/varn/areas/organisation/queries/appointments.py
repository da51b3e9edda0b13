"""People and their appointments, and who supports a unit on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Prefetch, Q, QuerySet

from varn.areas.organisation.lifecycle import VALID_STATES, AppointmentState
from varn.areas.organisation.models import (
    Appointment,
    AppointmentUnit,
    Function,
    HandoverItem,
    Person,
    Unit,
    UnitLine,
)
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.matching import account_ids_appointed
from varn.areas.organisation.queries.scopes import sight_of
from varn.kernel.levels import Tier
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import moves_of


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


def people(*, viewer: Viewer) -> QuerySet[Person]:
    """The people whom the reader may see."""
    return Person.objects.visible_to(viewer).select_related("unit")


def functions(*, viewer: Viewer) -> QuerySet[Function]:
    """The functions that people are appointed to."""
    return Function.objects.visible_to(viewer)


def appointments(*, viewer: Viewer) -> QuerySet[Appointment]:
    """The appointments that the reader may see, newest first, with what a row of a list shows."""
    placements = AppointmentUnit.objects.select_related("unit").order_by("from_date", "pk")
    related = ("person", "office", "function", "deputy", "employer")
    return (
        Appointment.objects.visible_to(viewer)
        .select_related(*related)
        .prefetch_related(Prefetch("placements", queryset=placements))
    )


def placements_of(appointment: Appointment, *, viewer: Viewer) -> QuerySet[AppointmentUnit]:
    """The dated units, shares and deputies of an appointment that the reader may see, oldest first."""
    seen = Appointment.objects.visible_to(viewer).filter(pk=appointment.pk)
    return AppointmentUnit.objects.filter(appointment__in=seen).select_related("unit", "deputy")


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
    rows = _standing_placements(day).filter(reach).exclude(appointment__function__tier="")
    seen = _ids_seen(rows, viewer)
    return _by_tier(
        Support(
            appointment=row.appointment,
            unit_name=row.unit_name,
            depth=lines[row.unit_id].depth,
            share=row.share,
            deputy=row.deputy,
            can_open=row.appointment_id in seen,
        )
        for row in rows
    )


def handover_of(appointment: Appointment, *, viewer: Viewer) -> QuerySet[HandoverItem]:
    """What is to be handed over when the appointment ends."""
    return HandoverItem.objects.visible_to(viewer, Permission.READ_HANDOVER).filter(appointment=appointment)


def predecessors_of(appointment: Appointment, *, viewer: Viewer) -> QuerySet[Appointment]:
    """The appointments that this one takes over from: same function, a unit in common, ended or ending."""
    units = AppointmentUnit.objects.filter(appointment=appointment).values("unit")
    before = appointments(viewer=viewer).filter(
        function=appointment.function_id,
        state__in=[AppointmentState.ENDING, AppointmentState.ENDED],
        from_date__lt=appointment.from_date,
        pk__in=AppointmentUnit.objects.filter(unit__in=units).values("appointment"),
    )
    return before.exclude(pk=appointment.pk).order_by("-until_date", "-pk")


def answerers_of(appointment: Appointment, *, viewer: Viewer) -> list[str]:
    """The names of those who may accept the proposal: they hold that right in every one of its units."""
    if not Appointment.objects.visible_to(viewer).filter(pk=appointment.pk).exists():
        return []
    units = (
        AppointmentUnit.objects.on_or_after(viewer.day).filter(appointment=appointment).values_list("unit", flat=True)
    )
    reached = [account_ids_appointed([unit], viewer.day, permission=Permission.ACCEPT) for unit in units]
    everywhere = set.intersection(*reached) if reached else set()
    people = Person.objects.filter(account__in=everywhere).exclude(pk=appointment.person_id)
    return list(people.order_by("sort_name", "pk").values_list("name", flat=True))


def is_proposed_by(appointment: Appointment, *, viewer: Viewer) -> bool:
    """Whether the reader made the proposal themselves: they take it back, they do not decline it."""
    first = moves_of(appointment, viewer=viewer).order_by("made_at", "pk").first()
    return first is not None and viewer.account_id is not None and first.account_id == viewer.account_id


def left_behind(person: Person, day: date, *, viewer: Viewer) -> QuerySet[Appointment]:
    """The appointments that would be left if the person went after the day before this one."""
    return appointments(viewer=viewer).filter(person=person).standing_after(day)


def _standing_placements(day: date) -> QuerySet[AppointmentUnit]:
    named = holds(day, prefix="unit__periods__")
    rows = AppointmentUnit.objects.on(day).filter(named, appointment__state__in=VALID_STATES)
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
