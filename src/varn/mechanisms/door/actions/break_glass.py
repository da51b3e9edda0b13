"""The break-glass account: made, entered, and sealed again."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer, viewer_of
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.door.models import BreakGlass
from varn.mechanisms.door.permissions import Permission
from varn.mechanisms.door.sessions.ending import end_what_it_opened
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.notices.outbox import link_to, queue_mail
from varn.mechanisms.protecting import protected

# Verbs of the trail of whoever has broken the seal.
BREAK = "door:break_glass:break"
ENTER = "door:break_glass:enter"
BROKEN = "door:notice.seal_broken"
# Without those that are taken for one another when they are written down by hand.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 6, 5


@protected("door:break_glass:hand_out")
@action
def make_break_glass(*, account: Account, by: Viewer, at: datetime) -> tuple[BreakGlass, str]:
    """The account is for emergencies only. Its new password is returned this once, to be put in a sealed envelope."""
    require(Permission.MAKE_BREAK_GLASS, by=by)
    if account.pk == by.account_id:
        raise Refused(Refusal("door:refusal.own_break_glass"))
    if not account.is_active or not account.is_administrator:
        raise Refused(Refusal("door:refusal.no_administrator"))
    _refuse_somebodys(account, at)
    sealed, is_new = BreakGlass.objects.get_or_create(account=account, defaults={"sealed_at": at})
    if not is_new:
        raise Refused(Refusal("door:refusal.is_break_glass"))
    record(Permission.MAKE_BREAK_GLASS, account, by=by, at=at)
    return sealed, _seal(sealed, at)


@action
def seal_break_glass(*, sealed: BreakGlass, by: Viewer, at: datetime) -> tuple[BreakGlass, str]:
    """The password that was used opens nothing any longer; the new one is returned this once, to be sealed."""
    require(Permission.SEAL_BREAK_GLASS, by=by)
    if sealed.account_id == by.account_id:
        raise Refused(Refusal("door:refusal.own_break_glass"))
    _refuse_somebodys(sealed.account, at)
    change(sealed, sealed_at=at, used_at=None)
    record(Permission.SEAL_BREAK_GLASS, sealed.account, by=by, at=at)
    return sealed, _seal(sealed, at)


@action
def break_seal(*, sealed: BreakGlass, by: Viewer, at: datetime) -> BreakGlass:
    """Somebody has come in by the account: that is told at once, before they have said why and reach anything."""
    _require_own(sealed, by)
    change(sealed, used_at=at, entered_for="")
    record(BREAK, sealed.account, by=by, at=at)
    _tell(sealed, at)
    return sealed


@action
def enter_break_glass(*, sealed: BreakGlass, reason: str, by: Viewer, at: datetime) -> BreakGlass:
    """It stands in the trail and on the account's page why the seal was broken."""
    _require_own(sealed, by)
    change(sealed, entered_for=reason)
    record(ENTER, sealed.account, by=by, at=at, reason=reason)
    return sealed


def _refuse_somebodys(account: Account, at: datetime) -> None:
    """Whoever is handed the password of a person's account could be that person, and approve what they ask for."""
    if viewer_of(account, at=at).person_id is not None:
        raise Refused(Refusal("door:refusal.break_glass_is_somebodys"))


def _seal(sealed: BreakGlass, at: datetime) -> str:
    """A password of nearly 150 bits, in groups that can be written down and read aloud. Nothing else opens the account:
    neither what it was entered by before nor what was made behind a broken seal.
    """
    password = "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))
    sealed.account.set_password(password)
    sealed.account.save(update_fields=["password"])
    Authenticator.objects.filter(user=sealed.account).delete()
    end_what_it_opened(sealed.account, at=at)
    return password


def _tell(sealed: BreakGlass, at: datetime) -> None:
    page = reverse("access:account-detail", args=[sealed.account_id])
    told = list(_told(sealed, at))
    notify([each.pk for each in told], kind=BROKEN, url=page, at=at, values={"name": sealed.account.name})
    moment = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    for account in told:
        with override(account.language or settings.LANGUAGE_CODE):
            queue_mail(
                to=account.email,
                subject=_("The break-glass account of Värn has been entered"),
                body=_(
                    "The seal was broken %(moment)s. If you do not know why, end its sessions and seal it anew:\n\n"
                    "%(link)s\n"
                )
                % {"moment": moment, "link": link_to(page)},
                at=at,
            )


def _told(sealed: BreakGlass, at: datetime) -> Iterable[Account]:
    """The administrators, and those whose function it is to hear of it."""
    holding = import_string(settings.ACCOUNTS_HOLDING)
    hearing = holding(permission=Permission.HEAR_BREAK_GLASS, day=timezone.localdate(at))
    everyone = Account.objects.filter(is_active=True).exclude(pk=sealed.account_id)
    return (each for each in everyone if each.is_administrator or each.pk in hearing)


def _require_own(sealed: BreakGlass, by: Viewer) -> None:
    if by.account_id != sealed.account_id:
        raise PermissionDenied(ENTER)
