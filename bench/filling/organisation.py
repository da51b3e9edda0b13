"""Units, people and appointments of the large municipality, made by the product's own bulk actions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from varn.areas.organisation.actions import create_office, create_people, create_units, seed_requirements
from varn.areas.organisation.actions.bulk import NewAppointment, NewPerson, NewUnit, appoint_all
from varn.areas.organisation.models import Function, Office, Person, Unit
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.installation.actions import change_setting

TODAY = date(2026, 11, 23)
START = date(2015, 1, 1)
AT = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
# A larger municipality has more departments, not more committees.
COMMITTEES = 30
UNITS_PER_DEPARTMENT = 32
OPERATIONS = 4
APPOINTMENTS_PER_DEPARTMENT = 167
# Who asks for the pages; the administrator is nobody's appointee.
READERS = {
    "head": "head@bench.example",
    "coordinator": "coordinator@bench.example",
    "secretary": "secretary@bench.example",
    "administrator": "administrator@bench.example",
}
SMALL = Decimal("0.10")


@dataclass(kw_only=True)
class Place:
    """What has been made so far."""

    by: Viewer
    units: dict[str, Unit] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    offices: list[Office] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)


@transaction.atomic
def fill(departments: int) -> Place:
    """So many departments, each as large, and the readers with an account."""
    place = Place(by=system_viewer(at=AT, job="bench"))
    place.functions = {function.key: function for function in Function.objects.all()}
    place.units = create_units(rows=list(_units(departments, place)), by=place.by, at=AT)
    change_setting(municipality="Storköpings kommun", is_ready=True, by=place.by, at=AT)
    seed_requirements(from_date=START, by=place.by, at=AT)
    for code in place.departments:
        people = create_people(rows=list(_people(code, place)), by=place.by, at=AT)
        appoint_all(rows=list(_appointments(code, list(people.values()), place)), by=place.by, at=AT)
    _appoint_readers(place)
    place.offices = [_office(f"Förvaltningschef {code}", code, place) for code in place.departments]
    return place


def _units(departments: int, place: Place) -> Iterator[NewUnit]:
    yield NewUnit(code="M", kind="municipality", name="Storköpings kommun", parent_code=None, from_date=START)
    for number in range(departments):
        committee, code = f"N{number % COMMITTEES:02}", f"F{number:03}"
        if number < COMMITTEES:
            place.committees.append(committee)
            name = f"Nämnd {number + 1}"
            yield NewUnit(code=committee, kind="committee", name=name, parent_code="M", from_date=START)
        place.departments.append(code)
        name = f"Förvaltning {number + 1}"
        yield NewUnit(code=code, kind="department", name=name, parent_code=committee, from_date=START)
        yield from _below(code)


def _below(code: str) -> Iterator[NewUnit]:
    for one in range(OPERATIONS):
        name = f"Verksamhet {code}-{one}"
        yield NewUnit(code=f"{code}-{one}", kind="operation", name=name, parent_code=code, from_date=START)
    for one in range(UNITS_PER_DEPARTMENT - OPERATIONS):
        above, name = f"{code}-{one % OPERATIONS}", f"Enhet {code}-{one:02}"
        yield NewUnit(code=f"{code}-E{one:02}", kind="unit", name=name, parent_code=above, from_date=START)


def _people(code: str, place: Place) -> Iterator[NewPerson]:
    for number in range(APPOINTMENTS_PER_DEPARTMENT // 2 + 1):
        unit = place.units[f"{code}-E{number % (UNITS_PER_DEPARTMENT - OPERATIONS):02}"]
        yield NewPerson(
            employee_id=f"{code}-{number}", name=f"Person {number} Efternamn{code}", unit=unit, from_date=START
        )


def _appointments(code: str, people: list[Person], place: Place) -> Iterator[NewAppointment]:
    """Half of them have ended; of the others a few end within the window."""
    for number in range(APPOINTMENTS_PER_DEPARTMENT):
        function, unit_code = _post(code, number)
        ended = number % 2 == 1
        first = START + timedelta(days=number * 9) if ended else date(2024, 1, 1) + timedelta(days=number * 3)
        ends = first + timedelta(days=365) if ended else (TODAY + timedelta(days=45) if number % 40 == 0 else None)
        yield NewAppointment(
            function=place.functions[function],
            units=[place.units[unit_code]],
            person=people[number // 2],
            from_date=first,
            until_date=ends,
            share=SMALL,
            appointed_by="Nämnden",
        )


def _post(code: str, number: int) -> tuple[str, str]:
    if number == 0:
        return "head_of_department", code
    if number in (2, 4):
        return "security_coordinator", code
    if number < 14:
        return "head_of_operations", f"{code}-{number % OPERATIONS}"
    function = "security_representative" if number % 4 < 2 else "head_of_unit"
    return function, f"{code}-E{(number * 7) % (UNITS_PER_DEPARTMENT - OPERATIONS):02}"


def _appoint_readers(place: Place) -> None:
    posts = {
        "head": ("head_of_security", "M"),
        "coordinator": ("security_coordinator", place.departments[0]),
        "secretary": ("committee_secretary", "M"),
    }
    accounts = {
        key: Account.objects.create(email=email, name=f"Läsare {key}", created_at=AT, is_administrator=key not in posts)
        for key, email in READERS.items()
    }
    for key, (function, code) in posts.items():
        account = accounts[key]
        row = NewPerson(employee_id=key, name=account.name, unit=place.units[code], from_date=START, account=account)
        person = create_people(rows=[row], by=place.by, at=AT)[key]
        post = NewAppointment(
            function=place.functions[function],
            units=[place.units[code]],
            person=person,
            from_date=date(2024, 1, 1),
            appointed_by="Kommunstyrelsen",
        )
        appoint_all(rows=[post], by=place.by, at=AT)


def _office(name: str, code: str, place: Place) -> Office:
    function = place.functions["head_of_department"]
    return create_office(name=name, unit=place.units[code], function=function, by=place.by, at=AT)
