"""The picture that an app for codes is pointed at, and its secret in letters."""

from io import BytesIO

import qrcode
from allauth.mfa.adapter import get_adapter
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

from varn.mechanisms.access.models import Account

LETTERS = 4


def picture_of(account: Account, secret: str) -> SafeString:
    """The drawing, to stand in the page itself: nothing is asked for elsewhere, and nothing runs."""
    drawn = BytesIO()
    qrcode.make(get_adapter().build_totp_url(account, secret), image_factory=SvgPathImage).save(drawn)
    # The drawing is made of figures only: no text of anybody's stands in it.
    return mark_safe(drawn.getvalue().decode().partition("?>")[2].strip())


def shown_secret(secret: str) -> str:
    """The letters of the secret, in groups that can be read aloud."""
    return " ".join(secret[place : place + LETTERS] for place in range(0, len(secret), LETTERS))
