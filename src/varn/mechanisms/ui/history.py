"""The trail of one thing in words: when, who, in which function, what, and each field's old and new value."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.module_loading import import_string
from django.utils.text import capfirst

from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.links import name_of
from varn.mechanisms.ui.words import actor, functions, part, word, written

SHOWN = 50
NOTHING = written(None)
# What only the machine sorts or points by. It says nothing to a reader, and its word stands beside it where it matters.
UNTOLD = ("_id", "sort_name", "_hash", "overdue_notice_at")
# Ends that are kept half-open, and told as the last day that is included.
HALF_OPEN = ("until_date", "warned_of")
# What stands between the names of several people or units.
BETWEEN = ", "
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One field: its name in words, and its values as a page writes them. `old` is empty for a first value."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One entry of the trail as the page tells it."""

    at: datetime
    actor: str
    function: str
    verb: str
    reason: str
    changes: list[Changed] = field(default_factory=list)


def told(thing: models.Model, *, viewer: Viewer, everything: bool = False) -> list[Told]:
    """The entries about the thing, newest first: the latest fifty, or all of them."""
    entries = history_of(thing, viewer=viewer)
    shown = list(entries if everything else entries[:SHOWN])
    hidden = _hidden(shown, viewer)
    return [told_entry(entry, type(thing), hidden) for entry in shown]


def told_entry(entry: Entry, model: type[models.Model], hidden: Collection[str] = ()) -> Told:
    """The entry in words, about a thing of this kind, without the names that are hidden from the reader."""
    return Told(
        at=entry.at,
        actor=entry.actor if entry.account_id else actor(entry.actor),
        function=functions(entry.function),
        verb=capfirst(word(entry.verb)) if entry.verb in GLOSSARY else entry.verb,
        reason=entry.reason,
        changes=list(_changes(entry, model, hidden)),
    )


def _hidden(entries: Iterable[Entry], viewer: Viewer) -> Collection[str]:
    """The names among what was changed that the reader may not know of now, whenever they were written."""
    values = (value for entry in entries for change in entry.changes.values() for value in change)
    names = {name for value in values for name in _parts(value)}
    return import_string(f"{settings.ACCESS_NAMES}.names_hidden")(names, viewer=viewer) if names else ()


def _parts(value: Any) -> list[str]:
    """The names that a value may be: it is one, or several with commas between them, or a list of such."""
    if isinstance(value, list):
        return [name for each in value for name in _parts(each)]
    return value.split(BETWEEN) if isinstance(value, str) else []


def _without(hidden: Collection[str], value: Any) -> Any:
    if isinstance(value, list):
        return [_without(hidden, each) for each in value]
    if hidden and isinstance(value, str):
        return BETWEEN.join(name for name in _parts(value) if name not in hidden)
    return value


def _changes(entry: Entry, model: type[models.Model], hidden: Collection[str]) -> Iterator[Changed]:
    for name, change in entry.changes.items():
        if name.endswith(UNTOLD):
            continue
        old, new = (_value(model, name, _without(hidden, value)) for value in change)
        if old != new:
            yield Changed(label=_label(model, name), old="" if old == NOTHING else old, new=new)


def _label(model: type[models.Model], name: str) -> str:
    for key in (f"{name_of(model)}.{name}", f"field.{name}"):
        if key in GLOSSARY:
            return capfirst(word(key))
    return capfirst(name.replace("_", " "))


def _value(model: type[models.Model], name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(model, name, part) for part in value) or NOTHING
    if isinstance(value, int) and _ranked(model, name, value):
        return _ranked(model, name, value)
    if not isinstance(value, str):
        return written(value)
    if name == "function":
        return functions(value) or NOTHING
    if name in HALF_OPEN:
        return str(date.fromisoformat(value) - timedelta(days=1))
    for key in (f"{name_of(model)}.{value}", f"{name_of(model)}_{name}.{value}"):
        if key in GLOSSARY:
            return capfirst(word(key))
    kind = _kind(model, name)
    if isinstance(kind, models.DecimalField) and value:
        return part(Decimal(value)) if name == "share" else written(Decimal(value))
    return written(parse_datetime(value) or value) if MOMENT.match(value) else written(value)


def _ranked(model: type[models.Model], name: str, value: int) -> str:
    """The word of a number that stands for one of several, such as a rank; empty where it is only a number."""
    chosen = dict(getattr(_kind(model, name), "flatchoices", ())).get(value, "")
    key = f"{name_of(model).partition(':')[0]}:{name}.{chosen}"
    return capfirst(word(key)) if key in GLOSSARY else ""


def _kind(model: type[models.Model], name: str) -> object:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
