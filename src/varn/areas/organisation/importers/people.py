"""People from a file. The key is the employee id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from varn.areas.organisation import actions, queries
from varn.areas.organisation.importers.cells import Reader, Seen, carried_out_by
from varn.areas.organisation.models import Person, Unit
from varn.areas.organisation.permissions import Permission
from varn.kernel.calendar import last_day
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.importer import ImportColumn, Outcome, Planned, Row


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The people whom the reader may change by a file and the units that they may place people in (`None`: all)."""

    people: frozenset[int] | None
    units: frozenset[int] | None

    def refuse_beyond(self, reader: Reader, person: Person | None, unit: Unit | None) -> None:
        """A row about somebody else's person or unit cannot be brought in."""
        if person is not None and self.people is not None and person.pk not in self.people:
            reader.refuse("employee_id", Refusal("organisation:refusal.beyond_reach", unit=person.employee_id))
        if unit is not None and self.units is not None and unit.pk not in self.units:
            reader.refuse("unit", Refusal("organisation:refusal.beyond_reach", unit=unit.name))


class PersonImporter:
    """The people who can be appointed. An account that exists already is linked where the reader may do that."""

    thing = "organisation:person"
    permission = str(Permission.IMPORT_PEOPLE)
    fills = ("organisation.Person",)
    rests_on = ("organisation", "access")
    columns: Sequence[ImportColumn] = (
        ImportColumn(
            key="employee_id",
            sv="Anställningsnummer",
            en="Employee id",
            synonyms=("anst nr", "anstnr", "employee number"),
            required=True,
            example="10042",
        ),
        ImportColumn(key="name", sv="Namn", en="Name", required=True, example="Kim Exempel"),
        ImportColumn(key="title", sv="Titel", en="Title", synonyms=("befattning",), example="Enhetschef"),
        ImportColumn(
            key="unit",
            sv="Enhet (kod)",
            en="Unit (code)",
            synonyms=("enhetskod", "unit code"),
            required=True,
            example="2110",
        ),
        ImportColumn(key="email", sv="E-post", en="E-mail", synonyms=("epost", "email"), example="kim@kommun.example"),
        ImportColumn(key="phone", sv="Telefon", en="Telephone", synonyms=("phone",), example="013-00 00 00"),
        ImportColumn(key="account", sv="Konto (e-post)", en="Account (e-mail)", synonyms=("konto",), example=""),
        ImportColumn(
            key="from_date", sv="Från och med", en="From", synonyms=("från", "anställd från"), example="2026-01-01"
        ),
        ImportColumn(key="until_date", sv="Till och med", en="Through", synonyms=("till", "anställd till"), example=""),
        ImportColumn(key="unit_name", sv="Enhet", en="Unit", example=""),
    )

    def check(self, rows: Sequence[Row], *, viewer: Viewer, at: datetime) -> list[Planned]:
        """What each row would do to the person of its employee id."""
        known = {one.employee_id: one for one in Person.objects.select_related("unit", "account")}
        units = {unit.code: unit for unit in Unit.objects.all()}
        written = {row["account"].strip().lower() for row in rows} - {""}
        accounts = {one.email.lower(): one for one in Account.objects.all() if one.email.lower() in written}
        if not viewer.may(Permission.LINK_ACCOUNT):
            accounts = {}
        seen, reach = Seen(), _reach_of(viewer)
        return [_planned(Reader(row=row), known, units, accounts, seen, reach, viewer) for row in rows]

    def never_alone(self, planned: Sequence[Planned], *, by: Viewer) -> list[str]:
        """Those whose account nobody says alone."""
        tied = [plan for plan in planned if "account" in plan.changes]
        known = {one.employee_id: one for one in Person.objects.filter(employee_id__in=[_key(each) for each in tied])}
        return [
            f"{plan.label}, {plan.row['account']}"
            for plan in tied
            if queries.nobody_ties_alone(known.get(_key(plan)), _account(Reader(row=plan.row)), by=by)
        ]

    def apply(self, planned: Sequence[Planned], *, by: Viewer, at: datetime) -> None:
        """New people can be appointed; those that differ are changed."""
        units = {unit.code: unit for unit in Unit.objects.filter(code__in=[plan.row["unit"] for plan in planned])}
        new = [_new(plan.row, units) for plan in planned if plan.outcome is Outcome.NEW]
        if new:
            actions.create_people(rows=new, by=by, at=at)
        for plan in planned:
            if plan.outcome is Outcome.CHANGED:
                _change(plan, units, by=carried_out_by(by), at=at)


