"""What goes into the outbox, and what comes out of it, once or at least once."""

import smtplib
import socket
from datetime import timedelta

import pytest
from django.core import mail as sent_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.people import AT
from varn.mechanisms.notices.delivering import BATCH, LEASE, TRIES, WAITS, deliver_due
from varn.mechanisms.notices.models import Mail, MailState
from varn.mechanisms.notices.outbox import link_to, queue_mail

pytestmark = pytest.mark.django_db
HERE = "varn.mechanisms.notices.tests.test_outbox"


class RefusingServer(BaseEmailBackend):
    """A mail server that refuses everything in the way the test asks for."""

    error: Exception = ConnectionRefusedError()

    def send_messages(self, messages: list) -> int:
        raise type(self).error


class ServerThatStops(BaseEmailBackend):
    """A mail server that takes the mail, after which the worker is killed."""

    taken: list = []

    def send_messages(self, messages: list) -> int:
        type(self).taken += messages
        raise KeyboardInterrupt


def _queue(**values) -> Mail:
    return queue_mail(**({"to": "bo@ekby.example", "subject": "Något väntar", "body": "Länk", "at": AT} | values))


def _refuse_with(settings, error: Exception) -> None:
    settings.EMAIL_BACKEND = f"{HERE}.RefusingServer"
    RefusingServer.error = error


def test_a_mail_that_is_due_is_sent_once() -> None:
    _queue()
    assert (deliver_due(AT).sent, deliver_due(AT + LEASE).sent) == (1, 0)
    assert [message.to for message in sent_mail.outbox] == [["bo@ekby.example"]]


def test_a_link_leads_to_where_the_installation_is_when_the_mail_goes_out(settings) -> None:
    _queue(body=f"Öppna {link_to('/notices/')}")
    settings.BASE_URL = "https://varn.ekby.example"
    deliver_due(AT)
    assert sent_mail.outbox[0].body == "Öppna https://varn.ekby.example/notices/"


def test_a_mail_goes_with_the_change_or_not_at_all() -> None:
    with transaction.atomic():
        _queue()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_the_same_key_queues_one_mail() -> None:
    first = _queue(dedupe_key="reminder-1")
    assert _queue(dedupe_key="reminder-1") == first
    assert _queue(dedupe_key="reminder-2") != first


def test_the_body_is_forgotten_once_it_is_sent() -> None:
    mail = _queue(body="en länk som öppnar en dörr")
    deliver_due(AT)
    mail.refresh_from_db()
    assert (mail.state, mail.body, mail.sent_at) == (MailState.SENT, "", AT)


def test_a_mail_says_that_a_machine_sent_it_and_keeps_its_id(settings) -> None:
    mail = _queue()
    deliver_due(AT)
    headers = sent_mail.outbox[0].extra_headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"].startswith(f"<mail-{mail.pk}-")


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=st.text(max_size=300), to=st.text(max_size=300))
def test_nothing_in_a_mail_can_begin_another_header(subject: str, to: str) -> None:
    for mail in (_queue(subject=subject), _queue(to=to), _queue(to=f"bo@ekby.example\r\nBcc: {to}")):
        assert not {"\r", "\n", "\x00", "\x85", "\u2028"} & set(mail.subject + mail.to)


@pytest.mark.parametrize(
    "address", ["", "bo", "bo@ekby.example\nBcc: x@y.example", "a@b.example, c@d.example", "x" * 300 + "@b.se"]
)
def test_what_is_no_address_fails_visibly_without_undoing_the_change(address: str) -> None:
    mail = _queue(to=address)
    assert (mail.state, mail.last_error) == (MailState.FAILED, "bad_address")
    assert deliver_due(AT).tried == 0


def test_a_failed_try_waits_longer_each_time_and_then_fails_for_good(settings) -> None:
    _refuse_with(settings, ConnectionRefusedError())
    mail, at, waited = _queue(), AT, []
    for _ in range(TRIES):
        deliver_due(at)
        mail.refresh_from_db()
        waited.append(mail.next_at - at)
        at = mail.next_at
    assert tuple(waited[:-1]) == WAITS
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.FAILED, TRIES, "server_closed")


def test_nothing_is_tried_before_its_time(settings) -> None:
    _refuse_with(settings, TimeoutError())
    _queue()
    deliver_due(AT)
    assert deliver_due(AT + WAITS[0] - timedelta(seconds=1)).tried == 0
    assert deliver_due(AT + WAITS[0]).tried == 1


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (smtplib.SMTPAuthenticationError(535, b"secret"), "sign_in_refused"),
        (socket.gaierror(), "server_not_found"),
        (TimeoutError(), "server_silent"),
        (smtplib.SMTPServerDisconnected(), "server_closed"),
        (ValueError(), "other"),
        (smtplib.SMTPSenderRefused(550, b"x", "s"), "sender_refused"),
    ],
)
def test_why_it_failed_is_one_of_few_plain_reasons(settings, error: Exception, fault: str) -> None:
    _refuse_with(settings, error)
    mail = _queue()
    deliver_due(AT)
    mail.refresh_from_db()
    assert (mail.last_error, mail.state) == (fault, MailState.QUEUED)
    assert "secret" not in mail.error_detail


def test_an_address_that_does_not_exist_is_not_tried_again(settings) -> None:
    _refuse_with(settings, smtplib.SMTPRecipientsRefused({"bo@ekby.example": (550, b"no")}))
    mail = _queue()
    deliver_due(AT)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.FAILED, "recipient_refused")


def test_a_mailbox_that_is_full_just_now_is_tried_again(settings) -> None:
    _refuse_with(settings, smtplib.SMTPRecipientsRefused({"bo@ekby.example": (452, b"full")}))
    mail = _queue()
    deliver_due(AT)
    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED


def test_one_bad_mail_holds_up_no_other(settings) -> None:
    bad = _queue()
    Mail.objects.filter(pk=bad.pk).update(subject="a\nb")
    _queue(to="cecilia@ekby.example")
    delivery = deliver_due(AT)
    assert (delivery.sent, delivery.failed) == (1, 1)


def test_a_mail_whose_worker_was_killed_is_sent_again_when_its_lease_is_over(settings) -> None:
    settings.EMAIL_BACKEND = f"{HERE}.ServerThatStops"
    mail = _queue()
    with pytest.raises(KeyboardInterrupt):
        deliver_due(AT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_due(AT + LEASE - timedelta(seconds=1)).tried == 0
    assert deliver_due(AT + LEASE).sent == 1
    mail.refresh_from_db()
    assert mail.attempts == 2
    assert sent_mail.outbox[0].extra_headers["Message-ID"] == ServerThatStops.taken[0].extra_headers["Message-ID"]


def test_a_batch_takes_no_more_than_its_share() -> None:
    for number in range(BATCH + 1):
        _queue(to=f"p{number}@ekby.example")
    assert (deliver_due(AT).sent, deliver_due(AT).sent) == (BATCH, 1)


def test_the_database_refuses_a_mail_that_is_sent_without_a_moment() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.create(to="a@b.example", subject="s", next_at=AT, created_at=AT, state=MailState.SENT)
