"""What a deed writes in the trail: how a request says beforehand what it will be, and whether it became just that."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.approvals.declared import Protected
from varn.mechanisms.approvals.payloads import from_payload
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.queries import latest_entry

Effects = list[dict[str, Any]]
SAID = ("verb", "model", "changes")


def done_by(
    deed: Any, row: Protected, stored: dict[str, Any], *, beside: Mapping[str, Any], by: Viewer, at: datetime
) -> tuple[Any, Effects]:
    """The deed is done with the stored arguments and those beside; what it gave, and what it wrote in the trail."""
    before = latest_entry()
    given = deed(**from_payload({"of": stored}), **beside, by=by, at=at)
    written = Entry.objects.filter(pk__gt=before, account=by.account_id, at=at).order_by("pk")
    return given, [_effect(entry, row, stored) for entry in written]


def same(one: Effects, other: Effects) -> bool:
    """Whether the two say the same deeds with the same changes. Numbers that were given out meanwhile may differ."""
    return [[effect[key] for key in SAID] for effect in one] == [[effect[key] for key in SAID] for effect in other]


def _effect(entry: Entry, row: Protected, stored: dict[str, Any]) -> dict[str, Any]:
    kind, reference = entry.content_type.model_class(), entry.reference
    if row.named_by and entry.object_id == stored[row.thing]["pk"]:
        reference = row.name_of(from_payload(stored[row.thing]))
    return {
        "verb": entry.verb,
        "model": kind._meta.label_lower if kind else "",
        "reference": reference,
        "changes": entry.changes,
    }
