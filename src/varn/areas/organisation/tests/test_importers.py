"""Bringing in units, people and appointments from files."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.utils.translation import override

from tests.people import AT, Member, Municipality, join
from varn.areas.organisation.exports import APPOINTMENTS as APPOINTMENT_COLUMNS
from varn.areas.organisation.importers import AppointmentImporter, PersonImporter, UnitImporter
from varn.areas.organisation.models import Appointment, Function, Office, Person, Unit, UnitKind
from varn.areas.organisation.queries import appointments_with_units
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.exports.files import csv_bytes
from varn.mechanisms.imports.importer import Importer, Outcome, Planned
from varn.mechanisms.imports.reading import read_rows

SYSTEM = system_viewer(at=AT, job="test")

UNITS = """Kod;Namn;Slag;Under (kod);Från och med
2111;Nattpatrullen;plats;213;2021-01-01
213;Hemtjänsten öster;enhet;21;2021-01-01
"""
PEOPLE = """Anställningsnummer;Namn;Enhet (kod);E-post
77;Kim Ek;211;kim@ekby.example
"""
APPOINTMENTS = """Anställningsnummer;Funktion;Enheter (koder);Från och med;Till och med;Del av heltid;Förordnad av
77;Säkerhetsombud;211, 212;2021-01-01;2022-12-31;0,2;Enhetschefen
"""


def _plan(importer: Importer, text: str, viewer: Viewer = SYSTEM) -> Sequence[Planned]:
    rows = read_rows(text.encode(), importer.columns)
    return importer.check(rows, viewer=viewer, at=AT)


def _bring_in(importer: Importer, text: str, by: Viewer = SYSTEM) -> None:
    plan = _plan(importer, text, by)
    assert not [one.problems for one in plan if one.problems]
    importer.apply([one for one in plan if one.outcome in (Outcome.NEW, Outcome.CHANGED)], by=by, at=AT)


def _outcomes(importer: Importer, text: str) -> list[str]:
    return [one.outcome.value for one in _plan(importer, text)]


def _reasons(importer: Importer, text: str, viewer: Viewer = SYSTEM) -> list[tuple[str, str]]:
    problems = [problem for one in _plan(importer, text, viewer) for problem in one.problems]
    return [(one.column, one.reason.key.rpartition(".")[2]) for one in problems]


@pytest.fixture
def kim(municipality: Municipality) -> Person:
    _bring_in(PersonImporter(), PEOPLE)
    return Person.objects.get(employee_id="77")


@pytest.fixture
def strategist_of_education(municipality: Municipality) -> Viewer:
    municipality.functions["security_strategist"] = Function.objects.get(key="security_strategist")
    return join("Stina Ström", municipality, "security_strategist", "30").viewer


def test_nothing_is_written_by_trying_a_file_out(municipality: Municipality) -> None:
    before = Unit.objects.count()
    assert _outcomes(UnitImporter(), UNITS) == ["new", "new"]
    assert Unit.objects.count() == before


def test_units_are_brought_in_whatever_their_order_and_not_twice(municipality: Municipality) -> None:
    _bring_in(UnitImporter(), UNITS)
    assert Unit.objects.get(code="2111").parent.code == "213"
    assert _outcomes(UnitImporter(), UNITS) == ["same", "same"]


def test_a_unit_with_another_name_and_place_is_changed_from_its_day(municipality: Municipality) -> None:
    text = "Kod;Namn;Slag;Under (kod);Från och med\n211;Hemvården;unit;31;2022-02-01\n"
    _bring_in(UnitImporter(), text)
    unit = Unit.objects.get(code="211")
    assert (unit.name, unit.parent.code) == ("Hemvården", "31")
    assert unit.periods.first().until_date == date(2022, 2, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9;X;enhet;404;2021-01-01", ("parent", "unknown_unit")),
        ("9;X;förvaltning;211;2021-01-01", ("parent", "wrong_parent")),
        ("9;X;rymdstation;21;2021-01-01", ("kind", "unknown_kind")),
        ("9;;enhet;21;2021-01-01", ("name", "missing")),
        ("9;X;enhet;21;2021-01-01;inte-epost", ("email", "not_an_address")),
        ("9;X;enhet;21;i våras", ("from_date", "not_a_day")),
        ("211;Hemtjänsten norr;plats;21;", ("kind", "kind_is_fixed")),
    ],
)
def test_a_wrong_row_of_units_says_what_is_wrong(municipality: Municipality, row: str, reason: tuple) -> None:
    assert reason in _reasons(
        UnitImporter(), f"Kod;Namn;Slag;Under (kod);Från och med;E-post\n{row}{';' * (5 - row.count(';'))}\n"
    )


@pytest.mark.parametrize("kind", UnitKind)
def test_the_kinds_that_can_be_written_stand_where_another_is_refused(kind: UnitKind) -> None:
    refused, allowed = GLOSSARY["organisation:refusal.unknown_kind"], GLOSSARY[f"organisation:unit_kind.{kind}"]
    assert allowed.sv in refused.sv
    assert allowed.en in refused.en


def test_a_row_that_stands_twice_names_the_first(municipality: Municipality) -> None:
    plan = _plan(UnitImporter(), UNITS + "213;Hemtjänsten öster;enhet;21;2021-01-01\n")
    assert plan[2].problems[0].reason.values == {"row": 3}


def test_people_are_brought_in_and_changed_but_not_twice(municipality: Municipality, kim: Person) -> None:
    assert (kim.name, kim.unit.code) == ("Kim Ek", "211")
    assert _outcomes(PersonImporter(), PEOPLE) == ["same"]
    _bring_in(PersonImporter(), PEOPLE.replace("211", "212"))
    kim.refresh_from_db()
    assert kim.unit.code == "212"


def test_an_administrator_brings_people_in_and_links_their_accounts(
    municipality: Municipality, frida_administrator: Member
) -> None:
    account = Account.objects.create(email="gun@ekby.example", name="Gun Grahn", created_at=AT)
    text = "Anställningsnummer;Namn;Enhet (kod);Konto\n5;Gun Grahn;11;gun@ekby.example\n"
    _bring_in(PersonImporter(), text, frida_administrator.viewer)
    assert Person.objects.get(employee_id="5").account == account


def test_appointments_are_brought_in_in_the_state_of_their_days_and_not_twice(
    municipality: Municipality, kim: Person
) -> None:
    _bring_in(AppointmentImporter(), APPOINTMENTS)
    one = Appointment.objects.get()
    assert (one.state, one.until_date, sorted(unit.code for unit in one.units.all())) == (
        "active",
        date(2023, 1, 1),
        ["211", "212"],
    )
    assert _outcomes(AppointmentImporter(), APPOINTMENTS) == ["same"]


def test_a_changed_share_holds_from_today_and_the_earlier_one_is_kept(municipality: Municipality, kim: Person) -> None:
    _bring_in(AppointmentImporter(), APPOINTMENTS)
    _bring_in(AppointmentImporter(), APPOINTMENTS.replace("0,2", "0,4"))
    one = Appointment.objects.get()
    assert [(str(row.share), row.from_date) for row in one.placements.filter(unit__code="211")] == [
        ("0.1000", date(2021, 1, 1)),
        ("0.2000", AT.date()),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("404;Säkerhetsombud;211;2021-01-01;;1;x", ("employee_id", "unknown_person")),
        ("77;Trollkarl;211;2021-01-01;;1;x", ("function", "unknown_function")),
        ("77;Säkerhetsombud;211, 404;2021-01-01;;1;x", ("units", "unknown_unit")),
        ("77;Säkerhetsombud;211;2021-01-01;;1,5;x", ("share", "share_out_of_range")),
        ("77;Säkerhetsombud;211;2021-01-01;2020-01-01;1;x", ("", "ends_before_it_begins")),
        ("77;Säkerhetsombud;211;;;1;x", ("from_date", "missing")),
    ],
)
def test_a_wrong_row_of_appointments_says_what_is_wrong(
    municipality: Municipality, kim: Person, row: str, reason: tuple
) -> None:
    assert reason in _reasons(AppointmentImporter(), APPOINTMENTS.partition("\n")[0] + f"\n{row}\n")


def test_an_administrator_cannot_become_a_person_by_a_file(
    municipality: Municipality, frida_administrator: Member
) -> None:
    people = f"Anställningsnummer;Namn;Enhet (kod);Konto\n99;Frida Forsman;11;{frida_administrator.account.email}\n"
    assert _reasons(PersonImporter(), people, frida_administrator.viewer) == [("account", "own_account")]


def test_nobody_appoints_themselves_by_a_file(municipality: Municipality, anna_head_of_security: Member) -> None:
    appointments = (
        "Anställningsnummer;Funktion;Enheter (koder);Från och med\n"
        f"{anna_head_of_security.person.employee_id};Säkerhetssamordnare;1;2022-01-01\n"
    )
    reasons = _reasons(AppointmentImporter(), appointments, anna_head_of_security.viewer)
    assert reasons == [("employee_id", "own_appointment")]


def test_nobody_imports_a_role_that_they_may_not_give(
    municipality: Municipality, kim: Person, anna_head_of_security: Member, frida_administrator: Member
) -> None:
    text = "Anställningsnummer;Funktion;Enheter (koder);Från och med\n77;Kommundirektör;1;2021-01-01\n"
    assert _reasons(AppointmentImporter(), text, anna_head_of_security.viewer) == [("function", "beyond_own_rights")]
    assert _reasons(AppointmentImporter(), text, frida_administrator.viewer) == []


def test_a_person_whom_the_reader_does_not_see_is_named_by_number_only(
    municipality: Municipality, kim: Person, frida_administrator: Member, anna_head_of_security: Member
) -> None:
    viewers = (frida_administrator.viewer, anna_head_of_security.viewer)
    labels = [_plan(AppointmentImporter(), APPOINTMENTS, viewer)[0].label for viewer in viewers]
    assert labels == ["77 Säkerhetsombud", "Kim Ek Säkerhetsombud"]


def test_a_strategist_of_one_committee_brings_in_nothing_beyond_it(
    municipality: Municipality, kim: Person, strategist_of_education: Viewer
) -> None:
    viewer = strategist_of_education
    assert ("unit", "beyond_reach") in _reasons(PersonImporter(), PEOPLE.replace("77;", "78;"), viewer)
    assert ("employee_id", "beyond_reach") in _reasons(PersonImporter(), PEOPLE.replace(";211;", ";311;"), viewer)
    assert ("parent", "beyond_reach") in _reasons(UnitImporter(), UNITS, viewer)


def test_more_than_full_time_in_a_file_is_a_warning_and_no_fault(municipality: Municipality, kim: Person) -> None:
    text = APPOINTMENTS + "77;Säkerhetsombud;311;2021-06-01;;0,9;Enhetschefen\n"
    plan = _plan(AppointmentImporter(), text)
    assert [one.outcome for one in plan] == [Outcome.NEW, Outcome.NEW]
    assert [problem.reason.values["percent"] for one in plan for problem in one.warnings] == [110]


def test_the_same_person_function_and_unit_twice_at_a_time_in_a_file_is_a_fault(
    municipality: Municipality, kim: Person
) -> None:
    text = APPOINTMENTS + "77;Säkerhetsombud;211;2021-06-01;;0,2;Enhetschefen\n"
    assert _reasons(AppointmentImporter(), text) == [("", "already_appointed")]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_taken_out_of_the_list_of_appointments_can_be_brought_in_again(
    municipality: Municipality, kim: Person, language: str
) -> None:
    office = Office.objects.create(
        name="Enhetschefen",
        unit=municipality.units["211"],
        function=municipality.functions["security_representative"],
    )
    _bring_in(AppointmentImporter(), APPOINTMENTS)
    _bring_in(
        AppointmentImporter(),
        "Befattning;Funktion;Enheter (koder);Från och med\nEnhetschefen;Säkerhetsombud;211;2021-01-01\n",
    )
    assert Appointment.objects.filter(office=office).exists()
    with override(language):
        taken = csv_bytes(APPOINTMENT_COLUMNS, appointments_with_units(viewer=SYSTEM))
    plan = AppointmentImporter().check(read_rows(taken, AppointmentImporter.columns), viewer=SYSTEM, at=AT)
    assert {one.outcome for one in plan} == {Outcome.SAME}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("77;Enhetschefen;Säkerhetsombud;211;2021-01-01;", ("office", "one_holder")),
        (";Enhetschefen;Säkerhetsombud;211;2021-01-01;", ("office", "unknown_office")),
        (";;Säkerhetsombud;211;2021-01-01;", ("employee_id", "missing")),
        ("77;;Säkerhetsombud;211;2021-01-01;Föreslaget", ("state", "not_decided")),
    ],
)
def test_a_row_has_one_holder_and_is_decided(municipality: Municipality, kim: Person, row: str, reason: tuple) -> None:
    text = f"Anställningsnummer;Befattning;Funktion;Enheter (koder);Från och med;Status\n{row}\n"
    assert reason in _reasons(AppointmentImporter(), text)
