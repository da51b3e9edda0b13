"""The link by which the owner of an account chooses a password."""

from datetime import datetime, timedelta

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_decode, urlsafe_base64_encode

from varn.mechanisms.access.models import Account
from varn.mechanisms.installation.chosen import installation

VALIDITY = "L06"
# Django's token says when it was made in seconds since this moment, in the municipality's own time.
TOKENS_BEGIN = datetime(2001, 1, 1)


def password_path(account: Account) -> str:
    """The page where it is chosen. It works once, for as many days as L06 says, until the next password or sign-in."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    return reverse("access:choose-password", args=[uid, default_token_generator.make_token(account)])


def days_of_link(*, at: datetime) -> int:
    """For how many days a link works: as the municipality has chosen, otherwise as the lawbook says."""
    return installation().days(VALIDITY, on=timezone.localdate(at))


def owner_of_link(uid: str, token: str, *, at: datetime) -> Account | None:
    """Whose link it is; `None` for one that is used, old, wrong, or of a closed account."""
    try:
        account = Account.objects.get(pk=urlsafe_base64_decode(uid).decode(), is_active=True)
    except (ValueError, OverflowError, Account.DoesNotExist):
        return None
    return account if default_token_generator.check_token(account, token) and _is_young(token, at) else None


def _is_young(token: str, at: datetime) -> bool:
    made = TOKENS_BEGIN + timedelta(seconds=base36_to_int(token.partition("-")[0]))
    return timezone.localtime(at).replace(tzinfo=None) - made <= timedelta(days=days_of_link(at=at))
