"""An appointment ends: in the same second its rights are gone, from an open page, a half-filled form, a saved link."""

from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client
from django.utils import timezone

from tests.people import Member, Municipality, join
from varn.areas.organisation import actions
from varn.areas.organisation.models import Appointment, Person
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.door.actions.tokens import make_token
from varn.mechanisms.exports.models import Export
from varn.mechanisms.ui.models import SavedView

pytestmark = pytest.mark.django_db
PROPOSE = "/organisation/appointments/propose/"


@pytest.fixture
def stranger(municipality: Municipality) -> Member:
    """Somebody with an account and no appointment, who never had one."""
    member = join("Elin Ek", municipality)
    member.account.is_administrator = False
    member.account.save()
    return member


@pytest.fixture
def bo(client: Client, bo_coordinator: Member) -> Client:
    client.force_login(bo_coordinator.account)
    return client


def appointment_of(member: Member) -> Appointment:
    return Appointment.objects.get(person=member.person)


def end(member: Member) -> None:
    """The head of security ends the appointment now."""
    at = timezone.now()
    by = system_viewer(at=at, job="test")
    actions.announce_ending(appointment=appointment_of(member), until_date=by.day, by=by, at=at)


def page_of(member: Member) -> str:
    return f"/organisation/appointments/{appointment_of(member).reference}/"


def seen_by(account: AbstractBaseUser, path: str) -> tuple[int, int]:
    other = Client()
    other.force_login(account)
    return other.get(path).status_code, other.post(path, {}).status_code


class TestAnOpenSession:
    def test_the_next_request_says_what_a_stranger_gets(self, bo: Client, bo_coordinator: Member, stranger) -> None:
        pages = [page_of(bo_coordinator), "/organisation/people/", "/organisation/appointments/", PROPOSE]
        assert {bo.get(page).status_code for page in pages} == {200}
        end(bo_coordinator)
        for page in pages:
            assert (bo.get(page).status_code, bo.post(page, {}).status_code) == seen_by(stranger.account, page)
            assert bo.get(page).status_code == 404

    def test_the_sign_in_still_works_and_opens_nothing(self, bo: Client, bo_coordinator: Member) -> None:
        end(bo_coordinator)
        home = bo.get("/my-day/")
        assert home.status_code == 200
        assert home.wsgi_request.viewer.scopes == ()
        assert bo.get("/search/?q=Bo").status_code in (200, 404)
        assert "Bo Berglund" not in bo.get("/search/?q=Berglund").content.decode().partition("<main")[2]

    def test_a_file_is_taken_out_no_more(self, bo: Client, bo_coordinator: Member) -> None:
        taken = "/organisation/appointments/?format=csv"
        assert bo.get(taken).status_code == 200
        before = Export.objects.count()
        end(bo_coordinator)
        assert bo.get(taken).status_code == 404
        assert Export.objects.count() == before

    def test_a_saved_link_opens_nothing(self, bo: Client, bo_coordinator: Member) -> None:
        SavedView.objects.create(
            account=bo_coordinator.account, page="organisation:people", path="/organisation/people/", label="Mina"
        )
        end(bo_coordinator)
        assert bo.get("/organisation/people/?q=a").status_code == 404


class TestAHalfFilledForm:
    def test_it_is_refused_and_nothing_is_written(
        self, bo: Client, bo_coordinator: Member, municipality: Municipality
    ) -> None:
        assert bo.get(PROPOSE).status_code == 200
        end(bo_coordinator)
        before = Appointment.objects.count()
        sent = {
            "person": bo_coordinator.person.employee_id,
            "function": municipality.functions["security_representative"].pk,
            "units": ["211"],
            "share": "100",
            "from_date": "2030-01-01",
            "appointed_by": "Förvaltningschefen",
        }
        assert bo.post(PROPOSE, sent).status_code == 403
        assert Appointment.objects.count() == before

    def test_the_same_form_is_taken_while_the_appointment_stands(self, bo: Client, municipality: Municipality) -> None:
        new = "/organisation/people/create/"
        sent = {"name": "Ny Nilsson", "employee_id": "77", "unit": "211", "from_date": "2026-01-01"}
        assert bo.post(new, sent).status_code == 302
        assert Person.objects.filter(employee_id="77").exists()


class TestADeputy:
    def test_the_deputys_open_session_ends_with_the_period(
        self, client: Client, bo_coordinator: Member, stranger: Member, municipality: Municipality
    ) -> None:
        at = timezone.now()
        by = system_viewer(at=at, job="test")
        person = Person.objects.create(
            employee_id="e", name="Elin Ek", sort_name="elin", account=stranger.account, from_date=by.day
        )
        client.force_login(stranger.account)
        page = page_of(bo_coordinator)
        assert client.get(page).status_code == 404
        one = actions.appoint_stand_in(
            appointment=appointment_of(bo_coordinator),
            deputy=person,
            from_date=by.day,
            until_date=by.day + timedelta(days=7),
            by=by,
            at=at,
        )
        shown = client.get(page)
        assert shown.status_code == 200
        assert "ersättare för Bo Berglund" in shown.content.decode()
        actions.end_stand_in(stand_in=one, by=by, at=at)
        assert client.get(page).status_code == 404


def test_the_last_second_of_the_last_day_opens_and_the_next_does_not(
    bo_coordinator: Member, municipality: Municipality
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    Appointment.objects.update(until_date=day)
    midnight = timezone.make_aware(datetime.combine(day, time()))
    assert bo_coordinator.viewer_at(midnight - timedelta(seconds=1)).scopes
    assert not bo_coordinator.viewer_at(midnight).scopes


def test_an_access_token_takes_nothing_out_from_that_second_on(client: Client, bo_coordinator: Member) -> None:
    at = timezone.now()
    account = bo_coordinator.account
    _, text = make_token(
        account=account, name="Excel", days=1, assurance=Assurance.TWO_FACTOR, by=bo_coordinator.viewer_at(at), at=at
    )
    bearing = {"headers": {"Authorization": f"Bearer {text}"}}
    taken = "/organisation/appointments/?format=csv"
    assert client.get(taken, **bearing).status_code == 200
    end(bo_coordinator)
    assert client.get(taken, **bearing).status_code == 404
