"""The area's face for others: finding offices, units and people by the names that decisions use, and whom to tell.

These read to match, not to show. Offices and units are open registers; people are asked for with a viewer.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from varn.areas.organisation.models import (
    Appointment,
    AppointmentUnit,
    Office,
    Person,
    StandIn,
    Unit,
    UnitKind,
    UnitLine,
    UnitPeriod,
)
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.rules.names import is_same_name, name_key, person_key, stem_of
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Viewer


def offices_named(name: str) -> QuerySet[Office]:
    """The named offices that the words may mean ("kommundirektören", "Kommundirektörens"), usually one or none."""
    offices = Office.objects.select_related("unit", "function").order_by("name", "pk")
    exact = [office.pk for office in offices if name_key(office.name) == name_key(name)]
    like = [office.pk for office in offices if is_same_name(office.name, name)]
    return offices.filter(pk__in=exact or like)


def holder_of(office: Office, day: date, *, viewer: Viewer) -> Person | None:
    """The person who held the office on the day: appointed to its function in its unit. `None` when it was vacant.

    Of several the one appointed last counts. A holder whom the reader may not see is not shown.
    """
    placed = AppointmentUnit.objects.on(day).filter(unit=office.unit_id)
    standing = Appointment.objects.standing(day).filter(function=office.function_id, person__isnull=False)
    found = (
        standing.filter(placements__in=placed).order_by("-from_date", "-pk").values_list("person", flat=True).first()
    )
    return None if found is None else Person.objects.visible_to(viewer).filter(pk=found).first()


def offices_with_holders(day: date, *, viewer: Viewer) -> QuerySet[Office]:
    """The offices, each with who held it on the day as `holder_of` tells it: `holder_id`, and `holder_name` of one whom
    the reader may see.
    """
    placed = AppointmentUnit.objects.on(day).filter(unit=OuterRef("unit"), appointment__function=OuterRef("function"))
    standing = Appointment.objects.standing(day).filter(pk=OuterRef("appointment"), person__isnull=False)
    found = placed.filter(Exists(standing)).order_by("-appointment__from_date", "-appointment")
    seen = Person.objects.visible_to(viewer).filter(pk=OuterRef("holder_id"))
    offices = Office.objects.visible_to(viewer).select_related("function", "unit")
    rows = offices.annotate(holder_id=Subquery(found.values("appointment__person")[:1]))
    return rows.annotate(holder_name=Subquery(seen.values("name")[:1]))


def units_of_kind(kind: UnitKind | str, day: date) -> QuerySet[Unit]:
    """The units of this kind that existed on the day, in Swedish order ("Samtliga nämnder")."""
    return Unit.objects.standing(day).filter(kind=kind).order_by("sort_name", "pk")


def find_unit(name: str, day: date) -> Unit | None:
    """The unit that bore this name on the day; small differences of writing (genitive, definite form, AB) are forgiven.

    `None` when no unit, or more than one, may be meant.
    """
    stem = stem_of(name)
    if not stem:
        return None
    forms = {stem, stem.capitalize(), stem.upper()}
    coarse = Q(*[("name__contains", form) for form in forms], _connector=Q.OR)
    rows = list(UnitPeriod.objects.filter(holds(day)).filter(coarse).values_list("unit_id", "name"))
    exact = {unit_id for unit_id, other in rows if name_key(other) == name_key(name)}
    like = exact or {unit_id for unit_id, other in rows if is_same_name(other, name)}
    return Unit.objects.get(pk=like.pop()) if len(like) == 1 else None


def people_named(name: str, *, viewer: Viewer) -> QuerySet[Person]:
    """The people whom the words may mean, among those the reader may see ("Bo Ek", "Ek, Bo", "Bo Ek (S)")."""
    key = person_key(name)
    people = Person.objects.visible_to(viewer).order_by("sort_name", "pk")
    if not key:
        return people.none()
    last = key.split()[-1]
    forms = Q(name__contains=last) | Q(name__contains=last.capitalize()) | Q(name__contains=last.upper())
    found = [pk for pk, other in people.filter(forms).values_list("pk", "name") if person_key(other) == key]
    return people.filter(pk__in=found)


def account_ids_appointed(
    units: Iterable[Unit | int],
    day: date,
    *,
    functions: Collection[str] = (),
    permission: str = "",
    overview: bool = True,
) -> set[int]:
    """The accounts of those whose appointments reach one of the units on the day, and of their deputies: whom to tell.

    Only those in one of the functions (keys), or whose role gives the permission; without either, all of them. Without
    `overview` those are left out who only look down on the unit from outside its own authority.
    """
    roles = [role for role in ROLES.values() if not permission or permission in role.permissions]
    wide = [role.key for role in roles if role.overview and overview]
    ids = [unit.pk if isinstance(unit, Unit) else unit for unit in units]
    lines = UnitLine.objects.filter(holds(day), descendant__in=ids, ancestor=OuterRef("unit"))
    reach = Exists(lines.filter(crosses=False)) | Q(Exists(lines), appointment__function__role__in=wide)
    placed = AppointmentUnit.objects.on(day).filter(reach, appointment__in=Appointment.objects.standing(day))
    placed = placed.filter(appointment__function__role__in=[role.key for role in roles])
    if functions:
        placed = placed.filter(appointment__function__key__in=functions)
    stood_in = StandIn.objects.standing(day).filter(appointment__in=placed.values("appointment"))
    reached = Q(pk__in=placed.values("appointment__person")) | Q(pk__in=stood_in.values("deputy"))
    people = Person.objects.standing(day).filter(reached, account__isnull=False)
    return set(people.values_list("account_id", flat=True))
