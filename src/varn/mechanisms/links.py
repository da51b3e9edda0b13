"""Addresses: of a thing's page, of a verb on it, and links as data."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link or a button. `current` marks the one the reader is on; `note` is said after the label.

    Of the buttons of a page the first is the main one, unless it is `quiet`.
    """

    label: str | Promise
    url: str
    icon: str = ""
    primary: bool = False
    quiet: bool = False
    current: bool = False
    note: str | Promise = ""


def key_of(thing: models.Model) -> str | int:
    """How a thing is named in its address: its human reference where it has one, otherwise its number."""
    key: str | int = getattr(thing, "reference", None) or thing.pk
    return key


def name_of(model: type[models.Model]) -> str:
    """What the kind of thing is called in code, as its permissions and URLs call it ("organisation:appointment")."""
    cycle = getattr(model, "lifecycle", None)
    return cycle.name if cycle else f"{model._meta.app_label}:{snake(model.__name__)}"


def state_of(thing: Any) -> str:
    """The glossary key of the state the thing is in ("organisation:appointment.active")."""
    return f"{name_of(type(thing))}.{thing.state}"


def snake(name: str) -> str:
    """A class's name as keys write it ("UnitPeriod" is "unit_period")."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def url_of(thing: models.Model) -> str:
    """The address of a thing's own page."""
    return reverse(f"{name_of(thing.__class__)}-detail", args=[key_of(thing)])


def contact_url(written: str) -> str:
    """The address that mails to an e-mail address, or calls a telephone number; none for neither."""
    if "@" in written:
        return f"mailto:{written}"
    number = re.sub(r"[^\d+]", "", written)
    return f"tel:{number}" if number else ""


def verb_url(thing: models.Model, verb: str) -> str:
    """The address where this is done to the thing."""
    return reverse(f"{name_of(type(thing))}-{verb}", args=[key_of(thing)])
