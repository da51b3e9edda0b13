"""Putting an export on record."""

from collections.abc import Mapping
from datetime import datetime

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, action, record
from varn.mechanisms.exports.models import Export
from varn.mechanisms.protecting import protected

# The verb in the trail. Whether a list may be taken out is the list's own permission.
TAKE_OUT = "exports:export:take_out"


@protected("exports:export:take_out_sensitive")
@action
def record_export(
    *,
    name: str,
    filters: Mapping[str, object],
    rows: int,
    file_format: str,
    sensitive: int = 0,
    by: Viewer,
    at: datetime,
) -> Export:
    """It stands in the trail who took out which list, through which filters, and how many rows; before the file leaves.

    Whether the reader may take the list out is asked by the list's own view, with the list's own permission.
    `sensitive` is how many of the rows belong to a record above internal.
    """
    export = Export.objects.create(
        name=name[:100], filters=dict(filters), file_format=file_format, rows=rows, account_id=by.account_id, at=at
    )
    changes: Changes = {"name": (None, name), "filters": (None, dict(filters)), "rows": (None, rows)}
    if sensitive:
        changes["sensitive"] = (None, sensitive)
    record(TAKE_OUT, export, by=by, at=at, changes=changes)
    return export
