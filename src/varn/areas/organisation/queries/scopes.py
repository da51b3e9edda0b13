"""What access reads: which units a person's appointments open, and what lies within them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from varn.areas.organisation.lifecycle import STANDING_IN, VALID_STATES
from varn.areas.organisation.models import Appointment, AppointmentUnit, Office, Person, StandIn, UnitKind, UnitLine
from varn.areas.organisation.models.units import holds
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.access.require import require
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Scope, Viewer

SCOPE = ("appointment__function__role", "appointment__function__name_sv", "unit_id", "unit__kind")
COLUMNS = ("whose", "holder_id", "holder", "office", "appointment__from_date", "pk")
# Stands where the role would, for a named deputy, who has none by it.
NAMED = "named deputy"
# How the trail and the top bar name whose deputy somebody is.
FOR = "organisation:deputy_for"


def scopes_of(*, account_id: int, at: datetime) -> tuple[int | None, list[Scope]]:
    """The person behind an account, and one scope for each unit of each appointment that stands at this moment.

    An appointment of a named office counts for whoever holds the office, and one whose holder has a deputy also for
    the deputy. The named deputy of somebody in the line of command has no right by it, but stands in that line. Reads
    without a viewer, because the viewer is what it makes: one statement, and a second one for those who hold an office
    or no appointment at all.
    """
    day = timezone.localdate(at)
    person_id, scopes = _scopes_on(
        day,
        person=Q(appointment__person__account_id=account_id),
        deputy=Q(appointment__stand_ins__deputy__account_id=account_id),
        named=Q(deputy__account_id=account_id),
    )
    if person_id is None:
        person_id = Person.objects.filter(holds(day), account_id=account_id).values_list("pk", flat=True).first()
    return person_id, scopes


def unit_opened_to(person: Person, day: date, *, permissions: Collection[str]) -> int | None:
    """The id of a unit in which the person's appointments on the day give all of these permissions.

    The person's own unit where one of them reaches it, otherwise that of the first. `None` when no appointment does.
    """
    _, scopes = _scopes_on(day, person=Q(appointment__person=person), deputy=Q(appointment__stand_ins__deputy=person))
    opening = tuple(scope for scope in scopes if scope.permissions.issuperset(permissions))
    if not opening:
        return None
    own = units_within(scopes=opening, day=day).filter(descendant=person.unit_id)
    return person.unit_id if own.exists() else opening[0].unit_id


def _scopes_on(day: date, *, person: Q, deputy: Q, named: Q | None = None) -> tuple[int | None, list[Scope]]:
    """The person whose appointments these are, and what they open on the day; nobody where there are none.

    For whom they stand in counts too: it opens what it opens for its holder, and nothing that the holder has as
    somebody's deputy.
    """
    every = [
        _with_office(_stood_in_on(day, deputy)),
        *([_named_in_line(day, named)] if named is not None else []),
    ]
    rows = sorted(_with_office(_own_on(day, person)).union(*every, all=True), key=lambda row: (bool(row[6]), *row[8:]))
    if not rows:
        return None, []
    offices = {row[7]: (row[5], row[6]) for row in reversed(rows) if row[7] is not None}
    through = (
        _placed_on(day).filter(appointment__office__in=offices).values_list(*SCOPE, "appointment__office_id")
        if offices
        else []
    )
    found = [(row[:4], row[5], row[6]) for row in rows]
    found += [(row[:4], *offices[row[4]]) for row in through]
    in_line = [_in_line(row[2]) for row in rows if row[0] == NAMED]
    return rows[0][4], [
        *(
            _scope(*placed, holder_id=holder_id, holder=holder)
            for placed, holder_id, holder in found
            if placed[0] in ROLES
        ),
        *in_line,
    ]


def _own_on(day: date, person: Q) -> QuerySet[AppointmentUnit]:
    """Where the person stands in their own name."""
    own = _placed_on(day).filter(holds(day, prefix="appointment__person__"), person)
    return own.annotate(
        whose=F("appointment__person_id"),
        holder_id=Value(None, output_field=BigIntegerField()),
        holder=Value(""),
    )


def _stood_in_on(day: date, deputy: Q) -> QuerySet[AppointmentUnit]:
    """Where the person stands in for somebody."""
    stood_in = _placed_on(day).filter(
        holds(day, prefix="appointment__stand_ins__"),
        holds(day, prefix="appointment__stand_ins__deputy__"),
        deputy,
        appointment__stand_ins__state__in=STANDING_IN,
    )
    return stood_in.annotate(
        whose=F("appointment__stand_ins__deputy_id"),
        holder_id=Case(When(Exists(_held_beside(day)), then=None), default=F("appointment__person_id")),
        holder=F("appointment__person__name"),
    )


def _named_in_line(day: date, named: Q) -> QuerySet[AppointmentUnit, tuple[Any, ...]]:
    """Where somebody is the named deputy of one who stands in the line of command, in the columns of a scope."""
    rows = _placed_on(day).order_by().filter(named, holds(day, prefix="deputy__"))
    rows = rows.filter(appointment__function__role__in=[key for key, role in ROLES.items() if role.commands])
    nobody, none = Value(None, output_field=BigIntegerField()), Value("")
    rows = rows.annotate(named=Value(NAMED), whose=F("deputy_id"), holder_id=nobody, holder=none, office=nobody)
    return rows.values_list("named", *SCOPE[1:], *COLUMNS)


def _in_line(unit_id: int) -> Scope:
    """A place in the line of command without any right."""
    return Scope(unit_id=unit_id, permissions=frozenset(), function="", commands=True)


def _held_beside(day: date) -> QuerySet[Appointment]:
    """The holder's other appointments, in which somebody else, or nobody, stands in for them."""
    same = StandIn.objects.standing(day).filter(
        appointment=OuterRef("pk"), deputy=OuterRef(OuterRef("appointment__stand_ins__deputy"))
    )
    standing = Appointment.objects.standing(day).filter(person=OuterRef("appointment__person"))
    return standing.exclude(Exists(same))


def _with_office(placed: QuerySet[AppointmentUnit]) -> QuerySet[Any, tuple[Any, ...]]:
    """What a scope is made of, with the office that is held through it. Two such are put together, then ordered."""
    office = Office.objects.filter(function=OuterRef("appointment__function"), unit=OuterRef("unit"))
    rows = placed.order_by().annotate(office=Subquery(office.order_by("pk").values("pk")[:1]))
    return rows.values_list(*SCOPE, *COLUMNS)


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


def _scope(
    role_key: str, function: str, unit_id: int, unit_kind: str, *, holder_id: int | None = None, holder: str = ""
) -> Scope:
    role = ROLES[role_key]
    return Scope(
        unit_id=unit_id,
        permissions=role.permissions,
        function=f"{function} ({GLOSSARY.word(FOR, 'sv')} {holder})" if holder else function,
        stands_in_for=holder_id,
        overview=role.overview,
        appoints=role.appoints,
        everything=role.overview and unit_kind == UnitKind.MUNICIPALITY,
        level=role.level,
        commands=role.commands,
    )
