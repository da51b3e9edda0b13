"""Setting and lowering how sensitive a record is."""

from datetime import datetime
from typing import Any

from varn.kernel.levels import Level
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Marking
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Refused, action, record
from varn.mechanisms.protecting import protected
from varn.mechanisms.secrecy.marking import marked_anew
from varn.mechanisms.secrecy.records import is_seen, level_of


@action
def set_level(*, thing: Any, level: Level, ground: str, reason: str, by: Viewer, at: datetime) -> Marking:
    """The record is as sensitive as this from now on, on this ground; whoever has no right to that sees it no more.

    Raising alone: lowering is a deed of its own. Nobody closes a record to themselves.
    """
    require(Permission.SET_LEVEL, by=by, on=thing)
    current = level_of(thing, at)
    if level == current:
        raise Refused(Refusal("access:refusal.level_as_it_is"))
    if level < current:
        raise Refused(Refusal("access:refusal.lowering_is_its_own"))
    if level >= Level.SENSITIVE and not ground.strip():
        raise Refused(Refusal("access:refusal.ground_missing"))
    marking = marked_anew(thing, level=level, ground=ground, reason=reason, by=by, at=at)
    record(Permission.SET_LEVEL, thing, by=by, at=at, changes=_changes(current, level, ground), reason=reason)
    if not is_seen(thing, by):
        raise Refused(Refusal("access:refusal.closes_to_yourself"))
    return marking


@protected("access:marking:lower_level")
@action
def lower_level(*, thing: Any, level: Level, reason: str, by: Viewer, at: datetime, ground: str = "") -> Marking:
    """The record is less sensitive from now on: more people can see it."""
    require(Permission.LOWER_LEVEL, by=by, on=thing)
    current = level_of(thing, at)
    if level >= current:
        raise Refused(Refusal("access:refusal.not_lower"))
    if not reason.strip():
        raise Refused(Refusal("moves:refusal.reason_missing"))
    marking = marked_anew(thing, level=level, ground=ground, reason=reason, by=by, at=at)
    record(Permission.LOWER_LEVEL, thing, by=by, at=at, changes=_changes(current, level, ground), reason=reason)
    return marking


def _changes(old: Level, new: Level, ground: str) -> dict[str, tuple[Any, Any]]:
    changes: dict[str, tuple[Any, Any]] = {"level": (f"level.{old.key}", f"level.{new.key}")}
    return changes | ({"ground": (None, ground)} if ground else {})
