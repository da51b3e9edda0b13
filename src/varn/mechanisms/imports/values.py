"""Reading single cells: a day, a number, yes or no. Each gives the value, or `None` and the reason why not."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation

from varn.kernel.calendar import FINAL_DAY, FIRST_DAY, is_within_range
from varn.kernel.lifecycle import Refusal

DAY = re.compile(r"(?P<year>\d{4})[-/.]?(?P<month>\d{1,2})[-/.]?(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})")
YES = {"ja", "j", "yes", "y", "true", "sant", "1", "x"}
NO = {"nej", "n", "no", "false", "falskt", "0", ""}


def day_of(text: str) -> tuple[date | None, Refusal | None]:
    """The day, written as 2026-11-23, 20261123 or 23.11.2026; an empty cell is no day and no fault."""
    if not text.strip():
        return None, None
    match = DAY.fullmatch(text.strip()) or DAY_FIRST.fullmatch(text.strip())
    if match is not None:
        with suppress(ValueError):
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
            return (day, None) if is_within_range(day) else (None, _beyond_range(day))
    return None, Refusal("imports:refusal.not_a_day", text=text)


def _beyond_range(day: date) -> Refusal:
    return Refusal("imports:refusal.day_out_of_range", day=day, first=FIRST_DAY, last=FINAL_DAY)


def number_of(text: str) -> tuple[Decimal | None, Refusal | None]:
    """The number, with decimal comma or point; a percentage as its share; an empty cell is no number and no fault."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".").replace("\u2212", "-")
    if not plain:
        return None, None
    share = plain.endswith("%")
    try:
        number = Decimal(plain.rstrip("%"))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        return None, Refusal("imports:refusal.not_a_number", text=text)
    return number / 100 if share else number, None


def truth_of(text: str) -> tuple[bool | None, Refusal | None]:
    """Yes or no; an empty cell is no."""
    plain = text.strip().casefold()
    if plain in YES | NO:
        return plain in YES, None
    return None, Refusal("imports:refusal.not_yes_or_no", text=text)
