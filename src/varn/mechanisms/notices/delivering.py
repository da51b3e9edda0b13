"""Sending what is due from the outbox: at least once, never two workers with the same mail at a time."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Q

from varn.mechanisms.installation.chosen import Installation, installation
from varn.mechanisms.notices.faults import detail_of, fault_of, is_final
from varn.mechanisms.notices.models import Mail, MailState
from varn.mechanisms.notices.outbox import SITE

# How long to wait after the first, second … failed try; after the last one the mail has failed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 180, 360))
TRIES = len(WAITS) + 1
# Longer than a whole batch can take, so that nobody takes over a mail that is still being sent.
LEASE = timedelta(minutes=15)
BATCH = 20
logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of one batch."""

    sent: int
    failed: int

    @property
    def tried(self) -> int:
        """How many mails were taken up."""
        return self.sent + self.failed


def deliver_due(at: datetime, *, limit: int = BATCH) -> Delivery:
    """At most `limit` mails that were due are sent, or wait for their next try, or have failed for good.

    A worker that stops between sending a mail and saying so leaves it held; when the lease is over, it is sent again
    with the same message id, by which a mail server can know it. Nothing is taken up while the installation names no
    mail server.
    """
    if not settings.HAS_MAIL_SERVER:
        return Delivery(sent=0, failed=0)
    sender, server = installation(), get_connection()
    sent = failed = 0
    for _ in range(limit):
        mail = _take(at)
        if mail is None:
            break
        if _deliver(mail, sender, server, at):
            sent += 1
        else:
            failed += 1
    return Delivery(sent=sent, failed=failed)


def _take(at: datetime) -> Mail | None:
    """The next due mail, held by us; `None` when nothing is due or all of it is held by others."""
    due = Q(state=MailState.QUEUED, next_at__lte=at) | Q(state=MailState.SENDING, lease_until__lte=at)
    with transaction.atomic():
        free = Mail.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        mail = free.filter(due).order_by("next_at", "pk").first()
        if mail is not None:
            mail.state, mail.lease_until, mail.attempts = MailState.SENDING, at + LEASE, mail.attempts + 1
            mail.save(update_fields=["state", "lease_until", "attempts"])
        return mail


def _deliver(mail: Mail, sender: Installation, server: BaseEmailBackend, at: datetime) -> bool:
    try:
        _message(mail, sender, server).send()
    except Exception as error:
        logger.warning("Mail %s was not sent: %s", mail.pk, detail_of(error))
        _put_back(mail, error, at)
        return False
    _close(mail, state=MailState.SENT, sent_at=at, body="", last_error="", error_detail="")
    return True


def _message(mail: Mail, sender: Installation, server: BaseEmailBackend) -> EmailMessage:
    address = sender.mail_sender or settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(address)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=mail.subject,
        body=mail.body.replace(SITE, settings.BASE_URL),
        from_email=address,
        to=[mail.to],
        reply_to=[sender.reply_to] if sender.reply_to else None,
        headers={
            "Message-ID": f"<mail-{mail.pk}-{int(mail.created_at.timestamp())}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=server,
    )


def _put_back(mail: Mail, error: Exception, at: datetime) -> None:
    said = {"last_error": fault_of(error), "error_detail": detail_of(error)[:300]}
    if is_final(error) or mail.attempts >= TRIES:
        _close(mail, state=MailState.FAILED, **said)
    else:
        _close(mail, state=MailState.QUEUED, next_at=at + WAITS[mail.attempts - 1], **said)


def _close(mail: Mail, **values: object) -> None:
    """The mail is let go of, unless our lease ran out and somebody else holds it now."""
    Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, lease_until=mail.lease_until).update(
        lease_until=None, **values
    )
