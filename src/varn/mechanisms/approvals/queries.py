"""Reading requests: what waits for the reader, what they have asked, and the list of what is protected."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.approvals.declared import PROTECTED, Protected
from varn.mechanisms.approvals.lifecycle import OPEN_STATES, ApprovalState
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.approvals.permissions import Permission


def approvals(*, viewer: Viewer) -> QuerySet[Approval]:
    """The requests the reader may see, newest first."""
    return Approval.objects.visible_to(viewer).select_related("requested_by", "decided_by")


def waiting_for(viewer: Viewer) -> QuerySet[Approval]:
    """The requests that the reader may decide, the one that ends first first."""
    mine = Approval.objects.visible_to(viewer, Permission.APPROVE).filter(expires_at__gt=viewer.at)
    return mine.select_related("requested_by").order_by("expires_at", "pk")


def own_approvals(*, viewer: Viewer) -> QuerySet[Approval]:
    """What the reader has asked for, newest first."""
    asked = Approval.objects.visible_to(viewer, Permission.ASK).filter(requested_by=viewer.account_id)
    return asked.select_related("requested_by", "decided_by")


def decided_approvals(*, viewer: Viewer) -> QuerySet[Approval]:
    """What the reader has decided, newest first."""
    return approvals(viewer=viewer).filter(decided_by=viewer.account_id).order_by("-decided_at", "-pk")


def protected_actions(*, viewer: Viewer) -> Sequence[Protected]:
    """The list of what nobody does alone, for those who may read it."""
    return list(PROTECTED.values()) if viewer.may(Permission.READ_PROTECTED) else []


def in_force_since(*, viewer: Viewer) -> datetime | None:
    """Since when four eyes are demanded here; `None` while nobody else could approve."""
    row = InForce.objects.visible_to(viewer).first()
    return row.since if row else None


def standing_request(viewer: Viewer, *, action: str, payload_hash: str, at: datetime) -> Approval | None:
    """The reader's own open request for exactly this, if there is one."""
    return _same(viewer, action, payload_hash, at).filter(state__in=OPEN_STATES).first()


def held_by(viewer: Viewer, *, action: str, payload_hash: str, at: datetime) -> Approval | None:
    """What the reader has been given leave to do, exactly this, and has not done yet."""
    return _same(viewer, action, payload_hash, at).filter(state=ApprovalState.APPROVED).first()


def overdue(*, viewer: Viewer) -> QuerySet[Approval]:
    """The open requests whose time is over."""
    return Approval.objects.visible_to(viewer).filter(state__in=OPEN_STATES, expires_at__lte=viewer.at)


def _same(viewer: Viewer, action: str, payload_hash: str, at: datetime) -> QuerySet[Approval]:
    own = Approval.objects.visible_to(viewer, Permission.EXECUTE)
    return own.filter(action=action, payload_hash=payload_hash, expires_at__gt=at).order_by("pk")
