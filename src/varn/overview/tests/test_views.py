"""The pages of the overview, as the people of the demo see them."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from varn.areas.decisions.actions import match_assignment
from varn.areas.decisions.models import Assignment, Decision, Dispatch
from varn.areas.organisation.models import Appointment, Person, Unit
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.door.actions import send_feedback
from varn.mechanisms.exports.models import Export
from varn.mechanisms.links import url_of
from varn.overview.demo.place import Place
from varn.overview.tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "_at_the_demos_moment")]


@pytest.fixture
def _at_the_demos_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests are made on the demo's own day: the clock is read in the middleware alone."""
    monkeypatch.setattr("varn.mechanisms.access.middleware.timezone.now", lambda: NOW)


def browser_of(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(name=name))
    return client


def page(name: str, address: str) -> str:
    answer = browser_of(name).get(address)
    assert answer.status_code == 200
    kept_whole = re.sub(r'<span class="nowrap">(.*?)</span>', r"\1", answer.content.decode())
    return re.sub(r"\s+", " ", kept_whole)


EVERYBODY = [
    "Birgitta Wikner", "Gunnel Stråhle", "Rasmus Tjäder", "Tove Ankarberg", "Jonas Brännlund", "Lovisa Hjelmér",
    "Katarina Sundelöf", "Ali Hosseini", "Emma Sjölander", "Ingrid Malmqvist", "Fredrik Nyqvist",
]  # fmt: skip


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("address", ["/my-day/", "/picture/", "/picture/?day=2026-03-01"])
def test_a_page_answers_everybody(name: str, address: str) -> None:
    assert "<h1" in page(name, address)


def test_what_is_delegated_says_why_it_came_and_has_its_button() -> None:
    shown = page("Rasmus Tjäder", "/my-day/")
    assert "Uppdraget är delegerat till dig. Kommundirektören svarar fortfarande för det." in shown
    assert "/report_progress/" in shown or "/note/" in shown


def test_feedback_on_accessibility_waits_for_the_administrator_and_for_nobody_else() -> None:
    given = {"text": "Tabellen går inte att läsa.", "page": "", "email": ""}
    send_feedback(**given, by=system_viewer(at=NOW, job="overview:first_run"), at=NOW)
    shown = page("Fredrik Nyqvist", "/my-day/")
    assert "Någon kunde inte använda en sida" in shown
    assert given["text"] not in shown
    assert "Någon kunde inte använda en sida" not in page("Rasmus Tjäder", "/my-day/")


def test_a_manager_finds_the_proposal_and_the_decision_to_acknowledge() -> None:
    shown = page("Katarina Sundelöf", "/my-day/")
    assert "Nadja Ilić" in shown
    assert "Beslutet skickades till Bildningsförvaltningen" in shown


def test_what_a_unit_answers_for_needs_no_office() -> None:
    assert "Ingen befattning motsvarar" not in page("Birgitta Wikner", "/my-day/")


def test_nine_assignments_that_nobody_answers_for_are_one_row_that_leads_to_them() -> None:
    assert Assignment.objects.filter(group="samtliga nämnder").update(unit=None) == 9
    shown = page("Birgitta Wikner", "/my-day/")
    assert shown.count("Ingen befattning motsvarar") == 1
    assert "9 uppdrag" in shown
    address = unescape(re.search(r'href="(/decisions/assignments/[?][^"]+)"', shown)[1])
    assert "9 rader" in page("Birgitta Wikner", address)


def test_what_a_unit_answers_for_waits_for_its_manager() -> None:
    assignment = Assignment.objects.get(assignee="Bildningsnämnden")
    unit = Unit.objects.get(name="Bildningsförvaltningen")
    match_assignment(assignment=assignment, office=None, unit=unit, by=system_viewer(at=NOW, job="test"), at=NOW)
    assert "Du svarar för uppdraget: det gäller Bildningsförvaltningen." in page("Katarina Sundelöf", "/my-day/")


def test_what_was_sent_to_another_person_waits_for_that_person_only() -> None:
    sent = Dispatch.objects.filter(name="Bildningsförvaltningen", acknowledged_at=None)
    assert sent.update(person=Person.objects.get(name="Emma Sjölander"))
    assert "Beslutet skickades till Bildningsförvaltningen" not in page("Katarina Sundelöf", "/my-day/")


def test_what_was_sent_half_an_hour_after_midnight_was_sent_that_day() -> None:
    midnight = datetime(2026, 9, 2, 0, 30, tzinfo=timezone.get_default_timezone())
    assert Dispatch.objects.filter(name="Bildningsförvaltningen", acknowledged_at=None).update(sent_at=midnight)
    assert "Beslutet skickades till Bildningsförvaltningen den 2026-09-02" in page("Katarina Sundelöf", "/my-day/")


def test_a_handover_whose_list_is_not_made_yet_is_not_called_done() -> None:
    ending = Appointment.objects.get(person__name="Piotr Kowalski")
    manager = "Stefan Lagerlind"
    assert "Överlämningen är inte påbörjad" not in page(manager, "/my-day/")
    ending.handover.all().delete()
    assert "Överlämningen är inte påbörjad" in page(manager, "/my-day/")


def test_a_proposal_can_be_answered_with_yes_and_with_no_from_the_day() -> None:
    shown = page("Katarina Sundelöf", "/my-day/")
    reference = Appointment.objects.get(person__name="Nadja Ilić").reference
    assert f"/{reference}/accept/" in shown
    assert f"/{reference}/decline/" in shown


