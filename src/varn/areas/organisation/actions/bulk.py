"""Many at once, for imports and volume: written set-wise under the same rules, one entry in the trail per batch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import prefetch_related_objects

from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Function, Office, Person, Unit, UnitPeriod
from varn.areas.organisation.models.lines import draw_lines
from varn.areas.organisation.models.locks import hold_holders, hold_tree, hold_units
from varn.areas.organisation.models.placements import placements_for
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import fault_against, fault_of_giving, require_in_all, standing_of
from varn.areas.organisation.rules.appointing import FULL_TIME
from varn.areas.organisation.rules.kinds import may_lie_under
from varn.areas.organisation.rules.names import person_sort_name
from varn.kernel.lifecycle import Refusal
from varn.kernel.ordering import swedish_sort_key
from varn.kernel.references import Reference
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.moves.making import Refused, begin_all
from varn.mechanisms.references.numbers import next_reference
from varn.mechanisms.search.indexing import index

SERIES = "FORD"
AT_A_TIME = 1_000


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """A unit to come. Its parent is named by code: one that exists, or another of the same batch."""

    code: str
    kind: str
    name: str
    parent_code: str | None
    from_date: date
    until_date: date | None = None
    address: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """A person to come."""

    employee_id: str
    name: str
    unit: Unit | None
    from_date: date
    until_date: date | None = None
    title: str = ""
    email: str = ""
    phone: str = ""
    account: Account | None = None


@dataclass(frozen=True, kw_only=True)
class NewAppointment:
    """An appointment that has been decided already, of a person or a named office."""

    function: Function
    units: Sequence[Unit]
    from_date: date
    appointed_by: str
    person: Person | None = None
    office: Office | None = None
    until_date: date | None = None
    share: Decimal = FULL_TIME
    deputy: Person | None = None
    employer: Unit | None = None
    agreement: str = ""


@action
def create_units(*, rows: Sequence[NewUnit], by: Viewer, at: datetime) -> dict[str, Unit]:
    """Every unit of the batch exists with its place in the tree, by code. Raises `Refused` for the first misfit."""
    hold_tree()
    parents = {row.parent_code for row in rows} - {None}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=parents)}
    require_in_all(Permission.IMPORT_UNITS, by=by, units=[unit.pk for unit in units.values()])
    _refuse_misfits(rows, units)
    for generation in _generations(rows, units):
        new = [_unit(row, units) for row in generation]
        units |= {unit.code: unit for unit in Unit.objects.bulk_create(new, batch_size=AT_A_TIME)}
    made = {row.code: units[row.code] for row in rows}
    UnitPeriod.objects.bulk_create([_period(unit) for unit in made.values()], batch_size=AT_A_TIME)
    draw_lines([unit.pk for unit in made.values()])
    index(*made.values())
    _record_batch(Permission.IMPORT_UNITS, list(made.values()), by=by, at=at)
    return made


@action
def create_people(*, rows: Sequence[NewPerson], by: Viewer, at: datetime) -> dict[str, Person]:
    """Every person of the batch can be appointed, found by employee id. Accounts are linked where the reader may."""
    require_in_all(Permission.IMPORT_PEOPLE, by=by, units={row.unit.pk for row in rows if row.unit})
    if any(row.account for row in rows):
        require_in_all(Permission.LINK_ACCOUNT, by=by, units={row.unit.pk for row in rows if row.unit})
    new = [Person(**vars(row), sort_name=person_sort_name(row.name)) for row in rows]
    people = Person.objects.bulk_create(new, batch_size=AT_A_TIME)
    index(*people)
    _record_batch(Permission.IMPORT_PEOPLE, people, by=by, at=at)
    return {person.employee_id: person for person in people}


@action
def appoint_all(*, rows: Sequence[NewAppointment], by: Viewer, at: datetime) -> list[Appointment]:
    """Every appointment of the batch stands as accepted, and is active or ended where its days say so."""
    require_in_all(Permission.IMPORT_APPOINTMENTS, by=by, units={unit.pk for row in rows for unit in row.units})
    _refuse_giving(rows, by=by)
    units = hold_units(unit.pk for row in rows for unit in row.units)
    rows = [replace(row, units=[units[unit.pk] for unit in row.units]) for row in rows]
    first = Reference.parse(next_reference(SERIES, at=at, count=len(rows)))
    new = [_appointment(row, first, number, by.day) for number, row in enumerate(rows)]
    _refuse_faulty(new, rows)
    appointments = Appointment.objects.bulk_create(new, batch_size=AT_A_TIME)
    AppointmentUnit.objects.bulk_create(
        [
            placement
            for row, appointment in zip(rows, appointments, strict=True)
            for placement in placements_for(
                appointment, units=row.units, share=row.share, deputy=row.deputy, from_date=row.from_date
            )
        ],
        batch_size=AT_A_TIME,
    )
    begin_all(appointments, by=by, at=at)
    prefetch_related_objects(appointments, "units")
    index(*appointments)
    _record_batch(Permission.IMPORT_APPOINTMENTS, appointments, by=by, at=at)
    return appointments


def _refuse_faulty(new: Sequence[Appointment], rows: Sequence[NewAppointment]) -> None:
    """Each appointment is judged as a proposal is, those before it in the batch counted."""
    people = [one.person_id for one in new if one.person_id is not None]
    offices = [one.office_id for one in new if one.office_id is not None]
    hold_holders(people, offices)
    standing = standing_of(people, offices)
    for one, row in zip(new, rows, strict=True):
        fault = fault_against(one, units=row.units, start=one.from_date, standing=standing)
        if fault is not None:
            raise Refused(fault)
        standing.add(one, row.units)


def _refuse_giving(rows: Sequence[NewAppointment], *, by: Viewer) -> None:
    functions = {row.function.pk: row.function for row in rows}
    placed: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        placed[row.function.pk].update(unit.pk for unit in row.units)
    for pk, function in functions.items():
        fault = fault_of_giving(function, placed[pk], permission=Permission.IMPORT_APPOINTMENTS, by=by)
        if fault is not None:
            raise Refused(fault)


def _refuse_misfits(rows: Sequence[NewUnit], known: Mapping[str, Unit]) -> None:
    above: dict[str | None, Unit | NewUnit] = {**known, **{row.code: row for row in rows}}
    for row in rows:
        parent = above.get(row.parent_code)
        if (row.parent_code and parent is None) or not may_lie_under(row.kind, parent.kind if parent else None):
            words = {
                "kind": f"organisation:unit_kind.{row.kind}",
                "parent": f"organisation:unit_kind.{parent.kind}" if parent else row.parent_code or "–",
            }
            raise Refused(Refusal("organisation:refusal.wrong_parent", **words))
        if parent and not _outlives(parent, row):
            raise Refused(Refusal("organisation:refusal.outside_parent", unit=row.name, parent=parent.name))


def _outlives(parent: Unit | NewUnit, row: NewUnit) -> bool:
    ends_later = parent.until_date is None or (row.until_date is not None and row.until_date <= parent.until_date)
    return parent.from_date <= row.from_date and ends_later


def _generations(rows: Sequence[NewUnit], known: Mapping[str, Unit]) -> list[list[NewUnit]]:
    """The rows in such an order that a parent always comes in a generation before its children."""
    placed: set[str | None] = {None, *known}
    waiting, generations = list(rows), []
    while waiting:
        ready = [row for row in waiting if row.parent_code in placed]
        if not ready:
            first = waiting[0]
            raise Refused(Refusal("organisation:refusal.circle", unit=first.name, parent=first.parent_code or ""))
        generations.append(ready)
        placed |= {row.code for row in ready}
        waiting = [row for row in waiting if row.code not in placed]
    return generations


def _unit(row: NewUnit, units: Mapping[str, Unit]) -> Unit:
    return Unit(
        code=row.code,
        kind=row.kind,
        name=row.name,
        sort_name=swedish_sort_key(row.name),
        parent=units[row.parent_code] if row.parent_code else None,
        address=row.address,
        email=row.email,
        from_date=row.from_date,
        until_date=row.until_date,
    )


def _period(unit: Unit) -> UnitPeriod:
    return UnitPeriod(
        unit=unit, name=unit.name, parent=unit.parent, from_date=unit.from_date, until_date=unit.until_date
    )


def _appointment(row: NewAppointment, first: Reference, number: int, day: date) -> Appointment:
    return Appointment(
        reference=str(Reference(series=first.series, year=first.year, number=first.number + number)),
        person=row.person,
        office=row.office,
        function=row.function,
        from_date=row.from_date,
        until_date=row.until_date,
        share=row.share,
        deputy=row.deputy,
        appointed_by=row.appointed_by,
        employer=row.employer,
        agreement=row.agreement,
        state=_state_on(row, day),
    )


def _state_on(row: NewAppointment, day: date) -> AppointmentState:
    if row.until_date is not None and row.until_date <= day:
        return AppointmentState.ENDED
    return AppointmentState.ACTIVE if row.from_date <= day else AppointmentState.ACCEPTED


def _record_batch(verb: str, things: Sequence, *, by: Viewer, at: datetime) -> None:
    """The history of the first says how many came with it, and not who: its readers need not see the others."""
    record(verb, things[0], by=by, at=at, changes={"count": (0, len(things))})
