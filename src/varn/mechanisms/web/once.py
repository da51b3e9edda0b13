"""What is sent is done once: the key of a form is used up in the same transaction as what the form does."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, models
from django.urls import NoReverseMatch

from varn.mechanisms.links import url_of
from varn.mechanisms.web.models import SentForm

FIELD = "once"
BYTES = 16


class AlreadySent(Exception):
    """The same form has done what it does. Nothing was done now."""


class ReadAgain(Exception):
    """Somebody changed the record between the reading of it and its lock. The page is to be asked once more."""


class UnknownFields(SuspiciousOperation):
    """Something was sent that the page does not ask for. Nothing was done."""


@dataclass(kw_only=True)
class Sending:
    """The form of the request that is being answered. `is_used` when its key is used up by what has been done."""

    key: str
    account_id: int | None
    path: str
    digest: str
    at: datetime
    unknown: Callable[[], set[str]]
    is_used: bool = False
    led_to: str = ""


_sending: ContextVar[Sending | None] = ContextVar("sending", default=None)


def new_key() -> str:
    """The key of a form that is being shown: random, and so long that none comes twice."""
    return secrets.token_urlsafe(BYTES)


def begin(sending: Sending | None) -> Token[Sending | None]:
    """From here on what is done is done for this form; give the token to `end` afterwards."""
    return _sending.set(sending)


def end(token: Token[Sending | None]) -> None:
    """What is done from here on is done for no form."""
    _sending.reset(token)


@contextmanager
def using_the_key() -> Iterator[None]:
    """Around the whole of a deed, in its transaction: the first one that a form does uses up its key.

    Raises `AlreadySent` when it is used already; of two at once the second waits for the first. What fails gives the
    key back.
    """
    sending = _sending.get()
    if sending is None or sending.is_used:
        yield
        return
    if sending.unknown():
        raise UnknownFields
    try:
        row = SentForm.objects.create(
            key=sending.key,
            account_id=sending.account_id,
            path=sending.path,
            digest=sending.digest,
            at=sending.at,
        )
    except IntegrityError as error:
        raise AlreadySent from error
    sending.is_used = True
    try:
        yield
        if sending.led_to:
            SentForm.objects.filter(pk=row.pk).update(led_to=sending.led_to)
    except BaseException:
        sending.is_used, sending.led_to = False, ""
        raise


def refuse_a_second_time() -> None:
    """Raises `AlreadySent` when the form has done what it does, for whoever has waited for a lock."""
    sending = _sending.get()
    if sending is not None and not sending.is_used and SentForm.objects.filter(key=sending.key).exists():
        raise AlreadySent


def done_to(thing: models.Model) -> None:
    """Should the answer be lost, whoever sends the form again is led to the first thing that it did something to."""
    sending = _sending.get()
    if sending is None or sending.led_to:
        return
    try:
        sending.led_to = url_of(thing)
    except NoReverseMatch:
        return


def remember(sending: Sending, led_to: str) -> None:
    """The answer led here."""
    SentForm.objects.filter(key=sending.key).exclude(led_to=led_to).update(led_to=led_to)
