"""What exactly will be done, as JSON: plain values and references, never a pickled thing; and its hash as things stand.

The hash is taken over the action, its arguments, and every field of each thing that they name. It is taken when the
request is made and again when the deed is done: whatever was changed between the two makes them differ.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.module_loading import import_string

PLAIN = (bool, int, str, type(None))
# How what JSON has no sign for is written: under one key, which says what it is.
MODEL, KEY, DAY, MOMENT, NUMBER = "model", "pk", "day", "moment", "number"
CLASS, VALUE, OF = "class", "value", "of"
# Only what Värn itself has declared is made anew from its name: an enum's member, or a frozen dataclass.
OWN = "varn."


class NotStorable(TypeError):
    """An argument of a protected action is neither plain nor a reference."""


class Gone(LookupError):
    """A thing that the payload names is no longer there."""


def as_payload(value: Any) -> Any:
    """The value as JSON can hold it; raises `NotStorable` for anything that is neither plain nor a reference."""
    if isinstance(value, models.Model):
        return {MODEL: value._meta.label_lower, KEY: value.pk}
    if isinstance(value, Enum):
        return {CLASS: _name_of(type(value)), VALUE: value.value}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: as_payload(getattr(value, field.name)) for field in fields(value)}
        return {CLASS: _name_of(type(value)), OF: parts}
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {NUMBER: str(value)}
    if isinstance(value, Mapping):
        return {OF: {str(name): as_payload(part) for name, part in value.items()}}
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [as_payload(part) for part in value]
    raise NotStorable(type(value).__name__)


def from_payload(value: Any) -> Any:
    """What was stored, read anew: each reference is the thing as it is now. Raises `Gone` for one that is not there."""
    if isinstance(value, list):
        return [from_payload(part) for part in value]
    if not isinstance(value, dict):
        return value
    if MODEL in value:
        return _thing(value)
    if DAY in value:
        return date.fromisoformat(value[DAY])
    if MOMENT in value:
        return datetime.fromisoformat(value[MOMENT])
    if NUMBER in value:
        return Decimal(value[NUMBER])
    if VALUE in value:
        return _class(value)(value[VALUE])
    parts = {name: from_payload(part) for name, part in value[OF].items()}
    return _class(value)(**parts) if CLASS in value else parts


def hash_of(action: str, arguments: Mapping[str, Any], *, passing: Collection[str] = ()) -> str:
    """The hash of the action, its stored arguments and all that they name as it is now, save the `passing` fields."""
    named = {f"{ref[MODEL]}:{ref[KEY]}": _fields(_thing(ref), passing) for ref in _references(arguments)}
    whole = {"action": action, "arguments": arguments, "things": named}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return sha256(text.encode()).hexdigest()


def _name_of(kind: type) -> str:
    name = f"{kind.__module__}.{kind.__qualname__}"
    if not name.startswith(OWN):
        raise NotStorable(name)
    return name


def _class(value: Mapping[str, Any]) -> Callable[..., Any]:
    """The enum or the dataclass that was stored; nothing else is made from a name."""
    name = str(value[CLASS])
    kind = import_string(name) if name.startswith(OWN) else None
    if not isinstance(kind, type) or not (issubclass(kind, Enum) or is_dataclass(kind)):
        raise NotStorable(name)
    return kind


def _references(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and MODEL in value:
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)


def _thing(reference: Mapping[str, Any]) -> models.Model:
    model = apps.get_model(reference[MODEL])
    found: models.Model | None = model._base_manager.filter(pk=reference[KEY]).first()
    if found is None:
        raise Gone(reference[MODEL])
    return found


def _fields(thing: models.Model, passing: Collection[str]) -> dict[str, Any]:
    return {
        field.attname: field.value_to_string(thing)
        for field in thing._meta.concrete_fields
        if field.name not in passing
    }
