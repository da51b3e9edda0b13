"""What the first run does: the municipality, its first administrator, the first appointments, and that it is ready."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from varn.areas.decisions.actions import create_body
from varn.areas.decisions.models import Body
from varn.areas.decisions.rules import Rank
from varn.areas.organisation.actions import (
    accept_appointment,
    create_office,
    create_unit,
    link_account,
    propose_appointment,
)
from varn.areas.organisation.models import Appointment, Function, Office, Person, Unit, UnitKind
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.door.actions import create_account
from varn.mechanisms.installation.actions import change_setting
from varn.mechanisms.installation.models import Setting
from varn.mechanisms.moves.making import Refused
from varn.overview.queries.founding import founded_municipality, has_account

# The offices that decisions usually give assignments to: its name, and the function whose holder it is.
OFFICES = {"Kommundirektören": "chief_executive", "Säkerhetschefen": "head_of_security"}
COUNCIL = ("Kommunfullmäktige", "KF")
EXECUTIVE_BOARD = "kommunstyrelsen"


@action
def found_municipality(*, name: str, code: str, from_date: date, by: Viewer, at: datetime) -> Unit:
    """The municipality is the first unit, from the day on, and gives the installation its name."""
    _refuse_ready()
    change_setting(municipality=name, by=by, at=at)
    standing = founded_municipality()
    if standing is not None:
        return standing
    kind = UnitKind.MUNICIPALITY.value
    return create_unit(code=code, kind=kind, name=name, parent=None, from_date=from_date, by=by, at=at)


@action
def make_first_administrator(*, email: str, name: str, password: str, by: Viewer, at: datetime) -> Account:
    """The first account stands and runs the installation. There is never a second first one."""
    _refuse_ready()
    Setting.objects.select_for_update().get(pk=1)
    if has_account():
        raise Refused(Refusal("overview:refusal.has_administrator"))
    account = Account(email=email.strip(), name=name.strip(), is_administrator=True, created_at=at)
    account.set_password(password)
    account.save()
    record(Access.CREATE_ACCOUNT, account, by=by, at=at, changes={"email": (None, account.email)})
    return account


@action
def appoint_first(
    *, people: Mapping[Function, Sequence[Person]], unit: Unit, from_date: date, by: Viewer, at: datetime
) -> list[Appointment]:
    """These people have these functions in the municipality from the day on, and an account to do it with.

    Whoever has the function already is left as they are. The usual offices stand, held by whoever has their function.
    """
    _refuse_ready()
    chosen = [(function, person) for function, holders in people.items() for person in holders]
    standing = set(Appointment.objects.filter(units=unit).values_list("function", "person"))
    new = [
        _appoint(function, person, unit, from_date, by=by, at=at)
        for function, person in chosen
        if (function.pk, person.pk) not in standing
    ]
    for person in {person.pk: person for _, person in chosen}.values():
        _let_in(person, by=by, at=at)
    for name, key in OFFICES.items():
        if not Office.objects.filter(name=name).exists():
            create_office(name=name, unit=unit, function=Function.objects.get(key=key), by=by, at=at)
    return new


@action
def finish_first_run(*, by: Viewer, at: datetime) -> Setting:
    """The installation is ready: each committee has its body beside the council, and the first run is gone for good."""
    _refuse_ready()
    municipality = founded_municipality()
    if municipality is None:
        raise Refused(Refusal("overview:refusal.no_municipality"))
    if not Body.objects.exists():
        name, short_name = COUNCIL
        create_body(name=name, short_name=short_name, rank=Rank.COUNCIL, unit=municipality, by=by, at=at)
        for unit in Unit.objects.filter(kind=UnitKind.COMMITTEE):
            rank = Rank.EXECUTIVE_BOARD if unit.name.lower() == EXECUTIVE_BOARD else Rank.COMMITTEE
            create_body(name=unit.name, rank=rank, unit=unit, by=by, at=at)
    return change_setting(is_ready=True, by=by, at=at)


def _refuse_ready() -> None:
    if Setting.objects.filter(pk=1, is_ready=True).exists():
        raise Refused(Refusal("overview:refusal.is_ready"))


def _appoint(function: Function, person: Person, unit: Unit, first: date, *, by: Viewer, at: datetime) -> Appointment:
    appointment = propose_appointment(
        person=person, function=function, units=[unit], from_date=first, appointed_by=by.name, by=by, at=at
    )
    return accept_appointment(appointment=appointment, by=by, at=at)


def _let_in(person: Person, *, by: Viewer, at: datetime) -> None:
    """The person has an account; a link to choose a password by is on its way to their address."""
    if person.account_id is None and person.email:
        known = Account.objects.filter(email__iexact=person.email).first()
        account = known or create_account(email=person.email, name=person.name, language="sv", by=by, at=at)
        link_account(person=person, account=account, by=by, at=at)
