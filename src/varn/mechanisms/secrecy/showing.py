"""What a record's own page shows of who sees it: its marks, and the way to the page that says more."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from varn.kernel.levels import Level
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, name_of
from varn.mechanisms.secrecy.records import marking_of

ANY_OF = (
    Permission.SET_LEVEL,
    Permission.LOWER_LEVEL,
    Permission.READ_SUBJECTS,
    Permission.SHARE,
    Permission.EXPLAIN,
)
IN_A_COMPARTMENT = "access:in_a_compartment"


def marks_of(thing: Any, request: Request) -> list[str]:
    """The glossary keys of what stands out about who sees the record: its level, and that it lies in a compartment."""
    marking = marking_of(thing, request.viewer.at)
    if marking is None:
        return []
    level = Level(marking.level)
    marks = [f"level.{level.key}"] if level is not Level.INTERNAL else []
    return [*marks, IN_A_COMPARTMENT] if marking.compartment_id is not None else marks


def access_link(thing: Any, request: Request) -> list[Link]:
    """The way to the page of who sees the record, for those who have something to do there."""
    if not request.viewer.may_any(ANY_OF):
        return []
    return [Link(label=_("Who sees this"), url=record_url(thing), icon="eye")]


def record_url(thing: Any, verb: str = "detail") -> str:
    """The address of a page about who sees the record."""
    area, kind = name_of(type(thing)).split(":")
    return reverse(f"secrecy:record-{verb}", args=[area, kind, thing.pk])
