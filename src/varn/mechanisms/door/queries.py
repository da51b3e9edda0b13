"""Reading accounts and feedback."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door.bearing import key_of
from varn.mechanisms.door.models import BreakGlass, Feedback, Session, Token
from varn.mechanisms.door.sessions.limits import limits
from varn.mechanisms.door.sessions.proofs import FACTORS


def accounts(*, viewer: Viewer) -> QuerySet[Account]:
    """Every account, for those who may read accounts; otherwise none."""
    every = Account.objects.select_related("break_glass")
    return every if viewer.may(Access.READ_ACCOUNTS) else every.none()


def feedback(*, viewer: Viewer) -> QuerySet[Feedback]:
    """The feedback the reader may see, newest first."""
    return Feedback.objects.visible_to(viewer)


def account_at(email: str) -> Account | None:
    """The account of this address, in any case of letters."""
    return Account.objects.filter(email__iexact=email.strip()).first()


def own_sessions(*, viewer: Viewer) -> QuerySet[Session]:
    """The reader's own sessions that are not over, newest first."""
    return Session.objects.visible_to(viewer).filter(account=viewer.account_id).open(viewer.at)


def sessions_of(account: Account, *, viewer: Viewer) -> QuerySet[Session]:
    """The sessions of an account that are not over, for those who may end them; otherwise none but one's own."""
    return Session.objects.visible_to(viewer).filter(account=account).open(viewer.at)


def sessions_too_many(account: Account, *, at: datetime) -> list[Session]:
    """The oldest sessions of the account beyond as many as it may have at once."""
    return list(Session.objects.filter(account=account).open(at)[limits(at=at).parallel :])


def own_tokens(*, viewer: Viewer) -> QuerySet[Token]:
    """The reader's own tokens that have not been revoked, newest first; those that have expired stay until they are."""
    return Token.objects.visible_to(viewer).filter(account=viewer.account_id, revoked_at=None)


def token_of(text: str, *, at: datetime) -> Token | None:
    """The token of this text, if it is valid."""
    return Token.objects.open(at).select_related("account").filter(key=key_of(text)).first()


def break_glass_accounts(*, viewer: Viewer) -> QuerySet[BreakGlass]:
    """The break-glass accounts, for those who may seal them; otherwise none."""
    return BreakGlass.objects.visible_to(viewer).select_related("account")


def break_glass_of(account_id: int) -> BreakGlass | None:
    """What makes this account a break-glass account, if it is one."""
    return BreakGlass.objects.select_related("account").filter(account=account_id).first()


def comes_in_here(account_id: int) -> bool:
    """Whether the account is let in by this product itself, and not only by the municipality's own directory."""
    return bool(not settings.SSO_ONLY or break_glass_of(account_id) is not None)


def has_factor_for(account: Account, level: Assurance) -> bool:
    """Whether the account has something by which it can show itself as surely as this."""
    if level <= Assurance.PASSWORD:
        return bool(account.has_usable_password())
    kinds = [kind for kind, (sure, _way) in FACTORS.items() if sure >= level]
    return bool(Authenticator.objects.filter(user=account, type__in=kinds).exists())


def people_to_be() -> QuerySet[Account]:
    """The open accounts of a demo, by name."""
    return Account.objects.filter(is_active=True).order_by("-is_administrator", "name", "pk")