def _planned(
    reader: Reader,
    known: Mapping[str, Person],
    units: Mapping[str, Unit],
    accounts: Mapping[str, Account],
    seen: Seen,
    reach: Reach,
    viewer: Viewer,
) -> Planned:
    key, name = reader.text("employee_id", required=True, most=40), reader.text("name", required=True)
    code, address = reader.text("unit", required=True), reader.text("account").lower()
    seen.refuse_twice(reader, key)
    if code and code not in units:
        reader.refuse("unit", Refusal("organisation:refusal.unknown_unit", code=code))
    if address and address not in accounts:
        reader.refuse("account", Refusal("organisation:refusal.unknown_account", email=address))
    start, end = reader.day("from_date"), reader.end("until_date")
    if start and end and end <= start:
        reader.refuse("until_date", Refusal("organisation:refusal.ends_before_it_begins"))
    person = known.get(key)
    reach.refuse_beyond(reader, person, units.get(code))
    if address in accounts and (person is None or person.account_id != accounts[address].pk):
        _refuse_entry(reader, person, accounts[address], viewer)
    said = _said(reader, units)
    changes = {name: (_shown(getattr(person, name, None)), _shown(value)) for name, value in said.items()}
    if address:
        changes["account"] = (person.account.email.lower() if person and person.account else None, address)
    if person is None:
        changes["from_date"] = (None, start)
    if end is not None:
        changes["until_date"] = (last_day(person.until_date) if person else None, last_day(end))
    return reader.planned(f"{key} {name}", changes, is_new=person is None)


def _said(reader: Reader, units: Mapping[str, Unit]) -> dict[str, Any]:
    """What the row says of its person, new or known: what `change_person` takes."""
    return {
        "name": reader.text("name"),
        "title": reader.text("title"),
        "unit": units.get(reader.text("unit")),
        "email": reader.address("email"),
        "phone": reader.text("phone", most=40),
    }


def _shown(value: Any) -> Any:
    return value.code if isinstance(value, Unit) else value


def _refuse_entry(reader: Reader, person: Person | None, account: Account, viewer: Viewer) -> None:
    if account.pk == viewer.account_id:
        reader.refuse("account", Refusal("organisation:refusal.own_account"))
    fault = queries.fault_of_entry(person, permission=Permission.LINK_ACCOUNT, by=viewer) if person else None
    if fault is not None:
        reader.refuse("account", fault)


def _reach_of(viewer: Viewer) -> Reach:
    if viewer.may_everywhere(Permission.IMPORT_PEOPLE):
        return Reach(people=None, units=None)
    people = Person.objects.visible_to(viewer, Permission.IMPORT_PEOPLE)
    units = Unit.objects.visible_to(viewer, Permission.IMPORT_PEOPLE)
    return Reach(
        people=frozenset(people.values_list("pk", flat=True)), units=frozenset(units.values_list("pk", flat=True))
    )


def _key(plan: Planned) -> str:
    return Reader(row=plan.row).text("employee_id")


def _account(reader: Reader) -> Account | None:
    address = reader.text("account")
    return Account.objects.filter(email__iexact=address).first() if address else None


def _new(row: Row, units: Mapping[str, Unit]) -> actions.NewPerson:
    """The person to come. Without a first day they count as having been there as long as their unit."""
    reader = Reader(row=row)
    return actions.NewPerson(
        **_said(reader, units),
        employee_id=reader.text("employee_id"),
        account=_account(reader),
        from_date=reader.day("from_date") or units[reader.text("unit")].from_date,
        until_date=reader.end("until_date"),
    )


def _change(plan: Planned, units: Mapping[str, Unit], *, by: Viewer, at: datetime) -> None:
    reader = Reader(row=plan.row)
    person = Person.objects.get(employee_id=reader.text("employee_id"))
    actions.change_person(person=person, **_said(reader, units), by=by, at=at)
    if "account" in plan.changes:
        actions.link_account(person=person, account=_account(reader), by=by, at=at)
    if "until_date" in plan.changes:
        actions.leave_person(person=person, until_date=reader.end("until_date"), by=by, at=at)
