"""Setting up compartments, letting members in and out, and placing records in them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from varn.kernel.calendar import end_of_day
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import (
    Account,
    Compartment,
    CompartmentKind,
    Marking,
    Membership,
    MembershipRole,
)
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Refused, action, record
from varn.mechanisms.protecting import protected
from varn.mechanisms.references.numbers import next_reference
from varn.mechanisms.secrecy.conflicts import refuse_in_conflict
from varn.mechanisms.secrecy.marking import marked_anew
from varn.mechanisms.secrecy.organisation import organisation
from varn.mechanisms.secrecy.records import marking_of

SERIES = "RUM"


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """The three grounds for needing to know, each with the day it was found and who found it."""

    trusted_date: date
    trusted_by: str
    knowledgeable_date: date
    knowledgeable_by: str
    needed_date: date
    needed_by: str


@action
def create_compartment(
    *, name: str, kind: str, purpose: str, responsible: Account, grounds: Grounds, by: Viewer, at: datetime
) -> Compartment:
    """The compartment exists, with the one who answers for it as its only member."""
    require(Permission.CREATE_COMPARTMENT, by=by)
    compartment = Compartment.objects.create(
        reference=next_reference(SERIES, at=at),
        name=name,
        kind=CompartmentKind(kind),
        purpose=purpose,
        responsible=responsible,
        created_at=at,
    )
    _let_in(compartment, responsible, MembershipRole.RESPONSIBLE, grounds, None, by=by, at=at)
    changes = {"purpose": (None, purpose), "responsible": (None, str(responsible))}
    record(Permission.CREATE_COMPARTMENT, compartment, by=by, at=at, changes=changes)
    return compartment


@protected("access:membership:let_in")
@action
def grant_membership(
    *,
    compartment: Compartment,
    account: Account,
    role: str,
    grounds: Grounds,
    until_date: date | None = None,
    by: Viewer,
    at: datetime,
) -> Membership:
    """The account is a member from now on, until the day if one is set (half-open), and sees what lies there.

    Refused for somebody whom a case in the compartment concerns, and for their line of command.
    """
    require(Permission.GRANT_MEMBERSHIP, by=by, on=compartment)
    _hold(compartment)
    if Membership.objects.holding(at).filter(compartment=compartment, account=account).exists():
        raise Refused(Refusal("access:refusal.already_member", name=account.name))
    person = organisation().people_behind([account.pk]).get(account.pk)
    for marking in Marking.objects.holding(at).filter(compartment=compartment):
        refuse_in_conflict(_thing(marking), [person], by=by, at=at)
    Membership.objects.filter(compartment=compartment, account=account, ended_at=None).update(ended_at=at)
    until = end_of_day(until_date - timedelta(days=1)) if until_date else None
    membership = _let_in(compartment, account, MembershipRole(role), grounds, until, by=by, at=at)
    record(Permission.GRANT_MEMBERSHIP, compartment, by=by, at=at, changes={"member": (None, account.name)})
    return membership


@action
def end_membership(*, membership: Membership, reason: str, by: Viewer, at: datetime) -> Membership:
    """The member sees nothing of the compartment from this second on. Somebody always answers for it."""
    compartment = membership.compartment
    require(Permission.END_MEMBERSHIP, by=by, on=compartment)
    _hold(compartment)
    held = Membership.objects.holding(at).filter(compartment=compartment)
    if not held.filter(pk=membership.pk).exists():
        raise Refused(Refusal("access:refusal.member_no_more", name=membership.account.name))
    others = held.filter(role=MembershipRole.RESPONSIBLE)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused(Refusal("access:refusal.last_responsible"))
    membership.ended_at, membership.ended_because = at, reason
    membership.save(update_fields=["ended_at", "ended_because"])
    changes = {"member": (membership.account.name, None)}
    record(Permission.END_MEMBERSHIP, compartment, by=by, at=at, changes=changes, reason=reason)
    return membership


@action
def place_in_compartment(
    *, thing: Any, compartment: Compartment, reason: str = "", by: Viewer, at: datetime
) -> Marking:
    """The record lies in the compartment from now on, and only its members see it."""
    require(Permission.SET_LEVEL, by=by, on=thing)
    require(Permission.PLACE, by=by, on=compartment)
    before = marking_of(thing, at)
    if before is not None and before.compartment is not None:
        raise Refused(Refusal("access:refusal.lies_elsewhere"))
    marking = marked_anew(thing, compartment=compartment, reason=reason, by=by, at=at)
    changes = {"compartment": (None, compartment.reference)}
    record(Permission.PLACE, thing, by=by, at=at, changes=changes, reason=reason)
    return marking


@protected("access:marking:take_out")
@action
def take_out_of_compartment(*, thing: Any, reason: str, by: Viewer, at: datetime) -> Marking:
    """The record lies in no compartment any more: its level and its units alone say who sees it."""
    require(Permission.LOWER_LEVEL, by=by, on=thing)
    before = marking_of(thing, at)
    if before is None or before.compartment is None:
        raise Refused(Refusal("access:refusal.lies_in_none"))
    require(Permission.PLACE, by=by, on=before.compartment)
    if not reason.strip():
        raise Refused(Refusal("moves:refusal.reason_missing"))
    marking = marked_anew(thing, is_taken_out=True, reason=reason, by=by, at=at)
    changes = {"compartment": (before.compartment.reference, None)}
    record(Permission.LOWER_LEVEL, thing, by=by, at=at, changes=changes, reason=reason)
    return marking


def _hold(compartment: Compartment) -> None:
    """Whoever else lets members of the compartment in or out waits until this is done."""
    Compartment.objects.select_for_update().get(pk=compartment.pk)


def _let_in(
    compartment: Compartment,
    account: Account,
    role: MembershipRole,
    grounds: Grounds,
    until: datetime | None,
    *,
    by: Viewer,
    at: datetime,
) -> Membership:
    return Membership.objects.create(
        compartment=compartment,
        account=account,
        role=role,
        from_at=at,
        until_at=until,
        granted_by_id=by.account_id,
        **vars(grounds),
    )


def _thing(marking: Marking) -> Any:
    model: Any = marking.content_type.model_class()
    return model._base_manager.get(pk=marking.object_id)
