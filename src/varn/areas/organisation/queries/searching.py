"""How the organisation's things are found: by the search over everything, and while a name is typed in a form."""

from django.db.models import Q

from varn.areas.organisation.models import Appointment, Person, Unit
from varn.kernel.calendar import last_day
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import url_of
from varn.mechanisms.search.searchables import Searchable

MOST_SUGGESTED = 15


def suggest_units(text: str, *, viewer: Viewer) -> list[Unit]:
    """The first units that stand today and whose name or code holds the text."""
    found = Unit.objects.visible_to(viewer).standing(viewer.day).filter(_holding(text, "name", "code"))
    return list(found.order_by("sort_name", "pk")[:MOST_SUGGESTED])


def suggest_people(text: str, *, viewer: Viewer) -> list[Person]:
    """The first people the reader may see whose name or employee id holds the text."""
    found = Person.objects.visible_to(viewer).filter(_holding(text, "name", "employee_id"))
    return list(found.order_by("sort_name", "pk")[:MOST_SUGGESTED])


def _holding(text: str, *fields: str) -> Q:
    """One of the fields holds the text, as written or with a capital (some databases know only the letters a to z)."""
    forms = {text, text.capitalize(), text.lower()}
    return Q(*[(f"{field}__icontains", form) for field in fields for form in forms], _connector=Q.OR)


def _unit_body(unit: Unit) -> str:
    return " ".join([unit.code, unit.parent.name if unit.parent else "", unit.address])


def _person_body(person: Person) -> str:
    return " ".join([person.employee_id, person.title, person.unit.name if person.unit else ""])


def _units_of(appointment: Appointment) -> str:
    return ", ".join(unit.name for unit in appointment.units.all())


def _appointment_body(appointment: Appointment) -> str:
    function = appointment.function
    return " ".join([function.name_sv, function.name_en, _units_of(appointment), appointment.agreement])


def _told_of_unit(unit: Unit) -> tuple[object, ...]:
    return f"organisation:unit_kind.{unit.kind}", unit.code, unit.parent


def _told_of_appointment(appointment: Appointment) -> tuple[str, str]:
    last = last_day(appointment.until_date) or ""
    return _units_of(appointment), f"{appointment.from_date} – {last}".rstrip()


SEARCHABLES = (
    Searchable(
        model=Unit,
        kind="organisation:unit",
        title=str,
        body=_unit_body,
        url=url_of,
        related=("parent",),
        shows=lambda unit: unit.parent.name if unit.parent else "",
        tells=_told_of_unit,
    ),
    Searchable(
        model=Person,
        kind="organisation:person",
        title=str,
        body=_person_body,
        url=url_of,
        related=("unit",),
        shows=lambda person: ", ".join(filter(None, [person.title, person.unit.name if person.unit else ""])),
        tells=lambda one: (one.title, one.unit),
    ),
    Searchable(
        model=Appointment,
        kind="organisation:appointment",
        title=lambda appointment: f"{appointment.holder}, {appointment.function}",
        body=_appointment_body,
        url=url_of,
        related=("person", "office", "function"),
        shows=_units_of,
        parts=("units",),
        tells=_told_of_appointment,
    ),
)
