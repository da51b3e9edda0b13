"""The scratch municipality: four departments with one of each record, and everybody who asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.test import Client

from varn.areas.decisions.actions import create_body
from varn.areas.decisions.models import Body
from varn.areas.decisions.permissions import Permission as Decisions
from varn.areas.decisions.rules import Rank
from varn.areas.organisation import actions as organised
from varn.areas.organisation.models import Appointment, Function, Office, Person, Unit, UnitKind
from varn.kernel.planting import EVERYWHERE, Canaries, Plot
from varn.mechanisms.access.assurance import Assurance, set_for
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.directory.actions import create_token
from varn.mechanisms.directory.secrets import new_secret
from varn.mechanisms.door.models import Session
from varn.mechanisms.installation.actions import change_setting
from varn.overview.leaktest.cast import ANONYMOUS, Kind, Part, Reader, load_cast

READ_DECISIONS = (Decisions.READ_DECISIONS, Decisions.READ_ASSIGNMENTS)
SINCE = date(2020, 1, 1)
# The department whose things the forms speak of.
FIRST = "21"
# Decisions of the first department that are closed to some of those who see the rest, or opened to others: the number
# of the decision, and what the fixtures of who sees a record do with it.
SPECIAL: dict[str, tuple[str, dict[str, Any]]] = {
    "sensitive": ("37", {"level": True}),
    "sealed": ("47", {"level": True, "responsible": "member", "former": "coordinator"}),
    "named": ("57", {"subjects": ["subject"]}),
    "shared": ("67", {"shares": [("stranger_manager", False), ("stranger", True)]}),
}
MONTH = timedelta(days=30)
# No run takes longer.
LONGEST = timedelta(days=2)
TREE = (
    ("1", None, UnitKind.MUNICIPALITY, "Ekby kommun"),
    ("10", "1", UnitKind.COMMITTEE, "Kommunstyrelsen"),
    ("11", "10", UnitKind.DEPARTMENT, "Kommunledningsförvaltningen"),
    ("20", "1", UnitKind.COMMITTEE, "Socialnämnden"),
    ("21", "20", UnitKind.DEPARTMENT, "Socialförvaltningen"),
    ("211", "21", UnitKind.UNIT, "Hemtjänsten norr"),
    ("30", "1", UnitKind.COMMITTEE, "Bildningsnämnden"),
    ("31", "30", UnitKind.DEPARTMENT, "Bildningsförvaltningen"),
    ("311", "31", UnitKind.UNIT, "Ängskolan"),
    ("40", "1", UnitKind.COMPANY, "Ekby Fastigheter AB"),
)
BODIES = (
    ("Kommunfullmäktige", "KF", Rank.COUNCIL, "1"),
    ("Kommunstyrelsen", "KS", Rank.EXECUTIVE_BOARD, "10"),
    ("Socialnämnden", "SN", Rank.COMMITTEE, "20"),
    ("Bildningsnämnden", "BN", Rank.COMMITTEE, "30"),
)
# By the code of a department: its committee, the office that answers for it, and the number of its decision.
DEPARTMENTS = {
    "21": ("20", "Socialdirektören", "7"),
    "211": ("20", "Enhetschefen för hemtjänsten", "17"),
    "31": ("30", "Bildningsdirektören", "7"),
    "311": ("30", "Rektorn", "17"),
}


@dataclass(kw_only=True)
class World:
    """The municipality with its readers, what has been planted in it, and which rows lie in which plot."""

    at: datetime
    day: date
    by: Viewer
    units: dict[str, Unit]
    bodies: dict[str, Body]
    offices: dict[str, Office]
    readers: dict[str, Reader] = field(default_factory=dict)
    canaries: Canaries = field(default_factory=Canaries)
    plots: dict[str, Plot] = field(default_factory=dict)

    def plant(self, code: str) -> Plot:
        """One of each record lies in the department of this code, with words of its own in every text."""
        committee, _office, paragraph = DEPARTMENTS[code]
        return self._made("plant", Plot(name=code, about=self._about(code, committee, paragraph), **self._by()))

    def plant_special(self, name: str) -> Plot:
        """Decisions of the first department that only some may see lie in a plot of this name."""
        paragraph, said = SPECIAL[name]
        about = self._about(FIRST, DEPARTMENTS[FIRST][0], paragraph) | {"is_special": True}
        about |= {key: self._cast(key, value) for key, value in said.items()}
        return self._made("plant", Plot(name=name, about=about, **self._by()), only=("decisions", "secrecy"))

    def _cast(self, key: str, value: Any) -> Any:
        """Who is meant: accounts of those who let in, people whom a case concerns or is shared with."""
        if key in ("responsible", "former"):
            return self.readers[value].account
        if key == "subjects":
            return [self._person(name) for name in value]
        return [(self._person(name), is_over) for name, is_over in value] if key == "shares" else value

    def _person(self, name: str) -> Person:
        return Person.objects.get(account=self.readers[name].account)

    def _about(self, code: str, committee: str, paragraph: str) -> dict[str, Any]:
        return {
            "unit": self.units[code],
            "committee": self.bodies[committee],
            "office": self.offices[code],
            "paragraph": paragraph,
            "since": SINCE,
            "employer": self.units["40"],
            "told": [reader.account.pk for reader in self.readers.values() if reader.account],
            "is_special": False,
            "read": READ_DECISIONS,
        }

    def stand(self) -> Plot:
        """What stands once for everybody."""
        return self._made("stand", Plot(name=EVERYWHERE, **self._by()))

    def give(self, reader: Reader) -> Plot:
        """The reader's account has what belongs to it alone."""
        by = Viewer(name=reader.part.name, at=self.at, account_id=reader.account.pk if reader.account else None)
        return self._made("give", Plot(name=f"of {reader.key}", account=reader.account, **(self._by() | {"by": by})))

    def token_of(self, reader: Reader) -> str:
        """The reader's own access token, as a program would show it."""
        return str(self.plots[f"of {reader.key}"].made("door:token"))

    def answers(self, url: str) -> dict[str, str]:
        """What somebody who knows the municipality writes in the fields of the form that is sent to this URL."""
        found: dict[str, str] = {}
        for room in fixtures():
            if hasattr(room, "answers"):
                found |= room.answers(self.plots[FIRST])
        own = {name.partition(".")[2]: value for name, value in found.items() if name.startswith(f"{url}.")}
        return {name: value for name, value in found.items() if "." not in name} | own

    def _by(self) -> dict:
        return {"canaries": self.canaries, "by": self.by, "at": self.at, "day": self.day}

    def _made(self, how: str, plot: Plot, only: tuple[str, ...] = ()) -> Plot:
        self.plots[plot.name] = plot
        for room in fixtures():
            if hasattr(room, how) and (not only or room.__name__.split(".")[-2] in only):
                plot.keep(getattr(room, how)(plot))
        return plot


