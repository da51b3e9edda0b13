"""What access reads: which units a person's appointments open, and what lies within them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from varn.areas.organisation.models import Appointment, AppointmentUnit, Office, Person, UnitKind, UnitLine
from varn.areas.organisation.models.units import holds
from varn.mechanisms.access.require import require
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Scope, Viewer


def scopes_of(*, account_id: int, at: datetime) -> tuple[int | None, list[Scope]]:
    """The person behind an account, and one scope for each unit of each appointment that stands at this moment.

    Reads without a viewer, because the viewer is what it makes.
    """
    day = timezone.localdate(at)
    person_id = Person.objects.filter(holds(day), account_id=account_id).values_list("pk", flat=True).first()
    if person_id is None:
        return None, []
    rows = _placements_of(person_id, day).values_list(
        "appointment__function__role", "appointment__function__name_sv", "unit_id", "unit__kind"
    )
    return person_id, [_scope(*row) for row in rows if row[0] in ROLES]


def units_within(*, scopes: tuple[Scope, ...], day: date) -> QuerySet:
    """The ids of the units that lie within these scopes on this day.

    A scope reaches all below its unit but stops at the next authority, save for a role marked *overview*.
    """
    within = Q(ancestor_id__in=[scope.unit_id for scope in scopes if not scope.overview], crosses=False)
    beyond = Q(ancestor_id__in=[scope.unit_id for scope in scopes if scope.overview])
    return UnitLine.objects.filter(holds(day)).filter(within | beyond).values("descendant_id")


def sight_of(viewer: Viewer, permission: str) -> QuerySet | None:
    """The ids of the units in which the reader holds the permission; `None` means all of them."""
    scopes = viewer.scopes_for(permission)
    if viewer.is_system or any(scope.everything for scope in scopes):
        return None
    if not scopes:
        return UnitLine.objects.none().values("descendant_id")
    return units_within(scopes=scopes, day=viewer.day)


def require_in_all(permission: str, *, by: Viewer, units: Iterable[int]) -> None:
    """Nothing happens if the reader holds the permission in every one of these units; otherwise `PermissionDenied`."""
    require(permission, by=by)
    sight = sight_of(by, permission)
    if sight is None or permission in by.general:
        return
    wanted = set(units)
    if sight.filter(descendant__in=wanted).values("descendant").distinct().count() < len(wanted):
        raise PermissionDenied(permission)


def _placements_of(person_id: int, day: date) -> QuerySet:
    """Where the person stands appointed on the day, in their own name or as the holder of a named office."""
    standing = Appointment.objects.standing(day)
    own = AppointmentUnit.objects.on(day).filter(appointment__in=standing.filter(person_id=person_id))
    as_holder = own.filter(appointment__function=OuterRef("function"), unit=OuterRef("unit"))
    appointments = standing.filter(Q(person_id=person_id) | Q(office__in=Office.objects.filter(Exists(as_holder))))
    placements = AppointmentUnit.objects.on(day).filter(appointment__in=appointments)
    return placements.order_by("appointment__from_date", "pk")


def _scope(role_key: str, function: str, unit_id: int, unit_kind: str) -> Scope:
    role = ROLES[role_key]
    return Scope(
        unit_id=unit_id,
        permissions=role.permissions,
        function=function,
        overview=role.overview,
        everything=role.overview and unit_kind == UnitKind.MUNICIPALITY,
    )
