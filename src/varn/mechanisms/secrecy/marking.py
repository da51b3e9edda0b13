"""Writing a record's marking anew: the one before it ends, and is kept."""

from datetime import datetime
from typing import Any

from varn.kernel.levels import Level
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Compartment, Marking
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.secrecy.records import kind_of, marking_of


def marked_anew(
    thing: Any,
    *,
    by: Viewer,
    at: datetime,
    level: Level | None = None,
    ground: str | None = None,
    reason: str = "",
    compartment: Compartment | None = None,
    is_taken_out: bool = False,
) -> Marking:
    """The record has a marking that begins now, as the one before it was save for what is said; that one has ended."""
    before = marking_of(thing, at)
    lies_in = compartment or (before.compartment if before and not is_taken_out else None)
    sensitivity = level if level is not None else Level(before.level) if before else Level.INTERNAL
    if sensitivity is Level.SEALED and lies_in is None:
        raise Refused(Refusal("access:refusal.sealed_needs_a_compartment"))
    Marking.objects.about(thing).filter(until_at=None).update(until_at=at)
    return Marking.objects.create(
        content_type=kind_of(thing),
        object_id=thing.pk,
        level=sensitivity,
        compartment=lies_in,
        ground=ground if ground is not None else before.ground if before else "",
        reason=reason,
        from_at=at,
        made_by_id=by.account_id,
    )