def build(*, at: datetime, parts: Sequence[Part] | None = None) -> World:
    """The municipality, its bodies and everybody who asks; nothing is planted in it yet."""
    by = system_viewer(at=at, job="overview:leaktest")
    change_setting(municipality="Ekby kommun", is_ready=True, by=by, at=at)
    units: dict[str, Unit] = {}
    for code, above, kind, name in TREE:
        parent = units.get(above or "")
        units[code] = organised.create_unit(
            code=code, kind=kind, name=name, parent=parent, from_date=SINCE, by=by, at=at
        )
    bodies = {
        code: create_body(name=name, short_name=short, rank=rank, unit=units[code], by=by, at=at)
        for name, short, rank, code in BODIES
    }
    head = Function.objects.get(key="head_of_department")
    offices = {
        code: organised.create_office(name=name, unit=units[code], function=head, by=by, at=at)
        for code, (_committee, name, _paragraph) in DEPARTMENTS.items()
    }
    world = World(at=at, day=by.day, by=by, units=units, bodies=bodies, offices=offices)
    for part in parts or load_cast():
        world.readers[part.key] = _reader(world, part)
    return world


def fixtures() -> Iterator[ModuleType]:
    """The room `fixtures` of every app that has one: the areas' before the mechanisms', and the overview last."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("varn.")]
    for storey in ("varn.areas.", "varn.mechanisms.", "varn.overview"):
        for name in names:
            if name.startswith(storey) and find_spec(f"{name}.fixtures"):
                yield import_module(f"{name}.fixtures")


def _reader(world: World, part: Part) -> Reader:
    if part.key == ANONYMOUS:
        return Reader(part=part)
    if part.kind is Kind.DIRECTORY:
        return Reader(part=part, token=_let_in(world, part))
    address = f"{part.name.split()[0].lower()}.{part.key}@ekby.example"
    account = Account.objects.create(
        email=address,
        name=part.name,
        language="sv",
        is_administrator=part.kind is Kind.ADMINISTRATOR,
        created_at=world.at,
    )
    if part.role:
        person = _person(world, part, account)
        _stand_in(world, part, person) if part.kind is Kind.DEPUTY else _appoint(world, part, person)
    return Reader(part=part, account=account, session=_signed_in(account, world.at))


def _signed_in(account: Account, at: datetime) -> str:
    """A session of somebody who has just shown a passkey, and that outlasts the longest run.

    It was last seen long ago, so that every request notes anew that it was: each asks the database the same.
    """
    browser = Client()
    browser.force_login(account)
    session = browser.session
    set_for(session, Assurance.PHISHING_RESISTANT, at=at + LONGEST, way="passkey")
    session.save()
    Session.objects.filter(account=account).update(
        seen_at=at - LONGEST / 2, idle_until=at + LONGEST, ends_at=at + LONGEST
    )
    return str(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def _let_in(world: World, part: Part) -> str:
    """The secret that the municipality's directory shows, by which it brings people and groups."""
    secret = new_secret()
    create_token(name=part.name, secret=secret, by=world.by, at=world.at)
    return secret


def _person(world: World, part: Part, account: Account) -> Person:
    """The reader is a person of the unit."""
    unit, by, at = world.units[part.unit], world.by, world.at
    person = organised.create_person(
        employee_id=part.key, name=part.name, email=account.email, unit=unit, from_date=SINCE, by=by, at=at
    )
    organised.link_account(person=person, account=account, by=by, at=at)
    return person


def _stand_in(world: World, part: Part, deputy: Person) -> None:
    """The person stands in for another reader from today on."""
    held = Appointment.objects.get(person__account=world.readers[part.stands_in_for].account)
    organised.appoint_stand_in(
        appointment=held, deputy=deputy, from_date=world.day, until_date=world.day + MONTH, by=world.by, at=world.at
    )


def _appoint(world: World, part: Part, person: Person) -> None:
    """The person holds the appointment."""
    unit, by, at = world.units[part.unit], world.by, world.at
    function = Function.objects.filter(role=part.role).order_by("pk")[0]
    since, until = (SINCE, None) if part.lasts is None else (world.day - MONTH, world.day + timedelta(days=part.lasts))
    appointment = organised.propose_appointment(
        person=person,
        function=function,
        units=[unit],
        from_date=since,
        until_date=until,
        appointed_by="Kommunstyrelsen",
        by=by,
        at=at,
    )
    organised.accept_appointment(appointment=appointment, by=by, at=at)
