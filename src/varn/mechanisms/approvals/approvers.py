"""Who may decide: people in the register, by their appointments today. Asked before a request, and to tell them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Viewer, viewer_of
from varn.mechanisms.approvals.declared import Protected
from varn.mechanisms.approvals.models import Approval, in_one_line
from varn.mechanisms.approvals.permissions import Deciding, Permission


def accounts_that_may_decide(
    row: Protected, thing: models.Model | None, *, asked_by: Viewer, at: datetime
) -> list[Account]:
    """The accounts of those who may approve this of this reader, by name."""
    return [
        account
        for account in _holding(row.decided_by, at=at)
        if _decides(viewer_of(account, at=at), row, thing, asked_by=asked_by)
    ]


def accounts_that_may_decide_on(approval: Approval, *, at: datetime) -> list[Account]:
    """The accounts of those who may decide this request now, by name: exactly those to whom it is shown."""
    holding = _holding(approval.row.decided_by, at=at)
    return [account for account in holding if may(viewer_of(account, at=at), Permission.APPROVE, approval)]


def somebody_else_decides(*, than: Viewer | None = None, at: datetime) -> bool:
    """Whether a person who may approve anything at all has come in some time; another one than the reader, if given."""
    own = than.account_id if than else None
    return any(
        viewer_of(account, at=at).person_id is not None
        for permission in Deciding
        for account in _holding(permission, at=at)
        if account.pk != own and account.last_login is not None
    )


def _decides(viewer: Viewer, row: Protected, thing: models.Model | None, *, asked_by: Viewer) -> bool:
    if viewer.person_id is None or viewer.person_id == asked_by.person_id or viewer.account_id == asked_by.account_id:
        return False
    if row.outside_line and in_one_line(viewer.person_id, [asked_by.person_id], day=viewer.day):
        return False
    if thing is not None and row.kept_from(viewer.person_id, [thing.pk], viewer.at):
        return False
    return viewer.may(Permission.APPROVE) and (
        may(viewer, row.decided_by, thing) if thing is not None and row.asked_on_thing else viewer.may(row.decided_by)
    )


def _holding(permission: str, *, at: datetime) -> list[Account]:
    """The open accounts that hold the permission somewhere: by an appointment, or by running the installation."""
    day = timezone.localdate(at)
    appointed: set[int] = import_string(settings.APPROVALS_APPOINTED)(permission=permission, day=day)
    held = models.Q(pk__in=appointed)
    if permission in ROLES["administrator"].permissions:
        held |= models.Q(is_administrator=True)
    return list(Account.objects.filter(held, is_active=True).order_by("name", "pk"))
