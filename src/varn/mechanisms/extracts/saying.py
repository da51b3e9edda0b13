"""A value of an extract as a reader is told it. As data it stands in the form in which it is kept."""

import re
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from varn.kernel.calendar import last_day
from varn.kernel.glossary import GLOSSARY
from varn.kernel.personal import Kept
from varn.mechanisms.extracts.declared import key_of, model_of
from varn.mechanisms.extracts.gathering import Given

# What a sentence of the glossary leaves open; the row keeps it in fields of its own, or not at all.
OPEN = re.compile(r"\{[^}]*\}")
# Kept as the day after the last; told as the last.
HALF_OPEN = "until_date"


def said(kept: Kept, row: Given, name: str, *, language: str) -> str:
    """The value in the reader's language: a moment by the clock on the wall, a key of the glossary by its word."""
    value, field = row.values[name], model_of(kept)._meta.get_field(name)
    if isinstance(field, models.DateTimeField):
        return told_moment(datetime.fromisoformat(value))
    if name == HALF_OPEN:
        return str(last_day(date.fromisoformat(value)))
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    return _word(_keys(kept, row, name, value), language) or value


def told_moment(moment: datetime) -> str:
    """The day and the minute, in the municipality's own time."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _keys(kept: Kept, row: Given, name: str, value: str) -> list[str]:
    """What the glossary may call it: by itself, as of this kind of row, or as of what the row stands beside."""
    own = key_of(kept.model)
    keys = [value] if ":" in value else [f"{own}.{value}", f"{own}_{name}.{value}", f"personal:value.{value}"]
    if row.beside and ":" not in value:
        keys += [f"{row.beside}.{value}", f"{row.beside}:{value}"]
    return keys


def _word(keys: list[str], language: str) -> str:
    found = next((key for key in keys if key in GLOSSARY), None)
    return OPEN.sub("…", GLOSSARY.word(found, language)) if found else ""
