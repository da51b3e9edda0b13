"""The demo's beginning: the municipality with its units, requirements, bodies and offices, and its administrator."""

from datetime import date, datetime
from decimal import Decimal

from varn.areas.decisions.actions import create_body
from varn.areas.decisions.rules import Rank
from varn.areas.organisation.actions import (
    create_office,
    create_person,
    create_unit,
    link_account,
    set_requirement,
)
from varn.areas.organisation.models import Function
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.door.actions import create_account
from varn.mechanisms.installation.actions import change_setting
from varn.overview.demo import story
from varn.overview.demo.days import Days
from varn.overview.demo.place import Place

BEGINNING = date(2019, 1, 7)
EARLY = 7
ADMINISTRATOR = "Fredrik Nyqvist"


def found(days: Days) -> Place:
    """The municipality stands, empty of people, from the beginning of the story."""
    place = Place(days=days, administrator=_administrator(days))
    told, at = story.municipality(), days.moment(BEGINNING, EARLY)
    by, first = place.founder(at), days.day(BEGINNING)
    change_setting(municipality=told["name"], accent=told["accent"], is_ready=True, by=by, at=at)
    for code, above, kind, name in told["units"]:
        place.units[code] = create_unit(
            code=code,
            kind=kind,
            name=name,
            parent=place.units.get(above),
            from_date=first,
            email=f"{code.lower()}@{told['mail_domain']}",
            by=by,
            at=at,
        )
    _tie(place, at)
    place.functions = {function.key: function for function in Function.objects.all()}
    _require(place, told["requirements"])
    for name, short_name, rank, code in told["bodies"]:
        unit = place.units[code]
        create_body(name=name, short_name=short_name, rank=Rank[rank.upper()], unit=unit, by=by, at=at)
    for name, code, function in told["offices"]:
        create_office(name=name, unit=place.units[code], function=place.functions[function], by=by, at=at)
    return place


def address_of(name: str) -> str:
    """The mail address of a person of this name."""
    plain = name.lower().translate(str.maketrans("åäáàöøéèüíıćñ ", "aaaaooeeuiicn."))
    letters = "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter in ".-"))
    return f"{letters}@{story.municipality()['mail_domain']}"


def _tie(place: Place, at: datetime) -> None:
    """The administrator is a person of the register too, so that others can approve what they ask for."""
    account, by = place.administrator, system_viewer(at=at, job="overview:first_run")
    given = {"employee_id": "A1000", "name": account.name, "email": account.email, "title": "Systemadministratör"}
    person = create_person(**given, unit=place.units["200"], from_date=place.days.day(BEGINNING), by=by, at=at)
    link_account(person=person, account=account, by=by, at=at)


def _administrator(days: Days) -> Account:
    at = days.moment(BEGINNING, EARLY)
    return create_account(
        email=address_of(ADMINISTRATOR),
        name=ADMINISTRATOR,
        language="sv",
        is_administrator=True,
        by=system_viewer(at=at, job="overview:first_run"),
        at=at,
    )


def _require(place: Place, rows: list[list]) -> None:
    at = place.days.moment(BEGINNING, EARLY)
    for kind, function, minimum, maximum, share in rows:
        set_requirement(
            function=place.functions[function],
            unit_kind=kind,
            minimum=minimum,
            maximum=maximum or None,
            share=Decimal(share) if share else None,
            from_date=place.days.day(BEGINNING),
            by=place.founder(at),
            at=at,
        )
