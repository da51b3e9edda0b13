"""Whose appointments give a permission on a day: read by approvals, to find out who may decide and to tell them."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from varn.areas.organisation.models import Appointment, AppointmentUnit, Office, Person, StandIn
from varn.mechanisms.access.roles import ROLES


def account_ids_holding(*, permission: str, day: date) -> set[int]:
    """The accounts of those whose appointments on the day give the permission somewhere, in person, through an office
    that they hold, or as somebody's deputy.
    """
    roles = [role.key for role in ROLES.values() if permission in role.permissions]
    standing = AppointmentUnit.objects.on(day).filter(appointment__in=Appointment.objects.standing(day))
    placed = standing.filter(appointment__function__role__in=roles)
    offices = Office.objects.filter(pk__in=placed.values("appointment__office"))
    held = offices.filter(function=OuterRef("appointment__function"), unit=OuterRef("unit"))
    whole = standing.filter(Q(pk__in=placed.values("pk")) | Q(Exists(held)))
    stood_in = StandIn.objects.standing(day).filter(appointment__in=whole.values("appointment"))
    reached = Q(pk__in=whole.values("appointment__person")) | Q(pk__in=stood_in.values("deputy"))
    people = Person.objects.standing(day).filter(reached, account__isnull=False)
    return set(people.values_list("account_id", flat=True))
