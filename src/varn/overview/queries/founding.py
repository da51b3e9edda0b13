"""How far the setting up has come. Read without a viewer: before the first appointment nobody has rights to see by."""

from varn.areas.organisation.models import Person, Unit, UnitKind
from varn.mechanisms.access.models import Account


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
