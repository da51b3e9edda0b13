"""Sending a decision to its recipients, and their acknowledgement. Mail holds a link and nothing of the decision."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from varn.areas.decisions.lifecycle import AssignmentState, DecisionState
from varn.areas.decisions.models import Decision, Dispatch, Reach
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import To, accounts_of, is_sent_to_who_answers, require_reason, seen_in
from varn.areas.decisions.rules import LINK, Ground, new_secret, secret_hash
from varn.kernel.calendar import end_of_day
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.moves.making import Refused, make
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.notices.outbox import link_to, queue_mail
from varn.mechanisms.secrecy.conflicts import refuse_in_conflict


@action
def dispatch_decision(*, decision: Decision, to: Sequence[To], by: Viewer, at: datetime) -> list[Dispatch]:
    """The decision is sent to those whom a person has confirmed, and from now on it can be seen in their units.

    Whoever has an account gets a notice; the others a mail with a link. Nobody is sent the same decision twice on the
    same line. Its decided assignments are dispatched, those for which whoever answers has been sent it.
    """
    require(Permission.DISPATCH_DECISION, by=by, on=decision)
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if locked.state == DecisionState.ANNULLED:
        raise Refused(Refusal("decisions:refusal.is_annulled"))
    refuse_in_conflict(decision, [each.person_id for each in to], by=by, at=at)
    sent = [_send(decision, each, by=by, at=at) for each in to if not _is_sent(each)]
    if not sent:
        raise Refused(Refusal("decisions:refusal.nothing_to_send"))
    names = ", ".join(dispatch.name for dispatch in sent)
    record(Permission.DISPATCH_DECISION, decision, by=by, at=at, changes={"recipients": (None, names)})
    for assignment in decision.assignments.filter(state=AssignmentState.DECIDED):
        if is_sent_to_who_answers(assignment, viewer=by):
            make(assignment, "dispatch", by=by, at=at)
    return sent


@action
def acknowledge_dispatch(*, dispatch: Dispatch, answer: str, by: Viewer, at: datetime) -> Dispatch:
    """The recipient has received the decision, and has said what they will do, if they wish."""
    require(Permission.ACKNOWLEDGE, by=by, on=dispatch)
    return _acknowledge(_locked(dispatch), answer, name=by.name, by=by, at=at)


@action
def acknowledge_by_link(*, secret: str, answer: str, by: Viewer, at: datetime) -> Dispatch:
    """The recipient without an account has received the decision; the link works no more.

    One that is unknown, used or too old is refused in the same words.
    """
    dispatch = Dispatch.objects.select_for_update().filter(token_hash=secret_hash(secret), acknowledged_at=None).first()
    if dispatch is None or dispatch.token_expires_at is None or dispatch.token_expires_at <= at:
        raise Refused(Refusal("decisions:refusal.link_does_not_work"))
    return _acknowledge(dispatch, answer, name=dispatch.name, by=by, at=at)


@action
def remind_dispatch(*, dispatch: Dispatch, by: Viewer, at: datetime) -> Dispatch:
    """The recipient is reminded, with a new link that takes the old one's place.

    Where there is neither an account nor an address, it stands with the dispatch that nobody could be reached.
    """
    require(Permission.REMIND, by=by, on=dispatch.decision)
    dispatch = _locked(dispatch)
    _refuse_settled(dispatch)
    if dispatch.decision.state == DecisionState.ANNULLED:
        raise Refused(Refusal("decisions:refusal.is_annulled"))
    is_reached = _reach_out(dispatch, kind="decisions:notice.reminded", by=by, at=at)
    found = {"reminded_at": at, "unreachable_at": None} if is_reached else {"unreachable_at": at}
    record(Permission.REMIND, dispatch, by=by, at=at, changes=change(dispatch, **found))
    return dispatch


@action
def take_back_dispatch(*, dispatch: Dispatch, reason: str, by: Viewer, at: datetime) -> Dispatch:
    """The decision was sent there by mistake: it is not awaited from there, and is not seen there for that any more.

    A link that was sent works no more. Refused once it is acknowledged. An assignment for which whoever answers is then
    not sent it any more is not dispatched either.
    """
    require(Permission.TAKE_BACK_DISPATCH, by=by, on=dispatch.decision)
    require_reason(reason)
    dispatch = _locked(dispatch)
    _refuse_settled(dispatch)
    changes = change(dispatch, taken_back_at=at, token_hash="", token_expires_at=None)
    said = {"taken_back_at": changes["taken_back_at"]}
    record(Permission.TAKE_BACK_DISPATCH, dispatch, by=by, at=at, changes=said, reason=reason)
    dispatch.reaches.end(at)
    for assignment in dispatch.decision.assignments.filter(state=AssignmentState.DISPATCHED):
        if not is_sent_to_who_answers(assignment, viewer=by):
            make(assignment, "recall", by=by, at=at, reason=reason)
    return dispatch


def _send(decision: Decision, to: To, *, by: Viewer, at: datetime) -> Dispatch:
    if to.recipient.pk is None:
        to.recipient.save()
    dispatch = Dispatch.objects.create(
        decision=decision,
        recipient=to.recipient,
        unit_id=to.unit_id,
        person_id=to.person_id,
        name=to.name,
        email=to.email,
        sent_at=at,
    )
    Reach.objects.hold(decision, seen_in(dispatch, by.day), Ground.RECIPIENT, at=at, dispatch=dispatch)
    record(Permission.DISPATCH_DECISION, dispatch, by=by, at=at, changes={"recipient": (None, to.name)})
    if not _reach_out(dispatch, kind="decisions:notice.dispatched", by=by, at=at):
        raise Refused(Refusal("decisions:refusal.cannot_be_reached", name=dispatch.name))
    return dispatch


def _is_sent(to: To) -> bool:
    if to.recipient.pk is None:
        return False
    rows = Dispatch.objects.standing().filter(recipient=to.recipient)
    if to.person_id is not None:
        return rows.filter(person=to.person_id).exists()
    if to.unit_id is not None:
        return rows.filter(unit=to.unit_id, person=None).exists()
    return rows.filter(unit=None, person=None, name=to.name).exists()


def _reach_out(dispatch: Dispatch, *, kind: str, by: Viewer, at: datetime) -> bool:
    """A notice to each account that may receive for the recipient; otherwise a mail with a new secret; whether either.

    Whoever sends is not told of it, unless nobody else can acknowledge.
    """
    accounts = accounts_of(dispatch, timezone.localdate(at))
    url = reverse("decisions:dispatch-acknowledge", args=[dispatch.pk])
    values = {"reference": dispatch.decision.reference}
    others = [account for account in accounts if account != by.account_id]
    notify(others or accounts, kind=kind, about=dispatch, url=url, values=values, at=at)
    if accounts or not dispatch.email:
        return bool(accounts)
    secret = new_secret()
    change(dispatch, token_hash=secret_hash(secret), token_expires_at=_end_of_links_sent(timezone.localdate(at)))
    _mail_link(dispatch.email, secret, at)
    return True


def _end_of_links_sent(day: date) -> datetime:
    """When links sent that day are good no more: after the municipality's own number of days."""
    return end_of_day(day + timedelta(days=installation().days(LINK, on=day)))


def _mail_link(to: str, secret: str, at: datetime) -> None:
    link = link_to(reverse("decisions:dispatch-link", args=[secret]))
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Something waits for your acknowledgement")
        body = _("Open the link to see what it is and acknowledge that you have received it:") + f"\n\n{link}\n"
    queue_mail(to=to, subject=subject, body=body, at=at)


def _locked(dispatch: Dispatch) -> Dispatch:
    return Dispatch.objects.select_for_update(of=("self",)).select_related("decision").get(pk=dispatch.pk)


def _refuse_settled(dispatch: Dispatch) -> None:
    if dispatch.acknowledged_at is not None:
        raise Refused(Refusal("decisions:refusal.already_acknowledged"))
    if dispatch.taken_back_at is not None:
        raise Refused(Refusal("decisions:refusal.is_taken_back"))


def _acknowledge(dispatch: Dispatch, answer: str, *, name: str, by: Viewer, at: datetime) -> Dispatch:
    _refuse_settled(dispatch)
    changes = change(dispatch, acknowledged_at=at, acknowledged_by=name, account_id=by.account_id, answer=answer)
    record(Permission.ACKNOWLEDGE, dispatch, by=by, at=at, changes=changes)
    return dispatch
