"""Reads of the organisation. The first two are the face that access itself reads."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from varn.areas.organisation.models import Appointment, Person, UnitKind, UnitLine
from varn.areas.organisation.models.units import holds
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Scope


def scopes_of(*, account_id: int, at: datetime) -> tuple[int | None, list[Scope]]:
    """The person behind an account, and one scope for each unit of each appointment that stands at this moment.

    Reads without a viewer, because the viewer is what it makes.
    """
    day = timezone.localdate(at)
    person_id = Person.objects.filter(holds(day), account_id=account_id).values_list("pk", flat=True).first()
    if person_id is None:
        return None, []
    standing = Appointment.objects.standing(day).filter(person_id=person_id).order_by("from_date", "pk")
    rows = standing.values_list("function__role", "function__name_sv", "placements__unit_id", "placements__unit__kind")
    return person_id, [_scope(*row) for row in rows if row[0] in ROLES and row[2] is not None]


def units_within(*, scopes: tuple[Scope, ...], day: date) -> QuerySet:
    """The ids of the units that lie within these scopes on this day.

    A scope reaches all below its unit but stops at the next authority, save for a role marked *overview*.
    """
    within = Q(ancestor_id__in=[scope.unit_id for scope in scopes if not scope.overview], crosses=False)
    beyond = Q(ancestor_id__in=[scope.unit_id for scope in scopes if scope.overview])
    return UnitLine.objects.filter(holds(day)).filter(within | beyond).values("descendant_id")


def _scope(role_key: str, function: str, unit_id: int, unit_kind: str) -> Scope:
    role = ROLES[role_key]
    return Scope(
        unit_id=unit_id,
        permissions=role.permissions,
        function=function,
        overview=role.overview,
        everything=role.overview and unit_kind == UnitKind.MUNICIPALITY,
    )
