"""What exactly will be done, as JSON: plain values and references, never a pickled thing; and its hash as things stand.

The hash is taken over the action, its arguments, and every field of each thing that they name. It is taken when the
request is made and again when the deed is done: whatever was changed between the two makes them differ.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

PLAIN = (bool, int, str, type(None))
# How what JSON has no sign for is written: under one key, which says what it is.
MODEL, KEY, DAY, MOMENT, NUMBER = "model", "pk", "day", "moment", "number"


class NotStorable(TypeError):
    """An argument of a protected action is neither plain nor a reference."""


class Gone(LookupError):
    """A thing that the payload names is no longer there."""


def as_payload(value: Any) -> Any:
    """The value as JSON can hold it; raises `NotStorable` for anything that is neither plain nor a reference."""
    if isinstance(value, models.Model):
        return {MODEL: value._meta.label_lower, KEY: value.pk}
    if isinstance(value, Enum):
        return as_payload(value.value)
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {NUMBER: str(value)}
    if isinstance(value, Mapping):
        return {"of": {str(name): as_payload(part) for name, part in value.items()}}
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
    return {name: from_payload(part) for name, part in value["of"].items()}


def hash_of(action: str, arguments: Mapping[str, Any], *, passing: Collection[str] = ()) -> str:
    """The hash of the action, its stored arguments and all that they name as it is now, save the `passing` fields."""
    named = {f"{ref[MODEL]}:{ref[KEY]}": _fields(_thing(ref), passing) for ref in _references(arguments)}
    whole = {"action": action, "arguments": arguments, "things": named}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return sha256(text.encode()).hexdigest()


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
