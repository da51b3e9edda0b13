"""Coming in and going out, and what everyone chooses for their own account."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.door.actions.watching import raise_alarm
from varn.mechanisms.door.limits import count_failure
from varn.mechanisms.door.models import Ending
from varn.mechanisms.door.sessions.ending import end
from varn.mechanisms.door.telling import News, tell_owner

# Verbs of the trail that everyone may do with what is their own.
SIGN_IN = "access:account:sign_in"
FAIL_SIGN_IN = "access:account:fail_sign_in"
SIGN_OUT = "access:account:sign_out"
BE = "access:account:be"
CHOOSE_PASSWORD = "access:account:choose_password"
CHOOSE_LANGUAGE = "access:account:choose_language"
# The account of an address that has none.
NOBODY = 0


@action
def choose_password(*, account: Account, password: str, kept: int | None = None, by: Viewer, at: datetime) -> Account:
    """The account opens with this password and no other, and a link that led here is used up.

    Whoever is signed in with it is out, save in the session that is kept.
    """
    if by.account_id != account.pk:
        raise PermissionDenied(CHOOSE_PASSWORD)
    account.set_password(password)
    account.save(update_fields=["password"])
    end((each for each in account.sessions.open(at) if each.pk != kept), why=Ending.ACCOUNT, at=at)
    record(CHOOSE_PASSWORD, account, by=by, at=at)
    tell_owner(account, News.PASSWORD_CHOSEN, at=at)
    return account


@action
def choose_language(*, account: Account, language: str, by: Viewer, at: datetime) -> Account:
    """Pages and mail are written to the account in this language."""
    if by.account_id != account.pk:
        raise PermissionDenied(CHOOSE_LANGUAGE)
    record(CHOOSE_LANGUAGE, account, by=by, at=at, changes=change(account, language=language))
    return account


@action
def sign_in(*, account: Account, by: Viewer, at: datetime) -> Account:
    """It stands in the trail that the account was entered, and when it last was."""
    account.last_login = at
    account.save(update_fields=["last_login"])
    record(SIGN_IN, account, by=by, at=at)
    return account


@action
def sign_out(*, account: Account, by: Viewer, at: datetime) -> Account:
    """It stands in the trail that the account was left."""
    if by.account_id != account.pk:
        raise PermissionDenied(SIGN_OUT)
    record(SIGN_OUT, account, by=by, at=at)
    return account


@action
def be(*, account: Account, by: Viewer, at: datetime) -> Account:
    """In a demo somebody is now this person. Anywhere else it is refused."""
    if not settings.DEMO:
        raise PermissionDenied(BE)
    record(BE, account, by=by, at=at)
    return account


@action
def fail_sign_in(*, email: str, by: Viewer, at: datetime) -> None:
    """It stands in the trail that somebody was not let in. Of an address without an account only that stands there.

    When they become alarmingly many, the administrators are told.
    """
    account = Account.objects.filter(email__iexact=email.strip()).first()
    record(FAIL_SIGN_IN, account or Account(pk=NOBODY), by=by, at=at)
    if count_failure(email, at=at):
        raise_alarm(by=by, at=at)
