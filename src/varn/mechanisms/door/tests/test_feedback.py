from collections.abc import Callable

import pytest
from django.test import Client

from tests.people import Member
from varn.kernel.lawbook import LAW
from varn.mechanisms.door.lifecycle import FeedbackState
from varn.mechanisms.door.models import Feedback
from varn.mechanisms.notices.models import Mail

ClientOf = Callable[[Member], Client]
FORM = "/accessibility/feedback/"
SENT = {"text": "The button cannot be reached by keyboard.", "page": "/lawbook/", "email": "reader@ekby.example"}


@pytest.fixture
def received(client_of: ClientOf, frida_administrator: Member) -> Feedback:
    Client().post(FORM, SENT)
    return Feedback.objects.get()


def test_anyone_may_send_feedback_and_it_names_the_rule_of_the_lawbook_for_the_answer(received: Feedback) -> None:
    assert received.text == SENT["text"]
    assert received.law == "D45"
    assert received.law in LAW


def test_it_stands_in_the_trail_that_somebody_without_an_account_sent_it(
    received: Feedback, client_of: ClientOf, frida_administrator: Member
) -> None:
    assert "Somebody without an account" in client_of(frida_administrator).get(f"/feedback/{received.reference}/").text


def test_the_administrator_is_told_without_the_content(received: Feedback) -> None:
    mail = Mail.objects.get(to="frida@ekby.example")
    assert received.reference in mail.body
    assert SENT["text"] not in mail.body + mail.subject


def test_an_answer_is_mailed_and_closes_the_matter(
    received: Feedback, client_of: ClientOf, frida_administrator: Member
) -> None:
    client = client_of(frida_administrator)
    client.post(f"/feedback/{received.reference}/answer/", {"answer": "It is mended."})
    received.refresh_from_db()
    assert received.state == FeedbackState.ANSWERED
    mail = Mail.objects.get(to="reader@ekby.example")
    assert mail.body == "It is mended."
    assert mail.subject.startswith("Svar på din synpunkt")


def test_an_answered_matter_is_not_answered_again(
    received: Feedback, client_of: ClientOf, frida_administrator: Member
) -> None:
    client = client_of(frida_administrator)
    for answer in ("First.", "Second."):
        client.post(f"/feedback/{received.reference}/answer/", {"answer": answer})
    received.refresh_from_db()
    assert received.answer == "First."


def test_the_list_holds_what_has_come_in(received: Feedback, client_of: ClientOf, frida_administrator: Member) -> None:
    assert received.reference in client_of(frida_administrator).get("/feedback/", {"state": "received"}).text


def test_feedback_does_not_exist_for_others(
    received: Feedback, client_of: ClientOf, anna_head_of_security: Member
) -> None:
    client = client_of(anna_head_of_security)
    assert client.get(f"/feedback/{received.reference}/").status_code == 404
    assert client.post(f"/feedback/{received.reference}/answer/", {"answer": "x"}).status_code == 403


def test_a_flood_from_one_place_is_slowed_down(client_of: ClientOf, db: None) -> None:
    client = Client(headers={"accept-language": "en"})
    for _ in range(7):
        page = client.post(FORM, SENT)
    assert "Much feedback" in page.text
    assert Feedback.objects.count() == 5


def test_an_empty_report_is_not_sent(client_of: ClientOf, db: None) -> None:
    assert Client().post(FORM, {"text": " "}).context["form"].errors
