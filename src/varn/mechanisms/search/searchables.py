"""What can be searched: each area says it of its own tables; the composition names where it says so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string


class NotSearchable(LookupError):
    """No area has said how this kind of thing is searched."""


def _own_reference(thing: Any) -> str:
    return str(getattr(thing, "reference", ""))


def _nothing(thing: Any) -> Iterable[object]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """How one table is searched. `kind` is its word in the glossary ("organisation:unit").

    `title` and `body` give the text a row is found by, `url` its page, `reference` its human reference; `related` are
    the foreign keys that these read. `is_text`: the body is running text, and hits show where in it the words stand;
    otherwise they show what `shows` gave when the thing was indexed. Where all hits are of one kind, `tells` says
    beside each what the thing is today, as values and keys of the glossary; `parts` are the rows that it reads.
    """

    model: type[models.Model]
    kind: str
    title: Callable[[Any], str]
    body: Callable[[Any], str]
    url: Callable[[Any], str]
    reference: Callable[[Any], str] = _own_reference
    related: tuple[str, ...] = ()
    shows: Callable[[Any], str] | None = None
    parts: tuple[str, ...] = ()
    tells: Callable[[Any], Iterable[object]] = _nothing
    is_text: bool = False


@cache
def searchables() -> tuple[Searchable, ...]:
    """Everything that can be searched, in the order of the composition."""
    paths = import_string(settings.SEARCHABLES_FROM)
    return tuple(searchable for path in paths for searchable in import_string(path))


def searchable_of(thing: models.Model) -> Searchable:
    """How this thing is searched. Raises `NotSearchable`."""
    for searchable in searchables():
        if searchable.model is type(thing):
            return searchable
    raise NotSearchable(type(thing)._meta.label)
