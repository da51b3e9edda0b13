"""The picture that an app for codes is pointed at, and its secret in letters."""

from dataclasses import dataclass

import qrcode
from allauth.mfa.adapter import get_adapter

from varn.mechanisms.access.models import Account

LETTERS = 4


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A square of so many dots a side, and the path that draws the dark ones."""

    side: int
    path: str


def picture_of(account: Account, secret: str) -> Picture:
    """The picture, to be drawn in the page itself: nothing is asked for elsewhere, and nothing runs."""
    code = qrcode.QRCode()
    code.add_data(get_adapter().build_totp_url(account, secret))
    rows = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Picture(side=len(rows), path="".join(dark))


def shown_secret(secret: str) -> str:
    """The letters of the secret, in groups that can be read aloud."""
    return " ".join(secret[place : place + LETTERS] for place in range(0, len(secret), LETTERS))
