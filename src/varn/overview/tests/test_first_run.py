"""The first run: nothing else is served, only the one who knows the code gets on, and at the end it is gone."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.entering import add_code_app
from varn.areas.decisions.models import Body
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, Office, Person, Requirement, Unit
from varn.mechanisms.access.models import Account
from varn.overview.first_run.code import ALPHABET, new_code

pytestmark = pytest.mark.django_db

AT = datetime(2022, 1, 3, 8, tzinfo=UTC)
PASSWORD = "en lång och egen mening"
MUNICIPALITY = {"name": "Ekby kommun", "code": "1", "from_date": "2020-01-01"}
ADMINISTRATOR = {"name": "Frida Forsman", "email": "frida@ekby.example", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def code() -> str:
    return new_code(at=AT)


@pytest.fixture
def knowing(client: Client, code: str) -> Client:
    """A browser that has given the code."""
    client.post("/first-run/code/", {"code": code})
    return client


@pytest.fixture
def administrator(knowing: Client) -> Client:
    """The browser of the first administrator."""
    knowing.post("/first-run/municipality/", MUNICIPALITY)
    assert knowing.post("/first-run/administrator/", ADMINISTRATOR)["Location"] == "/first-run/factor/"
    add_code_app(knowing, "/first-run/factor/code_app/")
    return knowing


@pytest.mark.usefixtures("code")
@pytest.mark.parametrize("address", ["/", "/my-day/", "/sign-in/", "/about/", "/handbook/", "/no-such-page/"])
def test_every_address_leads_to_the_first_run_while_nobody_has_an_account(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"] == "/first-run/"


@pytest.mark.usefixtures("code")
def test_nothing_is_received_elsewhere_while_nobody_has_an_account(client: Client) -> None:
    assert client.post("/accessibility/feedback/", {"text": "…"}).status_code == 404


@pytest.mark.usefixtures("code")
@pytest.mark.parametrize("step", ["municipality", "administrator"])
def test_a_stranger_without_the_code_gets_no_further(client: Client, step: str) -> None:
    assert client.get(f"/first-run/{step}/").headers["Location"] == "/first-run/code/"
    assert client.post(f"/first-run/{step}/", MUNICIPALITY | ADMINISTRATOR).headers["Location"] == "/first-run/code/"
    assert not Account.objects.exists()


@pytest.mark.usefixtures("code")
def test_a_wrong_code_is_refused_on_the_page(client: Client) -> None:
    assert client.post("/first-run/code/", {"code": "AAAA-BBBB-CCCC"}).status_code == 200
    assert client.get("/first-run/municipality/").status_code == 302


def test_the_code_is_read_in_any_case_and_however_it_is_spaced(client: Client, code: str) -> None:
    answer = client.post("/first-run/code/", {"code": code.lower().replace("-", " ")})
    assert answer.headers["Location"] == "/first-run/municipality/"


def test_a_code_is_long_and_a_new_one_replaces_the_old(client: Client, code: str) -> None:
    letters = code.replace("-", "")
    assert len(letters) == 12
    assert set(letters) <= set(ALPHABET)
    new_code(at=AT)
    client.post("/first-run/code/", {"code": code})
    assert client.get("/first-run/municipality/").headers["Location"] == "/first-run/code/"


def test_no_code_is_made_when_somebody_has_an_account(administrator: Client) -> None:
    assert new_code(at=AT) == ""


def test_the_municipality_is_the_first_unit_and_the_step_can_be_taken_again(knowing: Client) -> None:
    knowing.post("/first-run/municipality/", MUNICIPALITY)
    knowing.post("/first-run/municipality/", MUNICIPALITY)
    assert list(Unit.objects.values_list("code", "kind", "name")) == [("1", "municipality", "Ekby kommun")]


def test_the_administrator_is_not_signed_in_before_there_is_more_than_a_password(knowing: Client) -> None:
    knowing.post("/first-run/municipality/", MUNICIPALITY)
    knowing.post("/first-run/administrator/", ADMINISTRATOR)
    assert knowing.get("/first-run/factor/").status_code == 200
    assert knowing.get("/first-run/imports/").headers["Location"].startswith("/sign-in/")
    assert add_code_app(knowing, "/first-run/factor/code_app/").context["onward"] == "/first-run/imports/"
    assert knowing.get("/first-run/imports/").status_code == 200


def test_the_administrator_is_signed_in_and_a_second_first_one_is_never_made(administrator: Client) -> None:
    assert administrator.get("/first-run/imports/").status_code == 200
    administrator.post("/first-run/administrator/", ADMINISTRATOR | {"email": "other@ekby.example"})
    assert list(Account.objects.values_list("email", "is_administrator")) == [("frida@ekby.example", True)]


def test_a_weak_password_is_refused(knowing: Client) -> None:
    knowing.post("/first-run/municipality/", MUNICIPALITY)
    knowing.post("/first-run/administrator/", ADMINISTRATOR | {"password": "kort", "again": "kort"})
    assert not Account.objects.exists()


def test_a_password_that_is_not_written_the_same_twice_is_refused(knowing: Client) -> None:
    knowing.post("/first-run/municipality/", MUNICIPALITY)
    told = knowing.post("/first-run/administrator/", ADMINISTRATOR | {"again": f"{PASSWORD}x"}).content.decode()
    assert not Account.objects.exists()
    assert 'name="again"' in told


def test_the_later_steps_are_not_for_strangers(administrator: Client) -> None:
    assert Client().get("/first-run/imports/").status_code == 302
    assert "sign-in" in Client().get("/first-run/imports/").headers["Location"]


def test_an_import_page_leads_back_to_the_first_run_until_it_is_ended(administrator: Client) -> None:
    assert 'href="/first-run/"' in administrator.get("/imports/new/units/").content.decode()
    assert administrator.get("/first-run/").headers["Location"] == "/first-run/imports/"
    administrator.post("/first-run/finish/")
    assert 'href="/first-run/"' not in administrator.get("/imports/new/units/").content.decode()


def test_the_first_people_are_appointed_and_get_an_account(administrator: Client) -> None:
    unit = Unit.objects.get()
    for number, name in enumerate(["David Dahlin", "Anna Ahlberg"]):
        address = f"{number}@ekby.example"
        Person.objects.create(
            employee_id=str(number), name=name, sort_name=name, email=address, unit=unit, from_date=date(2020, 1, 1)
        )
    people = {"from_date": "2022-01-03", "chief_executive": "david dahlin", "head_of_security": "1"}
    assert administrator.post("/first-run/levels/", people).headers["Location"] == "/first-run/requirements/"
    assert set(Appointment.objects.values_list("state", flat=True)) == {AppointmentState.ACTIVE}
    assert Person.objects.filter(account__isnull=False).count() == 2
    assert Office.objects.filter(name="Kommundirektören").exists()


def test_a_person_who_is_not_there_is_said_and_nobody_is_appointed(administrator: Client) -> None:
    answer = administrator.post("/first-run/levels/", {"from_date": "2022-01-03", "chief_executive": "Ingen Alls"})
    assert answer.status_code == 200
    assert not Appointment.objects.exists()


def test_the_usual_requirements_are_set_with_one_button(administrator: Client) -> None:
    administrator.post("/first-run/requirements/")
    assert Requirement.objects.filter(unit_kind="department").exists()
    assert administrator.get("/first-run/gaps/").status_code == 200


def test_after_the_end_the_first_run_is_gone_and_the_bodies_stand(administrator: Client) -> None:
    assert administrator.post("/first-run/finish/").headers["Location"] == "/my-day/"
    assert Body.objects.filter(name="Kommunfullmäktige").exists()
    for step in ("", "code/", "municipality/", "administrator/", "imports/", "levels/", "requirements/", "gaps/"):
        assert administrator.get(f"/first-run/{step}").status_code == 404


def test_without_a_code_there_is_no_first_run(client: Client) -> None:
    assert client.get("/first-run/").status_code == 404
    assert client.get("/first-run/code/").status_code == 404


def test_whoever_ends_the_first_run_is_warned_while_nobody_may_appoint_and_is_told_afterwards(
    administrator: Client,
) -> None:
    assert "Ingen får förordna än" in administrator.get("/first-run/gaps/", headers={"accept-language": "sv"}).text
    administrator.post("/first-run/finish/")
    told = administrator.get("/my-day/", headers={"accept-language": "sv"}).text
    assert "Ingen får förordna" in told
    assert 'href="/imports/"' in told


def test_when_somebody_may_appoint_the_end_of_the_first_run_warns_of_nothing(administrator: Client) -> None:
    Person.objects.create(
        employee_id="1",
        name="Anna",
        sort_name="anna",
        email="a@ekby.example",
        unit=Unit.objects.get(),
        from_date=date(2020, 1, 1),
    )
    administrator.post("/first-run/levels/", {"from_date": "2022-01-03", "head_of_security": "1"})
    assert "Ingen får förordna än" not in administrator.get("/first-run/gaps/", headers={"accept-language": "sv"}).text


def test_the_accessibility_statement_is_read_before_anybody_has_an_account(client: Client, code: str) -> None:
    assert client.get("/accessibility/").status_code == 200
    assert 'href="/accessibility/"' in client.get("/first-run/code/").text
