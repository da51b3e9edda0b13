"""Appointments from a file. The key is holder (a person or a named office), function, units and first day together."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from varn.areas.organisation import actions, queries
from varn.areas.organisation.importers.appointment_rows import Key, Registers, Said, read_said, registers_for
from varn.areas.organisation.importers.cells import Reader, Seen, carried_out_by
from varn.areas.organisation.lifecycle import CHANGEABLE_STATES, VALID_STATES
from varn.areas.organisation.models import Appointment
from varn.areas.organisation.permissions import Permission
from varn.kernel.calendar import last_day
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.importer import ImportColumn, Outcome, Planned, Row


class AppointmentImporter:
    """Appointments that have been decided already: they are accepted, active or ended as their days say."""

    thing = "organisation:appointment"
    permission = str(Permission.IMPORT_APPOINTMENTS)
    fills = ("organisation.Appointment", "organisation.AppointmentUnit")
    rests_on = ("organisation",)
    columns: Sequence[ImportColumn] = (
        ImportColumn(
            key="employee_id",
            sv="Anställningsnummer",
            en="Employee id",
            synonyms=("anstnr",),
            example="10042",
        ),
        ImportColumn(key="office", sv="Befattning", en="Office", example=""),
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
            key="share",
            sv="Tjänstgöringsgrad",
            en="Share of full time",
            synonyms=("del av heltid", "omfattning", "share"),
            example="0,2",
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
        ImportColumn(key="state", sv="Status", en="State", example=""),
        # What a list that is taken out says besides, and what the other columns say already.
        ImportColumn(key="reference", sv="Beteckning", en="Reference", example=""),
        ImportColumn(key="holder", sv="Innehavare", en="Holder", example=""),
        ImportColumn(key="tier", sv="Nivå", en="Tier", example=""),
        ImportColumn(key="unit_names", sv="Enheter (namn)", en="Units (names)", example=""),
        ImportColumn(key="deputy_name", sv="Ersättare (namn)", en="Deputy (name)", example=""),
        ImportColumn(key="employer_name", sv="Hyrs in från (namn)", en="Supplied by (name)", example=""),
    )

    def check(self, rows: Sequence[Row], *, viewer: Viewer, at: datetime) -> list[Planned]:
        """What each row would do to the appointment of its key."""
        registers, known, seen = registers_for(viewer), _known(), Seen()
        read = [(reader, read_said(reader, registers)) for reader in (Reader(row=row) for row in rows)]
        standing = queries.standing_of(
            {said.person.pk for _, said in read if said.person}, {said.office.pk for _, said in read if said.office}
        )
        for reader, said in read:
            if said.key:
                seen.refuse_twice(reader, said.key)
        return [_planned(reader, said, registers, known, standing, viewer) for reader, said in read]

    def never_alone(self, planned: Sequence[Planned], *, by: Viewer) -> list[str]:
        """Whoever runs the installation opens accounts, and so gives nobody anything to do with them alone."""
        if not queries.runs_the_installation(by):
            return []
        return [_as_given(plan) for plan in planned]

    def apply(self, planned: Sequence[Planned], *, by: Viewer, at: datetime) -> None:
        """New appointments stand, and those that differ are changed from today."""
        registers, known = registers_for(by), _known()
        said = [(plan, read_said(Reader(row=plan.row), registers)) for plan in planned]
        new = [_new(each) for plan, each in said if plan.outcome is Outcome.NEW]
        if new:
            actions.appoint_all(rows=new, by=by, at=at)
        for plan, each in said:
            if plan.outcome is Outcome.CHANGED:
                _change(known[each.key], each, plan, by=carried_out_by(by), at=at)


def _as_given(plan: Planned) -> str:
    row = plan.row
    return f"{plan.label}, {row['units']}, {row['from_date']}–{row['until_date']}".rstrip("–")


def _known() -> dict[Key, Appointment]:
    rows = Appointment.objects.filter(state__in=VALID_STATES)
    related = rows.select_related("person", "office", "deputy", "employer").prefetch_related("placements__unit")
    return {_key_of(one): one for one in related}


def _key_of(one: Appointment) -> Key:
    last = [row for row in one.placements.all() if row.until_date == one.until_date]
    return one.person_id, one.office_id, one.function_id, frozenset(row.unit.code for row in last), one.from_date


def _planned(
    reader: Reader,
    said: Said,
    registers: Registers,
    known: Mapping[Key, Appointment],
    standing: queries.Standing,
    viewer: Viewer,
) -> Planned:
    one = known.get(said.key) if said.key else None
    if said.key and one is None:
        meant = said.as_appointment()
        fault = queries.fault_against(meant, units=said.units, start=said.from_date, standing=standing)
        if fault is not None:
            reader.refuse("", fault)
    changes = _changes(said, one)
    label = f"{_named(said, registers)} {said.function or ''}".strip()
    plan = reader.planned(label, changes, is_new=one is None)
    if plan.outcome is Outcome.CHANGED and one.state not in CHANGEABLE_STATES:
        state = f"organisation:appointment.{one.state}"
        reader.refuse("", Refusal("organisation:refusal.not_changeable", state=state))
        return reader.planned(label, changes, is_new=False)
    if plan.outcome in (Outcome.NEW, Outcome.CHANGED):
        _refuse_giving(reader, said, registers, viewer)
        _warn_of_load(reader, said, one, standing)
        return reader.planned(label, changes, is_new=one is None)
    return plan


def _changes(said: Said, one: Appointment | None) -> dict[str, tuple[object, object]]:
    """What differs between the row and the appointment of its key, each as (old, new)."""
    return {
        "until_date": (one and last_day(one.until_date), last_day(said.until_date)),
        "share": (one and one.share.normalize(), said.share.normalize()),
        "deputy": (one and one.deputy and one.deputy.employee_id, said.deputy and said.deputy.employee_id),
        "appointed_by": (one and one.appointed_by, said.appointed_by),
        "employer": (one and one.employer and one.employer.code, said.employer and said.employer.code),
        "agreement": (one and one.agreement, said.agreement),
    }


def _warn_of_load(reader: Reader, said: Said, one: Appointment | None, standing: queries.Standing) -> None:
    """The row counts for those after it; that it takes its person past full time is said, and may be meant."""
    if reader.problems:
        return
    meant = said.as_appointment()
    meant.pk, meant.reference = (one.pk, one.reference) if one else (None, f"#{reader.row.number}")
    overload = standing.overload_of(meant, said.from_date)
    if overload is not None:
        reader.warn("share", overload)
    standing.add(meant, said.units)


def _refuse_giving(reader: Reader, said: Said, registers: Registers, viewer: Viewer) -> None:
    if _is_own(said, viewer):
        reader.refuse("employee_id" if said.person else "office", Refusal("organisation:refusal.own_appointment"))
    units = [unit.pk for unit in said.units]
    fault = queries.fault_of_giving(
        said.function, units, permission=Permission.IMPORT_APPOINTMENTS, by=viewer, offices=registers.offices
    )
    if fault is not None:
        reader.refuse("function", fault)


def _named(said: Said, registers: Registers) -> str:
    """The person's name for who may see it; for others the number that they wrote themselves."""
    if said.person is None:
        return str(said.office or "")
    is_seen = registers.named is None or said.person.pk in registers.named
    return said.person.name if is_seen else said.person.employee_id


def _is_own(said: Said, viewer: Viewer) -> bool:
    if said.person is not None:
        return viewer.account_id is not None and said.person.account_id == viewer.account_id
    return queries.is_for_oneself(said.as_appointment(), by=viewer)


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
