"""Appointments from a file. The key is employee id, function, units and first day together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from varn.areas.organisation import actions, queries
from varn.areas.organisation.importers.cells import Reader, Seen, carried_out_by
from varn.areas.organisation.lifecycle import CHANGEABLE_STATES, VALID_STATES
from varn.areas.organisation.models import Appointment, Function, Office, Person, Unit
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.appointing import FULL_TIME
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.importer import ImportColumn, Outcome, Planned, Row
from varn.mechanisms.ui.days import last_day

Key = tuple[str, int, frozenset[str], date]


@dataclass(frozen=True, kw_only=True)
class Registers:
    """What the rows refer to, the people whom the reader sees, and the units they may import in (`None`: all)."""

    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    functions: Mapping[str, Function]
    offices: Sequence[Office]
    named: frozenset[int] | None
    sight: frozenset[int] | None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one row says, read."""

    person: Person | None
    function: Function | None
    units: tuple[Unit, ...]
    from_date: date | None
    until_date: date | None
    share: Decimal
    deputy: Person | None
    appointed_by: str
    employer: Unit | None
    agreement: str

    @property
    def key(self) -> Key | None:
        """What the appointment is known again by."""
        if self.person is None or self.function is None or self.from_date is None or not self.units:
            return None
        codes = frozenset(unit.code for unit in self.units)
        return self.person.employee_id, self.function.pk, codes, self.from_date


class AppointmentImporter:
    """Appointments that have been decided already: they are accepted, active or ended as their days say."""

    thing = "organisation:appointment"
    permission = str(Permission.IMPORT_APPOINTMENTS)
    columns: Sequence[ImportColumn] = (
        ImportColumn(
            key="employee_id",
            sv="Anställningsnummer",
            en="Employee id",
            synonyms=("anstnr",),
            required=True,
            example="10042",
        ),
        ImportColumn(key="function", sv="Funktion", en="Function", required=True, example="Säkerhetsombud"),
        ImportColumn(
            key="units",
            sv="Enheter (koder)",
            en="Units (codes)",
            synonyms=("enhet", "enheter", "units", "enhetskoder"),
            required=True,
            example="2110, 2120",
        ),
        ImportColumn(
            key="from_date", sv="Från och med", en="From", synonyms=("från",), required=True, example="2026-01-01"
        ),
        ImportColumn(key="until_date", sv="Till och med", en="Through", synonyms=("till", "until"), example=""),
        ImportColumn(
            key="share", sv="Del av heltid", en="Share of full time", synonyms=("omfattning", "share"), example="0,2"
        ),
        ImportColumn(
            key="deputy",
            sv="Ersättare (anställningsnummer)",
            en="Deputy (employee id)",
            synonyms=("ersättare",),
            example="",
        ),
        ImportColumn(
            key="appointed_by", sv="Förordnad av", en="Appointed by", synonyms=("utsedd av",), example="Enhetschefen"
        ),
        ImportColumn(
            key="employer", sv="Hyrs in från (kod)", en="Supplied by (code)", synonyms=("hyrs in från",), example=""
        ),
        ImportColumn(key="agreement", sv="Avtal", en="Agreement", example=""),
    )

    def check(self, rows: Sequence[Row], *, viewer: Viewer, at: datetime) -> list[Planned]:
        """What each row would do to the appointment of its key."""
        registers, known, seen = _registers(viewer), _known(), Seen()
        return [_planned(Reader(row=row), registers, known, seen, viewer) for row in rows]

    def apply(self, planned: Sequence[Planned], *, by: Viewer, at: datetime) -> None:
        """New appointments stand, and those that differ are changed from today."""
        registers, known = _registers(by), _known()
        said = [(plan, _read(Reader(row=plan.row), registers)) for plan in planned]
        new = [_new(each) for plan, each in said if plan.outcome is Outcome.NEW]
        if new:
            actions.appoint_all(rows=new, by=by, at=at)
        for plan, each in said:
            if plan.outcome is Outcome.CHANGED:
                _change(known[each.key], each, plan, by=carried_out_by(by), at=at)


def _registers(viewer: Viewer) -> Registers:
    sight = queries.sight_of(viewer, Permission.IMPORT_APPOINTMENTS)
    is_everything = sight is None or Permission.IMPORT_APPOINTMENTS in viewer.general
    functions: dict[str, Function] = {}
    for function in Function.objects.all():
        for name in (function.key, function.name_sv, function.name_en):
            functions[name.casefold()] = function
    return Registers(
        people={one.employee_id: one for one in Person.objects.all()},
        units={unit.code: unit for unit in Unit.objects.all()},
        functions=functions,
        offices=list(Office.objects.all()),
        named=_named_to(viewer),
        sight=None if is_everything else frozenset(sight.values_list("descendant", flat=True)),
    )


def _named_to(viewer: Viewer) -> frozenset[int] | None:
    """The people whose names the reader may see; `None` when that is everybody."""
    if viewer.may_everywhere(Permission.READ_PEOPLE):
        return None
    return frozenset(Person.objects.visible_to(viewer).values_list("pk", flat=True))


def _known() -> dict[Key, Appointment]:
    rows = Appointment.objects.filter(person__isnull=False, state__in=VALID_STATES)
    related = rows.select_related("person", "deputy", "employer").prefetch_related("placements__unit")
    return {_key_of(one): one for one in related}


def _key_of(one: Appointment) -> Key:
    last = [row for row in one.placements.all() if row.until_date == one.until_date]
    return one.person.employee_id, one.function_id, frozenset(row.unit.code for row in last), one.from_date


