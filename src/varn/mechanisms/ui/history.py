"""The trail of one thing in words: when, who, in which function, what, and each field's old and new value."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst

from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.ui.links import name_of
from varn.mechanisms.ui.words import word, written

SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One field: its name in words, and its old and new value as a page writes them."""

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
    return [_told(entry, type(thing)) for entry in (entries if everything else entries[:SHOWN])]


def _told(entry: Entry, model: type[models.Model]) -> Told:
    return Told(
        at=entry.at,
        actor=entry.actor,
        function=entry.function,
        verb=capfirst(word(entry.verb)) if entry.verb in GLOSSARY else entry.verb,
        reason=entry.reason,
        changes=list(_changes(entry, model)),
    )


def _changes(entry: Entry, model: type[models.Model]) -> Iterator[Changed]:
    for name, (old, new) in entry.changes.items():
        yield Changed(label=_label(model, name), old=_value(model, name, old), new=_value(model, name, new))


def _label(model: type[models.Model], name: str) -> str:
    for key in (f"{name_of(model)}.{name}", f"field.{name}"):
        if key in GLOSSARY:
            return capfirst(word(key))
    try:
        return capfirst(str(model._meta.get_field(name).verbose_name))
    except (FieldDoesNotExist, AttributeError):
        return capfirst(name.replace("_", " "))


def _value(model: type[models.Model], name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(model, name, part) for part in value) or "–"
    if name == "until_date" and isinstance(value, str):
        return str(date.fromisoformat(value) - timedelta(days=1))
    for key in (f"{name_of(model)}.{value}", f"{name_of(model)}_{name}.{value}"):
        if key in GLOSSARY:
            return capfirst(word(key))
    return written(value)
