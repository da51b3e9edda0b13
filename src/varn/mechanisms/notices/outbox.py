"""Putting an e-mail in the outbox: a row in the caller's own transaction, so that neither goes without the other."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from varn.mechanisms.notices.faults import Fault
from varn.mechanisms.notices.models import Mail, MailState

# Written into a mail where the installation's own address is put in when it goes out: only then is it known for sure.
SITE = "https://varn.invalid"
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def queue_mail(*, to: str, subject: str, body: str, at: datetime, dedupe_key: str = "") -> Mail:
    """The mail waits to be sent, or the one already queued under the same `dedupe_key` is returned.

    Say no more in it than that something waits, and where. An address that cannot be one is not refused here, where
    it would undo the change: the mail stands as failed on the administrator's page.
    """
    address = _line(to)
    fault = "" if _is_address(address) else Fault.BAD_ADDRESS
    values = {
        "to": address[:254],
        "subject": _line(subject)[:200],
        "body": body.replace("\x00", ""),
        "state": MailState.FAILED if fault else MailState.QUEUED,
        "last_error": fault,
        "next_at": at,
        "created_at": at,
    }
    if not dedupe_key:
        return Mail.objects.create(**values)
    return Mail.objects.get_or_create(dedupe_key=dedupe_key[:200], defaults=values)[0]


def link_to(path: str) -> str:
    """How a mail names a page of this installation."""
    return f"{SITE}{path}"


def _line(text: str) -> str:
    """The text on one line without control characters: nothing in it can begin another header."""
    return UNPRINTABLE.sub(" ", str(text)).strip()


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
