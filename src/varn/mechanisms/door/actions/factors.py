"""Passkeys, the app for codes and recovery codes: made, named and taken away by their owner, or all of them reset."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.exceptions import PermissionDenied

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, action, record
from varn.mechanisms.door.factors import SECRET_OF
from varn.mechanisms.door.kinds import CODE_APP, PASSKEY, RECOVERY_CODES, SECOND
from varn.mechanisms.door.sealed import refuse_sealed
from varn.mechanisms.door.sealing import seal, unseal
from varn.mechanisms.door.sessions.ending import end_what_it_opened
from varn.mechanisms.door.telling import News, tell_owner
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.protecting import protected

# Verbs of the trail that everyone may do with what is their own.
ADD_PASSKEY = "access:account:add_passkey"
RENAME_PASSKEY = "access:account:rename_passkey"
ADD_CODE_APP = "access:account:add_code_app"
REMOVE_FACTOR = "access:account:remove_factor"
MAKE_RECOVERY_CODES = "access:account:make_recovery_codes"
SEAL_ANEW = "access:account:seal_factor_anew"
USE_RECOVERY_CODE = "access:account:use_recovery_code"
REMOVED = {PASSKEY: News.PASSKEY_REMOVED, CODE_APP: News.CODE_APP_REMOVED}


@action
def add_passkey(
    *, account: Account, name: str, credential: Mapping[str, Any], by: Viewer, at: datetime
) -> Authenticator:
    """The account can be entered with this passkey alone. Its owner is told."""
    _require_own(account, ADD_PASSKEY, by)
    refuse_sealed(account)
    passkey: Authenticator = WebAuthn.add(account, name, dict(credential)).instance
    record(ADD_PASSKEY, account, by=by, at=at, changes={"passkey": (None, name)})
    tell_owner(account, News.PASSKEY_ADDED, at=at)
    return passkey


@action
def rename_passkey(*, passkey: Authenticator, name: str, by: Viewer, at: datetime) -> Authenticator:
    """The passkey has this name on its owner's page. Nothing else changes."""
    _require_own(passkey.user, RENAME_PASSKEY, by)
    before = str(passkey.data["name"])
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])
    record(RENAME_PASSKEY, passkey.user, by=by, at=at, changes={"passkey": (before, name)})
    return passkey


@action
def add_code_app(*, account: Account, secret: str, by: Viewer, at: datetime) -> Authenticator:
    """The codes of this secret are the account's second factor beside its password. Its owner is told."""
    _require_own(account, ADD_CODE_APP, by)
    refuse_sealed(account)
    if Authenticator.objects.filter(user=account, type=CODE_APP).exists():
        raise Refused(Refusal("access:refusal.has_code_app"))
    app: Authenticator = TOTP.activate(account, secret).instance
    record(ADD_CODE_APP, account, by=by, at=at)
    tell_owner(account, News.CODE_APP_ADDED, at=at)
    return app


@action
def remove_factor(*, factor: Authenticator, by: Viewer, at: datetime) -> Account:
    """Nobody comes in with the factor any longer. The last one stands: nobody is left with a password alone."""
    account = Account.objects.select_for_update().get(pk=factor.user_id)
    _require_own(account, REMOVE_FACTOR, by)
    if not Authenticator.objects.filter(user=account, type__in=SECOND).exclude(pk=factor.pk).exists():
        raise Refused(Refusal("access:refusal.last_factor"))
    what = {"factor": (_name(factor), None)}
    factor.delete()
    record(REMOVE_FACTOR, account, by=by, at=at, changes=what)
    tell_owner(account, REMOVED[Authenticator.Type(factor.type)], at=at)
    return account


@action
def make_recovery_codes(*, account: Account, by: Viewer, at: datetime) -> list[str]:
    """These codes open the account once each beside its password, and no older ones do. They are shown now only."""
    _require_own(account, MAKE_RECOVERY_CODES, by)
    refuse_sealed(account)
    Account.objects.select_for_update().get(pk=account.pk)
    Authenticator.objects.filter(user=account, type=RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(account).generate_codes()
    record(MAKE_RECOVERY_CODES, account, by=by, at=at)
    tell_owner(account, News.RECOVERY_CODES_MADE, at=at)
    return codes


@action
def use_recovery_code(*, account: Account, by: Viewer, at: datetime) -> Account:
    """It stands in the trail that a recovery code was used up, and how many are left. Its owner is told."""
    _require_own(account, USE_RECOVERY_CODE, by)
    left = len(Authenticator.objects.get(user=account, type=RECOVERY_CODES).wrap().get_unused_codes())
    record(USE_RECOVERY_CODE, account, by=by, at=at, changes={"recovery_codes": (left + 1, left)})
    tell_owner(account, News.RECOVERY_CODE_USED, at=at)
    return account


@action
def seal_factor_anew(*, factor: Authenticator, by: Viewer, at: datetime) -> Authenticator:
    """The factor's secret is the same, sealed with the key in use. Only a job does it."""
    if not by.is_system:
        raise PermissionDenied(SEAL_ANEW)
    where = SECRET_OF[factor.type]
    factor.data[where] = seal(unseal(factor.data[where]))
    factor.save(update_fields=["data"])
    record(SEAL_ANEW, factor.user, by=by, at=at)
    return factor


@protected("access:account:reset_factors")
@action
def reset_factors(*, account: Account, by: Viewer, at: datetime) -> Account:
    """Neither password nor any other factor opens the account, and whoever was signed in is out. Its owner is told.

    The link for a new password is not mailed: it is handed over by whoever has seen who the owner is.
    """
    require(Access.RESET_FACTORS, by=by)
    if not account.is_active:
        raise Refused(Refusal("access:refusal.account_closed"))
    if account.pk == by.account_id:
        raise Refused(Refusal("access:refusal.own_factors"))
    factors = Authenticator.objects.filter(user=account)
    taken: Changes = {"factor": ([_name(factor) for factor in factors.order_by("pk")], [])}
    factors.delete()
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_what_it_opened(account, at=at)
    record(Access.RESET_FACTORS, account, by=by, at=at, changes=taken)
    tell_owner(account, News.FACTORS_RESET, at=at)
    return account


def _name(factor: Authenticator) -> str:
    """What the trail calls it: a passkey by its name, the others by their kind."""
    return str(factor.data["name"]) if factor.type == PASSKEY else str(factor.type)


def _require_own(account: Account, verb: str, by: Viewer) -> None:
    if by.account_id != account.pk:
        raise PermissionDenied(verb)
