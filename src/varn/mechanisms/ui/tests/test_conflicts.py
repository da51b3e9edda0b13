"""Two who change the same record: both texts are shown, nothing is written over unseen, and nothing is lost."""

import re
import secrets
from itertools import count

import pytest
from django.test import Client

from tests.people import Member
from varn.areas.organisation.models import Appointment, Person
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.ui import conflicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(anna_head_of_security: Member) -> Client:
    client = Client(headers={"accept-language": "sv"})
    client.force_login(anna_head_of_security.account)
    return client


@pytest.fixture
def path(bo_coordinator: Member) -> str:
    return f"/organisation/people/{bo_coordinator.person.pk}/change/"


def opened(page: str) -> dict[str, str]:
    """What the form holds when it is opened, with a key of its own."""
    values = dict.fromkeys(("title", "email", "phone"), "")
    for name in ("name", "title", "unit", "email", "phone", "opened"):
        found = re.search(rf'name="{name}" value="([^"]*)"', page) or re.search(
            rf'value="([^"]*)"[^>]*name="{name}"', page
        )
        values[name] = found.group(1) if found else ""
    return values | {"once": secrets.token_urlsafe(16)}


def test_a_change_that_nobody_has_met_is_saved(anna: Client, path: str) -> None:
    form = opened(anna.get(path).text)
    assert form["opened"]
    assert anna.post(path, form | {"phone": "013-1"}).status_code == 302
    assert Person.objects.get(name=form["name"]).phone == "013-1"


def test_what_others_never_stop_changing_is_told_and_nothing_that_was_written_is_lost(
    anna: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened(anna.get(path).text) | {"phone": "013-1"}
    entries = count()
    monkeypatch.setattr(conflicts, "latest_entry_of", lambda _thing: next(entries))
    answer = anna.post(path, form)
    assert answer.status_code == 409
    assert "Andra håller på att ändra detta just nu" in answer.text
    assert "013-1" in answer.text
    monkeypatch.undo()
    again = form | {"once": secrets.token_urlsafe(16)}
    assert anna.post(path, again).status_code == 302


def test_both_texts_are_shown_and_nothing_is_written_over(anna: Client, path: str) -> None:
    first, second = opened(anna.get(path).text), opened(anna.get(path).text)
    anna.post(path, first | {"phone": "013-1"})
    answer = anna.post(path, second | {"phone": "013-2"})
    assert answer.status_code == 409
    assert Person.objects.get(name=first["name"]).phone == "013-1"
    table = answer.text.split("conflict-title")[2]
    assert "013-1" in table
    assert "013-2" in table
    assert 'value="013-2"' in answer.text
    assert "Anna Ahlberg" in answer.text
    again = opened(answer.text) | {"phone": "013-2"}
    assert anna.post(path, again).status_code == 302
    assert Person.objects.get(name=first["name"]).phone == "013-2"


def test_what_only_the_other_has_changed_stands_in_the_form(anna: Client, path: str) -> None:
    first, second = opened(anna.get(path).text), opened(anna.get(path).text)
    anna.post(path, first | {"title": "Samordnare"})
    answer = anna.post(path, second | {"phone": "013-2"})
    assert answer.status_code == 409
    again = opened(answer.text)
    assert (again["title"], again["phone"]) == ("Samordnare", "013-2")
    anna.post(path, again)
    person = Person.objects.get(name=first["name"])
    assert (person.title, person.phone) == ("Samordnare", "013-2")


def test_theirs_is_taken_with_one_button_and_saves_nothing_yet(anna: Client, path: str) -> None:
    first, second = opened(anna.get(path).text), opened(anna.get(path).text)
    anna.post(path, first | {"phone": "013-1"})
    answer = anna.post(path, second | {"phone": "013-2", "title": "Ny titel"})
    entries = Entry.objects.count()
    taken = anna.post(path, opened(answer.text) | {"phone": "013-2", "title": "Ny titel", "theirs": "phone"})
    assert (taken.status_code, Entry.objects.count()) == (200, entries)
    assert (opened(taken.text)["phone"], opened(taken.text)["title"]) == ("013-1", "Ny titel")


def test_the_same_change_by_both_is_no_conflict(anna: Client, path: str) -> None:
    first, second = opened(anna.get(path).text), opened(anna.get(path).text)
    anna.post(path, first | {"phone": "013-1"})
    assert anna.post(path, second | {"phone": "013-1"}).status_code == 302


def test_what_the_form_was_opened_with_survives_a_mistake_in_it(anna: Client, path: str) -> None:
    first, second = opened(anna.get(path).text), opened(anna.get(path).text)
    wrong = anna.post(path, second | {"email": "inte en adress", "phone": "013-2"})
    anna.post(path, first | {"phone": "013-1"})
    assert anna.post(path, opened(wrong.text) | {"email": "", "phone": "013-2"}).status_code == 409


def test_what_it_was_opened_with_cannot_be_made_up(anna: Client, path: str) -> None:
    form = opened(anna.get(path).text)
    assert anna.post(path, form | {"opened": form["opened"] + "x", "phone": "1"}).status_code == 400


def test_a_double_click_on_a_change_is_one_change_and_no_conflict(anna: Client, path: str) -> None:
    form = opened(anna.get(path).text) | {"phone": "013-1"}
    first, second = anna.post(path, form), anna.post(path, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


def test_a_last_day_that_somebody_else_has_set_is_not_written_over(anna: Client, bo_coordinator: Member) -> None:
    """The form of a move that changes a day is one of change, too."""
    one = Appointment.objects.get(person=bo_coordinator.person)
    path = f"/organisation/appointments/{one.reference}/announce_ending/"

    def sent(page: str, day: str) -> dict[str, str]:
        form = opened(page)
        return {name: form[name] for name in ("opened", "once")} | {"until_date": day, "reason": "Slutar"}

    first, second = anna.get(path).text, anna.get(path).text
    assert anna.post(path, sent(first, "2099-01-31")).status_code == 302
    answer = anna.post(path, sent(second, "2099-02-28"))
    assert answer.status_code == 409
    assert "2099-01-31" in answer.text
    one.refresh_from_db()
    assert str(one.until_date) == "2099-02-01"
    assert anna.post(path, sent(answer.text, "2099-02-28")).status_code == 302
    one.refresh_from_db()
    assert str(one.until_date) == "2099-03-01"
