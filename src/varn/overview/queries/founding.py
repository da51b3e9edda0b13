"""How far the setting up has come. Read without a viewer: before the first appointment nobody has rights to see by."""

from datetime import date

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import AppointmentUnit, Person, Unit, UnitKind
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.roles import ROLES


def has_account() -> bool:
    """Whether somebody has an account."""
    return Account.objects.exists()


def founded_municipality() -> Unit | None:
    """The municipality itself, once it is founded."""
    return Unit.objects.filter(kind=UnitKind.MUNICIPALITY).first()


def unit_count() -> int:
    """How many units have been brought in."""
    return Unit.objects.count()


def person_count() -> int:
    """How many people have been brought in."""
    return Person.objects.count()


def somebody_appoints(day: date) -> bool:
    """Whether anybody who can sign in has a function, on this day or later, that lets them appoint others."""
    roles = [role.key for role in ROLES.values() if role.appoints]
    placed = AppointmentUnit.objects.on_or_after(day).filter(
        appointment__state__in=VALID_STATES,
        appointment__function__role__in=roles,
        appointment__person__account__is_active=True,
    )
    return placed.exists()
