"""The link by which the owner of an account chooses a password."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from varn.mechanisms.access.models import Account


def password_link(account: Account) -> str:
    """The whole address. It works once, for three days, until the next password or sign-in."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    path = reverse("access:choose-password", args=[uid, default_token_generator.make_token(account)])
    return f"{settings.BASE_URL}{path}"


def owner_of_link(uid: str, token: str) -> Account | None:
    """Whose link it is; `None` for one that is used, old, wrong, or of a closed account."""
    try:
        account = Account.objects.get(pk=urlsafe_base64_decode(uid).decode(), is_active=True)
    except (ValueError, OverflowError, Account.DoesNotExist):
        return None
    return account if default_token_generator.check_token(account, token) else None