def _read(reader: Reader, registers: Registers) -> Said:
    share = reader.number("share")
    if share is not None and not 0 < share <= FULL_TIME:
        reader.refuse("share", Refusal("organisation:refusal.share_out_of_range"))
    return Said(
        person=_person(reader, "employee_id", registers, required=True),
        function=_function(reader, registers),
        units=tuple(_units(reader, registers)),
        from_date=reader.day("from_date", required=True),
        until_date=reader.end("until_date"),
        share=FULL_TIME if share is None else share,
        deputy=_person(reader, "deputy", registers),
        appointed_by=reader.text("appointed_by"),
        employer=_unit(reader, "employer", reader.text("employer"), registers),
        agreement=reader.text("agreement"),
    )


def _person(reader: Reader, column: str, registers: Registers, *, required: bool = False) -> Person | None:
    key = reader.text(column, required=required)
    if key and key not in registers.people:
        reader.refuse(column, Refusal("organisation:refusal.unknown_person", employee_id=key))
    return registers.people.get(key)


def _function(reader: Reader, registers: Registers) -> Function | None:
    name = reader.text("function", required=True)
    if name and name.casefold() not in registers.functions:
        reader.refuse("function", Refusal("organisation:refusal.unknown_function", name=name))
    return registers.functions.get(name.casefold())


def _units(reader: Reader, registers: Registers) -> list[Unit]:
    codes = [code for code in re.split(r"[,;|\n]+\s*", reader.text("units", required=True, most=2000)) if code]
    found = [_unit(reader, "units", code.strip(), registers) for code in codes]
    units = [unit for unit in dict.fromkeys(found) if unit is not None]
    for unit in units:
        if registers.sight is not None and unit.pk not in registers.sight:
            reader.refuse("units", Refusal("organisation:refusal.beyond_reach", unit=unit.name))
    return units


def _unit(reader: Reader, column: str, code: str, registers: Registers) -> Unit | None:
    if code and code not in registers.units:
        reader.refuse(column, Refusal("organisation:refusal.unknown_unit", code=code))
    return registers.units.get(code)


def _planned(
    reader: Reader, registers: Registers, known: Mapping[Key, Appointment], seen: Seen, viewer: Viewer
) -> Planned:
    said = _read(reader, registers)
    one = known.get(said.key) if said.key else None
    if said.key:
        seen.refuse_twice(reader, said.key)
        fault = queries.fault_against(one or _as_appointment(said), units=said.units, start=said.from_date)
        if fault is not None and one is None:
            reader.refuse("", fault)
    changes = {
        "until_date": (one and last_day(one.until_date), last_day(said.until_date)),
        "share": (one and one.share.normalize(), said.share.normalize()),
        "deputy": (one and one.deputy and one.deputy.employee_id, said.deputy and said.deputy.employee_id),
        "appointed_by": (one and one.appointed_by, said.appointed_by),
        "employer": (one and one.employer and one.employer.code, said.employer and said.employer.code),
        "agreement": (one and one.agreement, said.agreement),
    }
    label = f"{_named(said, registers)} {said.function or ''}".strip()
    plan = reader.planned(label, changes, is_new=one is None)
    if plan.outcome is Outcome.CHANGED and one.state not in CHANGEABLE_STATES:
        state = f"organisation:appointment.{one.state}"
        reader.refuse("", Refusal("organisation:refusal.not_changeable", state=state))
        return reader.planned(label, changes, is_new=False)
    if plan.outcome in (Outcome.NEW, Outcome.CHANGED):
        _refuse_giving(reader, said, registers, viewer)
        return reader.planned(label, changes, is_new=one is None)
    return plan


def _refuse_giving(reader: Reader, said: Said, registers: Registers, viewer: Viewer) -> None:
    if _is_own(said, viewer):
        reader.refuse("employee_id", Refusal("organisation:refusal.own_appointment"))
    units = [unit.pk for unit in said.units]
    fault = queries.fault_of_giving(
        said.function, units, permission=Permission.IMPORT_APPOINTMENTS, by=viewer, offices=registers.offices
    )
    if fault is not None:
        reader.refuse("function", fault)


def _named(said: Said, registers: Registers) -> str:
    """The person's name for who may see it; for others the number that they wrote themselves."""
    if said.person is None:
        return ""
    is_seen = registers.named is None or said.person.pk in registers.named
    return said.person.name if is_seen else said.person.employee_id


def _is_own(said: Said, viewer: Viewer) -> bool:
    return said.person is not None and viewer.account_id is not None and said.person.account_id == viewer.account_id


def _as_appointment(said: Said) -> Appointment:
    return Appointment(
        person=said.person,
        function=said.function,
        from_date=said.from_date,
        until_date=said.until_date,
        share=said.share,
        deputy=said.deputy,
        employer=said.employer,
        agreement=said.agreement,
    )


def _new(said: Said) -> actions.NewAppointment:
    return actions.NewAppointment(**vars(said))


def _change(one: Appointment, said: Said, plan: Planned, *, by: Viewer, at: datetime) -> None:
    if {"appointed_by", "employer", "agreement"} & plan.changes.keys():
        actions.correct_ground(
            appointment=one,
            appointed_by=said.appointed_by,
            employer=said.employer,
            agreement=said.agreement,
            by=by,
            at=at,
        )
    if {"until_date", "share", "deputy"} & plan.changes.keys():
        actions.change_appointment(
            appointment=one,
            effective_date=max(by.day, said.from_date),
            from_date=said.from_date,
            until_date=said.until_date,
            share=said.share,
            deputy=said.deputy,
            units=said.units,
            is_confirmed=True,
            by=by,
            at=at,
        )
