"""The installation: its first run, what readers say of its accessibility, and mail that does not go out."""

from datetime import timedelta

import pytest
from django.core import mail as sent_mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils import timezone

from tests.entering import add_code_app
from tests.journeys.desk import read, send
from tests.people import PASSWORD, Member
from varn.mechanisms.door.models import Feedback
from varn.mechanisms.imports.models import Run
from varn.mechanisms.notices.delivering import deliver_due
from varn.mechanisms.notices.models import Mail, MailState
from varn.overview.first_run.code import new_code

UNITS = """Kod;Namn;Slag;Under (kod);Från och med
10;Kommunstyrelsen;nämnd;1;2020-01-01
11;Kommunledningsförvaltningen;förvaltning;10;2020-01-01
"""
PEOPLE = """Anställningsnummer;Namn;Enhet (kod);E-post
1;David Dahlin;11;david@ekby.example
2;Anna Ahlberg;11;anna@ekby.example
"""


class ClosedServer(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: list) -> int:
        raise ConnectionRefusedError


@pytest.mark.django_db
def test_an_empty_installation_becomes_a_municipality_that_sees_its_gaps(client: Client) -> None:
    code = new_code(at=timezone.now())
    assert client.get("/my-day/").headers["Location"] == "/first-run/"
    send(client, "overview:first_run-code", {"code": code})
    send(client, "overview:first_run-municipality", {"name": "Ekby kommun", "code": "1", "from_date": "2020-01-01"})
    frida = {"name": "Frida Forsman", "email": "frida@ekby.example", "password": PASSWORD, "again": PASSWORD}
    send(client, "overview:first_run-administrator", frida)
    page = add_code_app(client, "/first-run/factor/code_app/")
    assert client.get(page.context["onward"]).status_code == 200
    for kind, text in (("units", UNITS), ("people", PEOPLE)):
        send(client, "imports:run-check", {"file": SimpleUploadedFile(f"{kind}.csv", text.encode())}, kind)
        send(client, "imports:run-apply", {}, Run.objects.latest("pk").reference)
    levels = {"from_date": "2022-01-03", "chief_executive": "David Dahlin", "head_of_security": "Anna Ahlberg"}
    send(client, "overview:first_run-levels", levels)
    send(client, "overview:first_run-requirements")
    assert "Kommunledningsförvaltningen" in read(client, "overview:first_run-gaps")
    send(client, "overview:first_run-finish")
    assert client.get("/first-run/").status_code == 404
    client.post("/sign-out/")
    client.post("/sign-in/", {"email": "frida@ekby.example", "password": PASSWORD})
    assert client.get("/my-day/").status_code == 302
    assert client.post("/sign-in/second/", {"code": page.context["codes"][0]}).status_code == 302
    assert client.get("/my-day/").status_code == 200


def test_whoever_meets_an_obstacle_tells_of_it_and_is_answered(frida: Client) -> None:
    said = {"text": "Knappen nås inte med tangentbord.", "page": "/lawbook/", "email": "reader@ekby.example"}
    send(Client(), "door:feedback-send", said)
    received = Feedback.objects.get()
    deliver_due(timezone.now())
    assert received.reference in sent_mail.outbox[0].body
    assert said["text"] in read(frida, "door:feedback-detail", received.reference)
    send(frida, "door:feedback-answer", {"answer": "Nu nås den."}, received.reference)
    deliver_due(timezone.now())
    assert (sent_mail.outbox[-1].to, sent_mail.outbox[-1].body) == (["reader@ekby.example"], "Nu nås den.")


def test_mail_that_does_not_go_out_is_tried_again_shown_and_sent(
    frida: Client, frida_administrator: Member, settings
) -> None:
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.ClosedServer"
    send(Client(), "door:feedback-send", {"text": "Det går inte.", "page": "/", "email": ""})
    mail, at = Mail.objects.get(), timezone.now()
    while mail.state == MailState.QUEUED:
        deliver_due(at)
        mail.refresh_from_db()
        at = max(at, mail.next_at) + timedelta(seconds=1)
    assert (mail.state, mail.attempts) == (MailState.FAILED, 8)
    assert frida_administrator.account.email in read(frida, "notices:mail-list", state="failed")
    settings.EMAIL_BACKEND = works
    send(frida, "notices:mail-retry", {}, mail.pk)
    assert deliver_due(timezone.now()).sent == 1
    assert [sent.to for sent in sent_mail.outbox] == [[frida_administrator.account.email]]
