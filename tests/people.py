"""The fixed cast of the tests, and the small municipality they work in.

Anna is head of security and sees the whole organisation. Bo is coordinator for Socialförvaltningen. Cecilia heads
Bildningsförvaltningen and is the stranger to Bo's department. David is chief executive. Eva is secretary to the
executive board and brings its decisions. Frida administers the installation and has no appointment at all.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import (
    Appointment,
    AppointmentUnit,
    Function,
    Office,
    Person,
    Unit,
    UnitKind,
    UnitLine,
    UnitPeriod,
)
from varn.areas.organisation.rules.kinds import AUTHORITIES
from varn.kernel.levels import Tier
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Viewer, viewer_of

AT = datetime(2022, 3, 1, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
START = date(2020, 1, 1)
FAR_OFF = date(2100, 1, 1)
PASSWORD = "en lång och egen mening"

TREE = (
    ("1", None, UnitKind.MUNICIPALITY, "Ekby kommun"),
    ("10", "1", UnitKind.COMMITTEE, "Kommunstyrelsen"),
    ("11", "10", UnitKind.DEPARTMENT, "Kommunledningsförvaltningen"),
    ("20", "1", UnitKind.COMMITTEE, "Socialnämnden"),
    ("21", "20", UnitKind.DEPARTMENT, "Socialförvaltningen"),
    ("211", "21", UnitKind.UNIT, "Hemtjänsten norr"),
    ("212", "21", UnitKind.UNIT, "Hemtjänsten söder"),
    ("30", "1", UnitKind.COMMITTEE, "Bildningsnämnden"),
    ("31", "30", UnitKind.DEPARTMENT, "Bildningsförvaltningen"),
    ("311", "31", UnitKind.UNIT, "Ängskolan"),
    ("40", "1", UnitKind.COMPANY, "Ekby Fastigheter AB"),
)

FUNCTIONS = (
    ("chief_executive", "Kommundirektör", "Chief executive", Tier.ACCOUNTABLE, "chief_executive"),
    ("head_of_department", "Förvaltningschef", "Head of department", Tier.ACCOUNTABLE, "head_of_department"),
    ("head_of_security", "Säkerhetschef", "Head of security", Tier.STRATEGIC, "head_of_security"),
    ("security_coordinator", "Säkerhetssamordnare", "Security coordinator", Tier.TACTICAL, "security_coordinator"),
    (
        "security_representative",
        "Säkerhetsombud",
        "Security representative",
        Tier.OPERATIONAL,
        "security_representative",
    ),
    ("committee_secretary", "Nämndsekreterare", "Committee secretary", None, "committee_secretary"),
)


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """The units by code and the functions by key."""

    units: dict[str, Unit]
    functions: dict[str, Function]


@dataclass(frozen=True, kw_only=True)
class Member:
    """One of the cast: the person, their account, and the viewer they are at `AT`."""

    person: Person | None
    account: Account

    @property
    def viewer(self) -> Viewer:
        """The viewer as of `AT`, read anew."""
        return self.viewer_at(AT)

    def viewer_at(self, at: datetime) -> Viewer:
        """The viewer as of another moment."""
        return viewer_of(self.account, at=at)


def build_municipality() -> Municipality:
    """The tree, its lines, the functions and the chief executive's office stand from `START`."""
    units: dict[str, Unit] = {}
    for code, parent, kind, name in TREE:
        above = units.get(parent or "")
        unit = Unit.objects.create(
            code=code, kind=kind.value, name=name, sort_name=name.lower(), parent=above, from_date=START
        )
        UnitPeriod.objects.create(unit=unit, name=name, parent=above, from_date=START)
        _draw_lines(unit)
        units[code] = unit
    functions = {
        key: Function.objects.update_or_create(
            key=key,
            defaults={
                "name_sv": sv,
                "name_en": en,
                "tier": tier.value if tier else "",
                "role": role,
                "position": position,
            },
        )[0]
        for position, (key, sv, en, tier, role) in enumerate(FUNCTIONS)
    }
    Office.objects.create(name="Kommundirektören", unit=units["1"], function=functions["chief_executive"])
    return Municipality(units=units, functions=functions)


def join(name: str, municipality: Municipality, function: str | None = None, unit: str | None = None) -> Member:
    """The person with an account, appointed in the unit since `START`; without a function, an administrator."""
    key = name.split()[0].lower()
    account = Account(
        email=f"{key}@ekby.example", name=name, created_at=AT, is_administrator=function is None, language="sv"
    )
    account.set_password(PASSWORD)
    account.save()
    if function is None or unit is None:
        return Member(person=None, account=account)
    person = Person.objects.create(
        employee_id=key,
        name=name,
        sort_name=name.lower(),
        email=account.email,
        account=account,
        from_date=START,
        unit=municipality.units[unit],
    )
    appoint(person, municipality.functions[function], municipality.units[unit])
    return Member(person=person, account=account)


def appoint(
    person: Person, function: Function, unit: Unit, *, from_date: date = START, until_date: date | None = None
) -> Appointment:
    """The person is actively appointed to the function in the unit, full time; to a role for a time, for a long one."""
    if until_date is None and ROLES[function.role].time_limited:
        until_date = FAR_OFF
    appointment = Appointment.objects.create(
        reference=f"FORD-{from_date.year}-{Appointment.objects.count() + 1:04}",
        person=person,
        function=function,
        from_date=from_date,
        until_date=until_date,
        share=Decimal(1),
        appointed_by="Kommunstyrelsen",
        state=AppointmentState.ACTIVE,
    )
    AppointmentUnit.objects.create(
        appointment=appointment, unit=unit, share=Decimal(1), from_date=from_date, until_date=until_date
    )
    return appointment


def _draw_lines(unit: Unit) -> None:
    ancestor, depth, crosses = unit, 0, False
    while ancestor is not None:
        UnitLine.objects.create(ancestor=ancestor, descendant=unit, depth=depth, crosses=crosses, from_date=START)
        crosses = crosses or UnitKind(ancestor.kind) in AUTHORITIES
        ancestor, depth = ancestor.parent, depth + 1
