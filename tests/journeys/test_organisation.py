"""The organisation as it changes: somebody is appointed and leaves, a unit moves, and lists are brought in."""

import io
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.journeys.desk import read, refusal, send, sit
from tests.people import AT, START, Member, Municipality
from varn.areas.organisation.models import Appointment, Person, Unit
from varn.mechanisms.access.models import Account
from varn.mechanisms.imports.models import Run

UNITS = """Kod;Namn;Slag;Under (kod);Från och med
1;Ekby kommun;kommun;;2020-01-01
50;Miljönämnden;nämnd;1;2021-01-01
51;Miljöförvaltningen;förvaltning;50;2021-01-01
"""
PEOPLE = (
    ("Anställningsnummer", "Namn", "Enhet (kod)", "E-post"),
    ("501", "Maj Mård", "51", "maj@ekby.example"),
    ("502", "Nils Nord", "51", "nils@ekby.example"),
)


@pytest.fixture
def hugo(municipality: Municipality) -> Member:
    """An employee of the home help in the north, with an account and nothing that it opens."""
    account = Account.objects.create(email="hugo@ekby.example", name="Hugo Hed", created_at=AT, language="sv")
    person = Person.objects.create(
        employee_id="hugo",
        name="Hugo Hed",
        sort_name="hed hugo",
        account=account,
        unit=municipality.units["211"],
        from_date=START,
    )
    return Member(person=person, account=account)


def proposed(bo: Client, hugo: Member, municipality: Municipality) -> Appointment:
    """Bo proposes Hugo as the representative of both units of home help."""
    values = {
        "person": "Hugo Hed (hugo)",
        "function": municipality.functions["security_representative"].pk,
        "units": ["211", "212"],
        "share": "0.2",
        "from_date": "2024-01-01",
        "appointed_by": "Förvaltningschefen",
    }
    send(bo, "organisation:appointment-propose", values)
    return Appointment.objects.get(person=hugo.person)


def test_an_appointment_opens_doors_until_it_ends_also_for_whoever_sits_there(
    bo: Client, greta: Client, cecilia: Client, hugo: Member, municipality: Municipality
) -> None:
    own, appointments = sit(hugo), reverse("organisation:appointment-list")
    one = proposed(bo, hugo, municipality)
    assert own.get(appointments).status_code == 404
    assert bo.post(reverse("organisation:appointment-accept", args=[one.reference])).status_code == 403
    assert cecilia.post(reverse("organisation:appointment-accept", args=[one.reference])).status_code == 404
    send(greta, "organisation:appointment-accept", {"reason": ""}, one.reference)
    assert own.get(appointments).status_code == 200

    yesterday = timezone.localdate() - timedelta(days=1)
    send(greta, "organisation:appointment-announce_ending", {"until_date": str(yesterday)}, one.reference)
    assert own.get(appointments).status_code == 404
    send(bo, "organisation:handover-add", {"text": "Larmlistan"}, one.reference)
    item = one.handover.get(text="Larmlistan")
    send(bo, "organisation:handover-complete", {"done": item.pk}, one.reference)
    told = read(bo, "overview:handover", one.reference)
    assert "Larmlistan" in told
    assert "Bo Berglund" in told


def test_a_unit_moves_on_its_day_and_those_who_see_it_change_with_it(
    anna: Client, bo: Client, cecilia: Client, hugo: Member, municipality: Municipality
) -> None:
    unit, hugos_page = municipality.units["211"], reverse("organisation:person-detail", args=[hugo.person.pk])
    assert [who.get(hugos_page).status_code for who in (bo, cecilia)] == [200, 404]
    send(anna, "organisation:unit-move", {"parent": "31", "from_date": "2022-06-01"}, unit.pk)
    send(anna, "organisation:unit-rename", {"name": "Hemvården", "from_date": "2023-01-01"}, unit.pk)
    assert [who.get(hugos_page).status_code for who in (bo, cecilia)] == [404, 200]
    for day, department, name in (
        ("2022-05-31", "Socialförvaltningen", "Hemtjänsten norr"),
        ("2022-06-01", "Bildningsförvaltningen", "Hemtjänsten norr"),
        ("2023-01-01", "Bildningsförvaltningen", "Hemvården"),
    ):
        shown = anna.get(reverse("organisation:unit-detail", args=[unit.pk]), {"day": day}).context
        assert (shown["title"], shown["trail"][-1].label) == (name, department)


def test_lists_are_tried_out_corrected_and_brought_in(frida: Client, anna: Client, municipality: Municipality) -> None:
    wrong = tried(frida, "units", "enheter.csv", UNITS.replace(";50;2021", ";404;2021").encode())
    assert wrong.counts == {"new": 1, "changed": 0, "same": 1, "error": 1}
    report = read(frida, "imports:run-detail", wrong.reference)
    assert "404" in report
    refusal(frida, "imports:run-apply", {}, wrong.reference)
    assert not Unit.objects.filter(code="50").exists()

    right = tried(frida, "units", "enheter.csv", UNITS.encode())
    send(frida, "imports:run-apply", {}, right.reference)
    people = tried(frida, "people", "personer.xlsx", workbook(PEOPLE))
    send(frida, "imports:run-apply", {}, people.reference)
    assert set(Person.objects.filter(unit__code="51").values_list("name", flat=True)) == {"Maj Mård", "Nils Nord"}
    assert Unit.objects.get(code="51").from_date == date(2021, 1, 1)
    assert "Maj <strong>Mård</strong>" in read(anna, "organisation:person-list", q="Mård")
    again = tried(frida, "people", "personer.xlsx", workbook(PEOPLE))
    assert again.counts == {"new": 0, "changed": 0, "same": 2, "error": 0}


def tried(client: Client, kind: str, name: str, content: bytes) -> Run:
    """The report of the file, which has not been brought in."""
    send(client, "imports:run-check", {"file": SimpleUploadedFile(name, content)}, kind)
    return Run.objects.latest("pk")


def workbook(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The rows in a spreadsheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()