def test_the_staffed_places_and_the_vacant_ones_add_up_in_the_picture() -> None:
    cells = re.findall(r"(\d+) av (\d+)(?:, (\d+) vakanta?)?", page("Rasmus Tjäder", "/picture/"))
    many = [[int(number or 0) for number in cell] for cell in cells if cell[1] != "1"]
    assert many
    assert [cell for cell in many if cell[0] + cell[2] != cell[1]] == []


def test_a_coordinator_sees_their_departments_as_columns_and_no_others() -> None:
    shown = page("Lovisa Hjelmér", "/my-day/")
    assert "Samhällsbyggnadsförvaltningen" in shown
    assert "Bygg- och miljöförvaltningen" in shown
    assert "Socialförvaltningen" not in shown


def test_the_picture_shows_a_coordinator_no_other_department() -> None:
    answer = browser_of("Jonas Brännlund").get("/picture/coverage.csv")
    shown = b"".join(answer.streaming_content).decode()
    assert "Socialförvaltningen" in shown
    assert "Bildningsförvaltningen" not in shown


def test_the_picture_of_an_earlier_day_knows_nothing_of_what_came_later() -> None:
    shown = page("Rasmus Tjäder", "/picture/?day=2026-03-01")
    assert "gångtunnlar" not in shown
    assert "Se över larm och passersystem" in shown


@pytest.mark.parametrize("day", ["2026-13-01", "igår", "2026-02-30"])
def test_a_day_that_is_none_shows_today_and_says_so(day: str) -> None:
    assert "Ange en dag från och med" in page("Rasmus Tjäder", f"/picture/?day={day}")


@pytest.mark.parametrize(("name", "address"), [("Fredrik Nyqvist", "/jobs/"), ("Ingrid Malmqvist", "/picture/")])
def test_an_empty_day_leads_on_to_what_the_reader_is_there_for(name: str, address: str) -> None:
    shown = page(name, "/my-day/")
    assert "Ingenting väntar på dig" in shown
    assert f'class="ds-button" href="{address}"' in shown


def test_the_tile_of_vacant_places_opens_a_list_of_as_many() -> None:
    shown = page("Rasmus Tjäder", "/picture/")
    count = re.search(r'"stat-number">(\d+)</span> <span class="stat-label">vakanta platser', shown)[1]
    answer = browser_of("Rasmus Tjäder").get("/organisation/gaps/", {"status": "vacant", "format": "csv"})
    assert len(b"".join(answer.streaming_content).splitlines()) - 1 == int(count)


def test_acknowledgements_of_others_are_counted_only_for_those_who_see_to_them() -> None:
    assert "bekräftelser väntar" in page("Rasmus Tjäder", "/picture/")
    assert "bekräftelser väntar" not in page("Nasrin Jafari", "/picture/")


@pytest.mark.parametrize("panel", ["coverage", "assignments", "acknowledgements"])
def test_a_picture_can_be_taken_out_as_a_table_and_that_is_recorded(panel: str) -> None:
    answer = browser_of("Rasmus Tjäder").get(f"/picture/{panel}.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert len(b"".join(answer.streaming_content).splitlines()) > 1
    assert Export.objects.filter(name=f"overview:{panel}").exists()


def test_a_picture_cannot_be_taken_out_without_the_right() -> None:
    assert browser_of("Emma Sjölander").get("/picture/coverage.csv").status_code == 404
    assert browser_of("Rasmus Tjäder").get("/picture/secrets.csv").status_code == 404


def test_the_handover_lists_what_the_successor_must_know() -> None:
    ending = Appointment.objects.get(person__name="Piotr Kowalski")
    shown = page("Stefan Lagerlind", f"/handover/{ending.reference}/")
    assert "Henrik Åslund" in shown
    assert "Äldreförvaltningen" in shown
    assert browser_of("Katarina Sundelöf").get(f"/handover/{ending.reference}/").status_code == 404


@pytest.mark.parametrize(("address", "most"), [("/my-day/", 30), ("/picture/", 40)])
def test_a_page_costs_a_bounded_number_of_statements(address: str, most: int) -> None:
    client = browser_of("Rasmus Tjäder")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= most


def test_the_first_page_leads_a_stranger_to_what_to_try_in_a_demo_only(settings, client: Client) -> None:
    settings.DEMO = True
    assert client.get("/").headers["Location"] == "/try/"
    assert client.get("/try/").status_code == 200
    settings.DEMO = False
    assert "sign-in" in client.get("/").headers["Location"]
    assert client.get("/try/").status_code == 404


def test_the_first_page_leads_a_reader_to_their_day(demo: Place) -> None:
    assert browser_of("Gunnel Stråhle").get("/").headers["Location"] == "/my-day/"


def test_what_to_try_leads_to_the_thing_itself(settings, client: Client) -> None:
    settings.DEMO = True
    shown = client.get("/try/").content.decode()
    decision = Decision.objects.filter(paragraph=393).order_by("date").first()
    unit = Unit.objects.get(name="Hemtjänsten norr")
    department = Unit.objects.get(name="Socialförvaltningen")
    for address in (url_of(decision), url_of(unit), f"/organisation/coverage/?under={department.pk}"):
        assert f'value="{address}"' in shown
