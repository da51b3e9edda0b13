"""What waits for a reader among requests for what nobody does alone."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.approvals.lifecycle import ApprovalState
from varn.mechanisms.approvals.models import Approval
from varn.mechanisms.approvals.permissions import Permission
from varn.mechanisms.approvals.queries import own_approvals, waiting_for
from varn.mechanisms.links import url_of, verb_url
from varn.mechanisms.ui.words import word
from varn.overview.rules import Button, Row, Urgency

MOST = 25


def approvals(viewer: Viewer) -> Iterator[Row]:
    """The requests that the reader may decide, and of their own those that they have not sent or now may carry out."""
    if viewer.may(Permission.APPROVE):
        yield from (_to_decide(approval) for approval in waiting_for(viewer)[:MOST])
    if viewer.may(Permission.ASK):
        mine = own_approvals(viewer=viewer).filter(expires_at__gt=viewer.at)
        for approval in mine.filter(state__in=(ApprovalState.PREPARED, ApprovalState.APPROVED))[:MOST]:
            yield _to_go_on_with(approval)


def _to_decide(approval: Approval) -> Row:
    return Row(
        urgency=Urgency.DECIDE,
        kind="approvals:approval",
        title=_title(approval),
        reference=approval.reference,
        reason=Refusal("overview:reason.asks_for_approval", person=approval.requested_by.name),
        url=url_of(approval),
        day=timezone.localdate(approval.expires_at),
        buttons=(Button(label=word(Permission.APPROVE), url=verb_url(approval, "approve")),),
    )


def _to_go_on_with(approval: Approval) -> Row:
    is_given = approval.state == ApprovalState.APPROVED
    url = url_of(approval) if is_given else verb_url(approval, "ask")
    verb = Permission.EXECUTE if is_given else Permission.ASK
    return Row(
        urgency=Urgency.DECIDE,
        kind="approvals:approval",
        title=_title(approval),
        reference=approval.reference,
        reason=Refusal("overview:reason.is_approved" if is_given else "overview:reason.not_asked_yet"),
        url=url_of(approval),
        day=timezone.localdate(approval.expires_at),
        buttons=(Button(label=word(verb), url=url),),
    )


def _title(approval: Approval) -> str:
    what = capfirst(word(approval.action))
    return f"{what}: {approval.about}" if approval.about else what
