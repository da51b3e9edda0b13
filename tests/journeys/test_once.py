"""What is sent is done once: a second click, going back and sending again, a retry after a cut connection."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.architecture.tree import SOURCE
from tests.people import Member
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.door.models import Feedback
from varn.mechanisms.ui.jobs import forget_sent_forms
from varn.mechanisms.web.models import SentForm

TELLING = {"text": "Knappen syns inte.", "page": "/picture/", "email": ""}
FEEDBACK = "/accessibility/feedback/"

pytestmark = pytest.mark.django_db


def key() -> str:
    return secrets.token_urlsafe(16)


@pytest.fixture
def frida(client: Client, frida_administrator: Member) -> Client:
    client.force_login(frida_administrator.account)
    return client


def test_a_form_that_is_sent_twice_is_done_once_and_leads_to_the_same_place(frida: Client) -> None:
    sent = TELLING | {"once": key()}
    first, second = frida.post(FEEDBACK, sent), frida.post(FEEDBACK, sent)
    assert Feedback.objects.count() == 1
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert "gjort redan" in frida.get(second["Location"]).text


def test_two_forms_of_the_same_content_are_two(frida: Client) -> None:
    for _ in range(2):
        frida.post(FEEDBACK, TELLING | {"once": key()})
    assert Feedback.objects.count() == 2


def test_the_same_key_with_other_content_is_a_conflict_and_does_nothing(frida: Client) -> None:
    sent = TELLING | {"once": key()}
    frida.post(FEEDBACK, sent)
    answer = frida.post(FEEDBACK, sent | {"text": "Något annat."})
    assert answer.status_code == 409
    assert Feedback.objects.count() == 1


def test_the_same_key_on_another_page_is_a_conflict(frida: Client) -> None:
    same = key()
    frida.post(FEEDBACK, TELLING | {"once": same})
    assert frida.post("/views/save/", {"label": "Min vy", "once": same}).status_code == 409


def test_the_key_of_somebody_else_is_worth_nothing(frida: Client, bo_coordinator: Member) -> None:
    sent = {"language": "en", "once": key()}
    frida.post("/language/", sent)
    bo = Client()
    bo.force_login(bo_coordinator.account)
    assert bo.post("/language/", sent).status_code == 409


def test_what_was_refused_can_be_sent_again(frida: Client) -> None:
    same = key()
    assert frida.post(FEEDBACK, TELLING | {"text": "", "once": same}).status_code == 200
    assert frida.post(FEEDBACK, TELLING | {"once": same}).status_code == 302
    assert Feedback.objects.count() == 1


def test_after_a_crash_between_the_deed_and_its_answer_the_thing_is_found(frida: Client) -> None:
    sent = TELLING | {"once": key()}
    frida.post(FEEDBACK, sent)
    SentForm.objects.update(led_to="")
    assert frida.post(FEEDBACK, sent)["Location"] == "/"
    assert Feedback.objects.count() == 1


def test_the_thing_that_was_changed_is_remembered_in_the_transaction_of_the_change(
    anna_head_of_security: Member, client: Client
) -> None:
    client.force_login(anna_head_of_security.account)
    sent = {"name": "Sune Sund", "unit": "21", "employee_id": "S1", "from_date": "2026-01-01", "once": key()}
    page = client.post("/organisation/people/create/", sent)
    assert page.status_code == 302
    assert SentForm.objects.get().led_to == page["Location"]


def test_a_form_without_its_key_changes_nothing_and_keeps_what_was_written(frida_administrator: Member) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    browser.force_login(frida_administrator.account)
    token = browser.get(FEEDBACK).text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = browser.post(FEEDBACK, TELLING | {"csrfmiddlewaretoken": token})
    assert answer.status_code == 400
    assert "Knappen syns inte." in answer.text
    assert Feedback.objects.count() == 0
    again = {"once": answer.text.split('name="once" value="')[1].split('"')[0], "csrfmiddlewaretoken": token}
    assert browser.post(FEEDBACK, TELLING | again).status_code == 302
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize("wrong", ["x", "a" * 23, "åäö" * 8, "a" * 21 + "!", ""])
def test_a_key_that_none_of_our_pages_made_is_no_key(frida: Client, wrong: str) -> None:
    frida.handler.enforce_csrf_checks = False
    answer = frida.post(FEEDBACK, TELLING | {"once": wrong})
    assert answer.status_code == (302 if wrong == "" else 400)


def test_what_no_page_asks_for_is_refused_and_nothing_is_done(frida: Client) -> None:
    answer = frida.post(FEEDBACK, TELLING | {"once": key(), "is_administrator": "1"})
    assert answer.status_code == 400
    assert "inte frågar efter" in answer.text
    assert Feedback.objects.count() == 0
    assert not Entry.objects.filter(verb="door:feedback:send").exists()


@pytest.mark.parametrize("path", ["/organisation/units/", "/glossary/", "/about/", "/my-day/", "/search/"])
def test_a_page_refuses_what_it_does_not_know(frida: Client, path: str) -> None:
    assert frida.get(path).status_code in (200, 404)
    assert frida.get(path, {"nobody_asks_for_this": "1"}).status_code in (400, 404)
    assert frida.get(path, {"utm_source": "mail", "fbclid": "x"}).status_code in (200, 404)


def test_keys_are_forgotten_after_the_days_of_the_lawbook(frida: Client) -> None:
    frida.post(FEEDBACK, TELLING | {"once": key()})
    for days, left in ((6, 1), (8, 0)):
        at = timezone.now() + timedelta(days=days)
        forget_sent_forms(by=system_viewer(at=at, job="x"), at=at)
        assert SentForm.objects.count() == left


def forms() -> list[Any]:
    paths = sorted(path for path in SOURCE.rglob("templates/**/*.html") if 'method="post"' in path.read_text())
    return [pytest.param(path, id=str(path.relative_to(SOURCE))) for path in paths]


@pytest.mark.parametrize("path", forms())
def test_no_form_that_changes_something_lacks_its_key(path: Path) -> None:
    said = path.read_text()
    assert said.count("{% csrf_token %}") >= said.count('method="post"')


def test_the_tag_of_the_token_brings_the_key() -> None:
    request = RequestFactory().get("/")
    shown = get_template("ui/_theme.html").render({"theme": "auto"}, request)
    assert shown.count('name="csrfmiddlewaretoken"') == shown.count('name="once"') == 1


@pytest.mark.parametrize(
    "wanted", ["abc", "a\x00b", "100 %", "//evil.example", "https://evil.example/", "\r\n\r\n", "[]"]
)
def test_where_somebody_wants_to_go_on_breaks_nothing_and_leads_nowhere_else(frida: Client, wanted: str) -> None:
    answer = frida.post("/look/theme/", {"theme": "dark", "next": wanted})
    assert answer.status_code in (302, 400)
    assert answer.headers.get("Location", "/").startswith("/")
    assert not answer.headers.get("Location", "/").startswith("//")
