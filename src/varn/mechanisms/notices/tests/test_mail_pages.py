import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.people import AT, Member
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.actions import retry_mail
from varn.mechanisms.notices.delivering import deliver_due
from varn.mechanisms.notices.models import Mail, MailState
from varn.mechanisms.notices.outbox import queue_mail


@pytest.fixture
def failed(db: None) -> Mail:
    mail = queue_mail(to="bo@ekby.example", subject="Något väntar", body="HEMLIG LÄNK", at=AT)
    Mail.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED, last_error="sign_in_refused", error_detail="SMTPAuthenticationError 535", attempts=8
    )
    mail.refresh_from_db()
    return mail


def test_the_page_shows_what_failed_and_why_but_not_the_body(
    client: Client, frida_administrator: Member, failed: Mail
) -> None:
    client.force_login(frida_administrator.account)
    page = client.get("/notices/mail/").content.decode()
    assert "bo@ekby.example" in page
    assert "godtar inte inloggningen" in page
    assert "HEMLIG" not in page


def test_the_mail_can_be_taken_out_without_its_body(client: Client, frida_administrator: Member, failed: Mail) -> None:
    client.force_login(frida_administrator.account)
    taken = b"".join(client.get("/notices/mail/", {"format": "csv"}).streaming_content).decode()
    assert "bo@ekby.example" in taken
    assert "godtar inte inloggningen" in taken
    assert "HEMLIG" not in taken


def test_the_page_of_mail_does_not_exist_for_others(client: Client, bo_coordinator: Member, failed: Mail) -> None:
    client.force_login(bo_coordinator.account)
    assert client.get("/notices/mail/").status_code == 404
    assert client.get(f"/notices/mail/{failed.pk}/retry/").status_code == 404
    assert client.post(f"/notices/mail/{failed.pk}/retry/").status_code == 403


def test_the_administrator_tries_a_mail_again_from_its_page(
    client: Client, frida_administrator: Member, failed: Mail
) -> None:
    client.force_login(frida_administrator.account)
    assert "HEMLIG" not in client.get(f"/notices/mail/{failed.pk}/retry/").content.decode()
    assert client.post(f"/notices/mail/{failed.pk}/retry/").status_code == 302
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (MailState.QUEUED, 0)


def test_trying_again_sends_it_and_stands_in_the_trail(frida_administrator: Member, failed: Mail) -> None:
    retry_mail(mail=failed, by=frida_administrator.viewer, at=AT)
    assert deliver_due(AT).sent == 1
    entry = Entry.objects.get(verb="notices:mail:retry")
    assert "HEMLIG" not in str(entry.changes)


def test_a_mail_that_went_out_is_not_sent_again(frida_administrator: Member, failed: Mail) -> None:
    retry_mail(mail=failed, by=frida_administrator.viewer, at=AT)
    deliver_due(AT)
    with pytest.raises(Refused):
        retry_mail(mail=failed, by=frida_administrator.viewer, at=AT)


def test_only_who_may_can_try_again(bo_coordinator: Member, failed: Mail) -> None:
    with pytest.raises(PermissionDenied):
        retry_mail(mail=failed, by=bo_coordinator.viewer, at=AT)


def test_without_a_mail_server_mail_waits_and_the_pages_of_the_administrator_say_why(
    client: Client, frida_administrator: Member, settings
) -> None:
    settings.HAS_MAIL_SERVER = False
    queue_mail(to="bo@ekby.example", subject="Något väntar", body="Länk", at=AT)
    assert deliver_due(AT).tried == 0
    assert Mail.objects.get().state == MailState.QUEUED
    client.force_login(frida_administrator.account)
    assert "Ingen e-postserver är angiven" in client.get("/notices/mail/").content.decode()
    assert "Ingen e-postserver är angiven" in client.get("/my-day/").content.decode()
