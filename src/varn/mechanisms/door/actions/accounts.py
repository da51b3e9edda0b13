"""Making, resetting, closing and opening accounts."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, action, change, record
from varn.mechanisms.door.links import password_path
from varn.mechanisms.door.sessions.ending import end_what_it_opened
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.outbox import link_to, queue_mail
from varn.mechanisms.protecting import protected

# What the owner of an account is told on each occasion that a link is sent: the subject, and the text with the link.
MADE = (
    gettext_noop("Choose a password for Värn"),
    gettext_noop("An account has been made for you. Choose your password here. The link works once:\n\n%(link)s\n"),
)
RESET = (
    gettext_noop("Choose a new password for Värn"),
    gettext_noop(
        "Your password has been reset and opens nothing any longer. Choose a new one here. "
        "The link works once:\n\n%(link)s\n"
    ),
)
OPENED = (
    gettext_noop("Your account in Värn is open again"),
    gettext_noop(
        "Your account is open again. Your old password opens nothing; choose a new one here. "
        "The link works once:\n\n%(link)s\n"
    ),
)


def _runs_the_installation(*, is_administrator: bool = False, **_others: Any) -> bool:
    return is_administrator


@protected("access:account:make_administrator", when=_runs_the_installation)
@action
def create_account(
    *, email: str, name: str, language: str, is_administrator: bool = False, by: Viewer, at: datetime
) -> Account:
    """The account stands without a password, and its owner is sent a link by which to choose one."""
    require(Access.CREATE_ACCOUNT, by=by)
    account = Account(
        email=email.strip(), name=name.strip(), language=language, is_administrator=is_administrator, created_at=at
    )
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Refused(Refusal("access:refusal.address_taken", email=email)) from error
    changes: Changes = {"email": (None, account.email)}
    if is_administrator:
        changes["is_administrator"] = (None, True)
    record(Access.CREATE_ACCOUNT, account, by=by, at=at, changes=changes)
    _send_link(account, MADE, at)
    return account


@protected("access:account:reset_password")
@action
def reset_password(*, account: Account, by: Viewer, at: datetime) -> Account:
    """The old password opens nothing any longer, whoever is signed in is out, and the owner is sent a new link."""
    require(Access.RESET_PASSWORD, by=by)
    if not account.is_active:
        raise Refused(Refusal("access:refusal.account_closed"))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_what_it_opened(account, at=at)
    record(Access.RESET_PASSWORD, account, by=by, at=at)
    _send_link(account, RESET, at)
    return account


@action
def close_account(*, account: Account, by: Viewer, at: datetime) -> Account:
    """Nobody comes in by this account, and whoever is signed in with it is out. Nothing it did is touched."""
    require(Access.CLOSE_ACCOUNT, by=by)
    if account.pk == by.account_id:
        raise Refused(Refusal("access:refusal.own_account"))
    end_what_it_opened(account, at=at)
    record(Access.CLOSE_ACCOUNT, account, by=by, at=at, changes=change(account, is_active=False))
    return account


@protected("access:account:open")
@action
def open_account(*, account: Account, by: Viewer, at: datetime) -> Account:
    """The closed account is open again, without a password; its owner is sent a link by which to choose one."""
    require(Access.OPEN_ACCOUNT, by=by)
    changes = change(account, is_active=True)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_what_it_opened(account, at=at)
    record(Access.OPEN_ACCOUNT, account, by=by, at=at, changes=changes)
    _send_link(account, OPENED, at)
    return account


def _send_link(account: Account, occasion: tuple[str, str], at: datetime) -> None:
    """What has happened to the account, and the link, in its owner's own language."""
    subject, body = occasion
    with override(account.language or settings.LANGUAGE_CODE):
        queue_mail(
            to=account.email, subject=_(subject), body=_(body) % {"link": link_to(password_path(account))}, at=at
        )
