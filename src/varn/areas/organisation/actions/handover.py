"""Handing over before an appointment ends."""

from datetime import datetime

from varn.areas.organisation.models import Appointment, HandoverItem
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.handover import ITEMS
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record


@action
def list_handover(*, appointment: Appointment, by: Viewer, at: datetime) -> list[HandoverItem]:
    """The list of what is always handed over is there; what was on the list before stays."""
    require(Permission.ADD_HANDOVER, by=by, on=appointment)
    listed = set(appointment.handover.values_list("key", flat=True))
    rows = [
        HandoverItem(appointment=appointment, key=key, position=position)
        for position, key in enumerate(ITEMS, start=1)
        if key not in listed
    ]
    HandoverItem.objects.bulk_create(rows)
    items = list(appointment.handover.all())
    changes = {"handover": (len(items) - len(rows), len(items))}
    record(Permission.ADD_HANDOVER, appointment, by=by, at=at, changes=changes)
    return items


@action
def add_handover_item(*, appointment: Appointment, text: str, by: Viewer, at: datetime) -> HandoverItem:
    """One more thing is to be handed over."""
    require(Permission.ADD_HANDOVER, by=by, on=appointment)
    last = appointment.handover.order_by("-position").values_list("position", flat=True).first() or 0
    item = HandoverItem.objects.create(appointment=appointment, text=text, position=last + 1)
    record(Permission.ADD_HANDOVER, appointment, by=by, at=at, changes={"handover": (None, text)})
    return item


@action
def complete_handover_item(*, item: HandoverItem, is_done: bool, by: Viewer, at: datetime) -> HandoverItem:
    """The thing is handed over, by whom and when; or, if it was marked too soon, it is not."""
    require(Permission.COMPLETE_HANDOVER, by=by, on=item)
    old = item.done_at
    item.done_at = at if is_done else None
    item.done_by = by.name if is_done else ""
    item.save(update_fields=["done_at", "done_by"])
    changes = {str(item): (old, item.done_at)}
    record(Permission.COMPLETE_HANDOVER, item.appointment, by=by, at=at, changes=changes)
    return item
