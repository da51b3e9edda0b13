"""Asking, approving, denying, withdrawing and forgetting requests for what nobody does alone."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.approvals.approvers import accounts_that_may_decide_on
from varn.mechanisms.approvals.declared import Carried, Protected
from varn.mechanisms.approvals.executing import execute_approval
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.audit.trail import Refused, action, change, record
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.links import url_of
from varn.mechanisms.moves.making import begin, make
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.notices.outbox import link_to, queue_mail
from varn.mechanisms.protecting import AwaitsApproval, protected
from varn.mechanisms.references.numbers import next_reference

__all__ = [
    "AwaitsApproval",
    "approve_approval",
    "ask_approval",
    "close_bootstrapping",
    "deny_approval",
    "expire_approval",
    "prepare_approval",
    "protected",
    "withdraw_approval",
]

# Verbs of the trail that the engine does by itself.
PREPARE = "approvals:approval:prepare"
BEGIN = "approvals:in_force:begin"
SERIES = "GOD"


@action
def prepare_approval(
    *,
    row: Protected,
    thing: models.Model | None,
    payload: dict[str, Any],
    payload_hash: str,
    by: Viewer,
    at: datetime,
) -> Approval:
    """What was about to be done stands as a request that nobody sees yet but the one who was about to do it."""
    if by.account_id is None or by.person_id is None:
        raise PermissionDenied(PREPARE)
    approval = Approval.objects.create(
        reference=next_reference(SERIES, at=at),
        action=row.key,
        content_type=ContentType.objects.get_for_model(thing) if thing else None,
        object_id=thing.pk if thing else None,
        about=row.name_of(thing) if thing else "",
        payload=payload,
        payload_hash=payload_hash,
        requested_by_id=by.account_id,
        requested_person=by.person_id,
        requested_as=by.function[:300],
        requested_at=at,
        expires_at=at + timedelta(days=installation().days(row.expires, on=by.day)),
    )
    begin(approval, by=by, at=at)
    record(PREPARE, approval, by=by, at=at)
    return approval


@action
def ask_approval(*, approval: Approval, reason: str, by: Viewer, at: datetime) -> Approval:
    """The request waits for another person, and those who may decide it know that something waits."""
    make(approval, "ask", by=by, at=at, reason=reason)
    change(approval, reason=reason.strip())
    accounts = accounts_that_may_decide_on(approval, at=at)
    if not accounts:
        raise Refused(Refusal("approvals:refusal.nobody_can", decides=str(approval.row.decided_by)))
    _tell(accounts, approval, "approvals:notice.waiting", at)
    return approval


@action
def approve_approval(*, approval: Approval, reason: str = "", by: Viewer, at: datetime) -> Approval:
    """Another person has approved, and what was asked for is done at once, or may now be done by the one who asked.

    Where it can no longer be done as it was asked, nothing is done and the request has failed, with the reason.
    """
    _refuse_system(by)
    make(approval, "approve", by=by, at=at, reason=reason)
    _decided(approval, "approve", reason=reason, by=by, at=at)
    if approval.row.carried is Carried.AT_ONCE:
        approval, _given = execute_approval(approval=approval, at=at)
    _tell([approval.requested_by], approval, f"approvals:notice.{approval.state}", at)
    return approval


@action
def deny_approval(*, approval: Approval, reason: str, by: Viewer, at: datetime) -> Approval:
    """Another person has said no, and why. Nothing is done; it may be asked for anew."""
    _refuse_system(by)
    make(approval, "deny", by=by, at=at, reason=reason)
    _decided(approval, "deny", reason=reason, by=by, at=at)
    _tell([approval.requested_by], approval, "approvals:notice.denied", at)
    return approval


@action
def withdraw_approval(*, approval: Approval, reason: str = "", by: Viewer, at: datetime) -> Approval:
    """The one who asked has taken it back. Nothing is done."""
    make(approval, "withdraw", by=by, at=at, reason=reason)
    return approval


@action
def expire_approval(*, approval: Approval, by: Viewer, at: datetime) -> Approval:
    """The request stood too long without being decided or carried out. Nothing is done."""
    make(approval, "expire", by=by, at=at)
    if approval.reason:
        _tell([approval.requested_by], approval, "approvals:notice.expired", at)
    return approval


@action
def close_bootstrapping(*, by: Viewer, at: datetime) -> InForce:
    """From now on nobody does alone what is protected. Nothing takes this back, also if the others leave."""
    row, is_new = InForce.objects.get_or_create(pk=1, defaults={"since": at})
    if by.account_id is None and not by.is_system:
        raise PermissionDenied(BEGIN)
    record(BEGIN, row, by=by, at=at, changes={"since": (None, row.since)} if is_new else {})
    return row


def _refuse_system(by: Viewer) -> None:
    """A job is no person, whatever it may see."""
    if by.is_system or by.person_id is None:
        raise PermissionDenied(Approval.lifecycle.name)


def _decided(approval: Approval, decision: str, *, reason: str, by: Viewer, at: datetime) -> None:
    change(
        approval,
        decided_by_id=by.account_id,
        decided_person=by.person_id,
        decided_at=at,
        decision=decision,
        decision_reason=reason.strip(),
    )


def _tell(accounts: list[Account], approval: Approval, kind: str, at: datetime) -> None:
    """A notice with the reference alone, and a mail that says no more than that something waits, and where."""
    notify(
        [account.pk for account in accounts],
        kind=kind,
        url=url_of(approval),
        about=approval,
        values={"reference": approval.reference},
        dedupe_key=f"{kind}:{approval.pk}",
        at=at,
    )
    for account in accounts:
        with override(account.language or settings.LANGUAGE_CODE):
            queue_mail(
                to=account.email,
                subject=_("Something waits for you in Värn"),
                body=_("Sign in and read what it is:\n\n%(link)s\n") % {"link": link_to(url_of(approval))},
                dedupe_key=f"{kind}:{approval.pk}:{account.pk}",
                at=at,
            )
