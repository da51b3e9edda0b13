"""Reading the rows of appointments: the registers they refer to, and what each row says of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from varn.areas.organisation import queries
from varn.areas.organisation.importers.cells import Reader
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, Function, Office, Person, Unit
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.appointing import FULL_TIME
from varn.kernel.glossary import GLOSSARY
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer

Key = tuple[int | None, int | None, int, frozenset[str], date]
UNDECIDED = (AppointmentState.PROPOSED, AppointmentState.DECLINED, AppointmentState.WITHDRAWN)


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
    office: Office | None
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
        holder = self.person or self.office
        if holder is None or self.function is None or self.from_date is None or not self.units:
            return None
        codes = frozenset(unit.code for unit in self.units)
        person, office = (holder.pk, None) if self.person else (None, holder.pk)
        return person, office, self.function.pk, codes, self.from_date

    def as_appointment(self) -> Appointment:
        """The appointment that the row would make, not saved."""
        return Appointment(
            person=self.person,
            office=self.office,
            function=self.function,
            from_date=self.from_date,
            until_date=self.until_date,
            share=self.share,
            deputy=self.deputy,
            employer=self.employer,
            agreement=self.agreement,
        )


def registers_for(viewer: Viewer) -> Registers:
    """What rows can refer to, read once."""
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


def read_said(reader: Reader, registers: Registers) -> Said:
    """What the row says; what it cannot mean is a problem of the row."""
    share = reader.number("share")
    if share is not None and not 0 < share <= FULL_TIME:
        reader.refuse("share", Refusal("organisation:refusal.share_out_of_range"))
    _refuse_undecided(reader)
    person, office = _holder(reader, registers)
    return Said(
        person=person,
        office=office,
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


def _refuse_undecided(reader: Reader) -> None:
    """A row of a list that was taken out is brought in only where it was decided."""
    written = reader.text("state").casefold()
    for state in UNDECIDED:
        key = f"organisation:appointment.{state}"
        if written and written in (GLOSSARY.word(key, "sv").casefold(), GLOSSARY.word(key, "en").casefold()):
            reader.refuse("state", Refusal("organisation:refusal.not_decided", state=key))


def _holder(reader: Reader, registers: Registers) -> tuple[Person | None, Office | None]:
    """A person or a named office, and never both."""
    name = reader.text("office")
    if not name:
        return _person(reader, "employee_id", registers, required=True), None
    if reader.text("employee_id"):
        reader.refuse("office", Refusal("organisation:refusal.one_holder"))
    office = next((one for one in registers.offices if one.name.casefold() == name.casefold()), None)
    if office is None:
        reader.refuse("office", Refusal("organisation:refusal.unknown_office", name=name))
    return None, office


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


def _named_to(viewer: Viewer) -> frozenset[int] | None:
    """The people whose names the reader may see; `None` when that is everybody."""
    if viewer.may_everywhere(Permission.READ_PEOPLE):
        return None
    return frozenset(Person.objects.visible_to(viewer).values_list("pk", flat=True))
