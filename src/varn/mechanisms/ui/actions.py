"""The views a reader saves."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.models import SavedView

MOST_VIEWS = 50
# Verbs of the trail that everyone may do with what is their own.
SAVE_VIEW = "ui:saved_view:save"
DELETE_VIEW = "ui:saved_view:delete"


@action
def save_view(*, page: str, path: str, label: str, query: str, by: Viewer, at: datetime) -> SavedView:
    """The reader's list is kept under this label; the same label again replaces the older one. At most fifty."""
    if by.account_id is None:
        raise PermissionDenied(SAVE_VIEW)
    mine = SavedView.objects.visible_to(by)
    if mine.exclude(page=page, label=label).count() >= MOST_VIEWS:
        raise Refused(Refusal("ui:refusal.too_many_views", count=MOST_VIEWS))
    view, _ = SavedView.objects.update_or_create(
        account_id=by.account_id, page=page, label=label, defaults={"path": path, "query": query}
    )
    record(SAVE_VIEW, view, by=by, at=at)
    return view


@action
def delete_view(*, view: SavedView, by: Viewer, at: datetime) -> SavedView:
    """The reader's saved view is gone; the list itself is untouched."""
    if view.account_id != by.account_id:
        raise PermissionDenied(DELETE_VIEW)
    record(DELETE_VIEW, view, by=by, at=at)
    view.delete()
    return view
