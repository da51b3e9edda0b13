from datetime import timedelta

import pytest

from tests.people import AT
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.notices.delivering import BATCH
from varn.mechanisms.notices.jobs import deliver_mail, tidy
from varn.mechanisms.notices.models import Mail
from varn.mechanisms.notices.outbox import queue_mail

pytestmark = pytest.mark.django_db
BY = system_viewer(at=AT, job="test")


def _queue(number: int, **values) -> Mail:
    return queue_mail(to=f"p{number}@ekby.example", subject="Något väntar", body="b", at=AT, **values)


def test_the_job_sends_everything_that_is_due_batch_by_batch() -> None:
    for number in range(2 * BATCH + 1):
        _queue(number)
    assert deliver_mail(by=BY, at=AT) == 2 * BATCH + 1


def test_old_mail_is_forgotten_but_what_must_not_go_twice_keeps_its_key() -> None:
    _queue(1)
    _queue(2, dedupe_key="once")
    waiting = queue_mail(to="bad", subject="s", body="b", at=AT)
    deliver_mail(by=BY, at=AT)
    later = Mail.objects.exclude(sent_at=None).latest("sent_at").sent_at + timedelta(days=91)
    assert tidy(by=BY, at=later) == 2
    assert {(mail.to, mail.dedupe_key) for mail in Mail.objects.exclude(pk=waiting.pk)} == {("", "once")}
    assert tidy(by=BY, at=later) == 0
