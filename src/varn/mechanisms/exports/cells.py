"""What may stand in a cell: text that cannot become a formula, in any program that opens the file."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

Cell = str | int | float | Decimal | bool | date | datetime | timedelta | None

LONGEST = 32_767
GUARD = "'"
# What starts a formula, also in its full-width form; a null, a tab or a line feed can hide one from the eye.
STARTERS = "=+-@|%\0\t\r\n\uff1d\uff0b\uff0d\uff20\uff5c\uff05\u2212\ufe62\ufe63\ufe66\ufe6b"
BLANK = " \u00a0\u1680\u2000-\u200f\u2028\u2029\u202a-\u202f\u205f\u2060-\u2064\u2066-\u2069\u3000\ufeff\u00ad"
DANGEROUS = re.compile(rf"[{BLANK}'\"]*[{re.escape(STARTERS)}]")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def is_dangerous(text: str) -> bool:
    """Whether a program could take the text for a formula."""
    return DANGEROUS.match(text) is not None


def guarded(text: str) -> str:
    """The text, with an apostrophe before it if it could be taken for a formula."""
    return GUARD + text if is_dangerous(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith(GUARD) and is_dangerous(text[1:]) else text


def plain(value: object) -> Cell:
    """The value as a cell may hold it: numbers and dates as they are, all else as writable text."""
    if value is None or isinstance(value, bool | int | float | Decimal | timedelta):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return _writable(", ".join(str(part) for part in value))
    return _writable(str(value) if isinstance(value, Promise) else f"{value}")


def written(value: object) -> str:
    """The value as text in the Swedish manner (decimal comma, ISO days), guarded if it is text to begin with."""
    cell = plain(value)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return gettext("Yes") if cell else gettext("No")
    if isinstance(cell, float | Decimal):
        return f"{cell}".replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, str):
        return guarded(cell)
    return str(cell)


def _writable(text: str) -> str:
    text = UNWRITABLE.sub("", text.replace("\r\n", "\n"))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
