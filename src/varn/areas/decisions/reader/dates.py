"""Days as minutes write them: 2021-12-14, 14 december 2021, den 14 dec 2021, 14/12 2021, 14.12.2021."""

import re
from datetime import date

from .words import TABLES, pattern

MONTHS: list[str] = TABLES["deadlines"]["months"]
MONTH = "(?:" + "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + ")"
YEAR = r"(?:19|20)\d{2}"
ISO = rf"(?:{YEAR}[-–]\d{{2}}[-–]\d{{2}}|{YEAR}\.\d{{2}}\.\d{{2}})"
WRITTEN = rf"\d{{1,2}}(?::?[ae])? {MONTH} {YEAR}"
SLASHED = rf"\d{{1,2}}/\d{{1,2}}[ -]{YEAR}".replace("[ -]", r"[\s-]")
DOTTED = rf"\d{{1,2}}\.\d{{1,2}}\.{YEAR}"
DAY = rf"(?:{ISO}|{WRITTEN}|{SLASHED}|{DOTTED})"

_DAY = pattern(
    rf"(?<!\d)(?:(?P<iso>{ISO})|(?P<written>{WRITTEN})|(?P<slashed>{SLASHED}|{DOTTED}))(?!\d)", re.IGNORECASE
)


def day_of(text: str) -> date | None:
    """The first day that the text names with its year; None when there is none or it is not in the calendar."""
    match = _DAY.search(text)
    if match is None:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", match.group())]
    if match["iso"]:
        return calendar_day(*numbers)
    if match["slashed"]:
        return calendar_day(numbers[2], numbers[1], numbers[0])
    return calendar_day(numbers[1], month_of(match.group()), numbers[0])


def month_of(text: str) -> int:
    """The number of the first month named, 0 if none is."""
    found = re.search(MONTH, text, re.IGNORECASE)
    return next((i + 1 for i, name in enumerate(MONTHS) if found and found.group().lower().startswith(name[:3])), 0)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None if the calendar does not have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
