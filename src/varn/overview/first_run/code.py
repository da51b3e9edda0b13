"""The code that shows that the one at the first page also sees the console of the installation."""

import hashlib
import secrets
from datetime import datetime

from django.utils.crypto import constant_time_compare

from varn.mechanisms.access.models import Account
from varn.overview.models import FirstRun

# Letters and figures that are not mistaken for one another when they are read aloud or written down.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, LETTERS = 3, 4


def new_code(*, at: datetime) -> str:
    """A new code, which replaces the one before; nothing when somebody has an account already."""
    if Account.objects.exists():
        return ""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    FirstRun.objects.update_or_create(pk=1, defaults={"code_hash": _hash(code), "made_at": at})
    return code


def is_right(said: str) -> bool:
    """Whether this is the code on the console, in any case of letters and however it is spaced."""
    row = FirstRun.objects.filter(pk=1).first()
    return row is not None and constant_time_compare(_hash(said), row.code_hash)


def mark_of_code() -> str:
    """What a browser that has given the code keeps in its session; nothing when there is no code."""
    row = FirstRun.objects.filter(pk=1).first()
    return row.code_hash if row else ""


def _hash(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
