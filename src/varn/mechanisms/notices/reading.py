"""Marking notices as read: each reader's own, so it needs no right and leaves no trail."""

from datetime import datetime

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.notices.models import Notice


def mark_read(*, viewer: Viewer, at: datetime, notice_id: int | None = None) -> int:
    """The reader's notice, or all of them, are read. Returns how many were not before."""
    if viewer.account_id is None:
        return 0
    unread = Notice.objects.filter(account_id=viewer.account_id, read_at=None, created_at__lte=at)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=at)
