"""What access reads: which units a person's appointments open, and what lies within them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import AppointmentUnit, Office, Person, UnitKind, UnitLine
from varn.areas.organisation.models.units import holds
from varn.mechanisms.access.require import require
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Scope, Viewer

SCOPE = ("appointment__function__role", "appointment__function__name_sv", "unit_id", "unit__kind")


def scopes_of(*, account_id: int, at: datetime) -> tuple[int | None, list[Scope]]:
    """The person behind an account, and one scope for each unit of each appointment that stands at this moment.

    An appointment of a named office counts for whoever holds the office. Reads without a viewer, because the viewer is
    what it makes: one statement, and a second one for those who hold an office or no appointment at all.
    """
    day = timezone.localdate(at)
    person_id, scopes = _scopes_on(day, appointment__person__account_id=account_id)
    if person_id is None:
        person_id = Person.objects.filter(holds(day), account_id=account_id).values_list("pk", flat=True).first()
    return person_id, scopes


def unit_opened_to(person: Person, day: date, *, permissions: Collection[str]) -> int | None:
    """The id of a unit in which the person's appointments on the day give all of these permissions.

    The person's own unit where one of them reaches it, otherwise that of the first. `None` when no appointment does.
    """
    _, scopes = _scopes_on(day, appointment__person=person)
    opening = tuple(scope for scope in scopes if scope.permissions.issuperset(permissions))
    if not opening:
        return None
    own = units_within(scopes=opening, day=day).filter(descendant=person.unit_id)
    return person.unit_id if own.exists() else opening[0].unit_id


def _scopes_on(day: date, **whose: object) -> tuple[int | None, list[Scope]]:
    """The person whose own appointments these are, and what they open on the day; nobody where there are none."""
    here = holds(day, prefix="appointment__person__")
    office = Office.objects.filter(function=OuterRef("appointment__function"), unit=OuterRef("unit"))
    own = list(
        _placed_on(day)
        .filter(here, **whose)
        .annotate(office=Subquery(office.order_by("pk").values("pk")[:1]))
        .values_list(*SCOPE, "appointment__person_id", "office")
    )
    if not own:
        return None, []
    offices = [row[-1] for row in own if row[-1] is not None]
    through_office = (
        _placed_on(day).filter(appointment__office__in=offices) if offices else AppointmentUnit.objects.none()
    )
    rows = [*(row[:4] for row in own), *through_office.values_list(*SCOPE)]
    return own[0][4], [_scope(*row) for row in rows if row[0] in ROLES]


def units_within(*, scopes: tuple[Scope, ...], day: date) -> QuerySet:
    """The ids of the units that lie within these scopes on this day.

    A scope reaches all below its unit but stops at the next authority, save for a role marked *overview*.
    """
    within = Q(inside__in=[scope.unit_id for scope in scopes if not scope.overview])
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


def _placed_on(day: date) -> QuerySet[AppointmentUnit]:
    """Where appointments stand on the day, the first appointed first."""
    standing = holds(day, prefix="appointment__")
    placed = AppointmentUnit.objects.on(day).filter(standing, appointment__state__in=VALID_STATES)
    return placed.order_by("appointment__from_date", "pk")


def _scope(role_key: str, function: str, unit_id: int, unit_kind: str) -> Scope:
    role = ROLES[role_key]
    return Scope(
        unit_id=unit_id,
        permissions=role.permissions,
        function=function,
        overview=role.overview,
        appoints=role.appoints,
        everything=role.overview and unit_kind == UnitKind.MUNICIPALITY,
    )
