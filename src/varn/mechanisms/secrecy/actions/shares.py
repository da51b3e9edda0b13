"""Sharing a record with a unit or a person outside its own units, for a time."""

from datetime import date, datetime, timedelta
from typing import Any

from varn.kernel.calendar import end_of_day
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Share
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Refused, action, record
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.links import url_of
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.secrecy.conflicts import refuse_in_conflict
from varn.mechanisms.secrecy.records import kind_of
from varn.mechanisms.secrecy.sharing import shared_name, thing_of

LONGEST = "L40"


@action
def share_record(
    *,
    thing: Any,
    last_date: date,
    ground: str,
    by: Viewer,
    at: datetime,
    unit_id: int | None = None,
    person_id: int | None = None,
) -> Share:
    """The unit or the person may read the record through the last day, at the longest as the local rule says.

    It opens reading past the border of the units alone. Refused for somebody whom the case concerns.
    """
    require(Permission.SHARE, by=by, on=thing)
    latest = by.day + timedelta(days=installation().days(LONGEST, on=by.day))
    if last_date < by.day:
        raise Refused(Refusal("access:refusal.share_ends_before_it_begins"))
    if last_date > latest:
        raise Refused(Refusal("access:refusal.share_too_long", day=latest))
    refuse_in_conflict(thing, [person_id], by=by, at=at)
    name = shared_name(unit_id, person_id)
    held = Share.objects.about(thing).holding(at).filter(unit_id=unit_id, person_id=person_id)
    if held.exists():
        raise Refused(Refusal("access:refusal.shared_already", name=name))
    share = Share.objects.create(
        content_type=kind_of(thing),
        object_id=thing.pk,
        unit_id=unit_id,
        person_id=person_id,
        ground=ground,
        from_at=at,
        until_at=end_of_day(last_date),
        given_by_id=by.account_id,
    )
    changes = {"shared_with": (None, name), "until_at": (None, share.until_at.isoformat())}
    record(Permission.SHARE, thing, by=by, at=at, changes=changes, reason=ground)
    return share


@action
def take_back_share(*, share: Share, reason: str = "", by: Viewer, at: datetime) -> Share:
    """The share ends in this second."""
    thing = thing_of(share)
    require(Permission.TAKE_BACK_SHARE, by=by, on=thing)
    if not Share.objects.holding(at).filter(pk=share.pk).exists():
        raise Refused(Refusal("access:refusal.share_is_over"))
    share.taken_back_at = at
    share.save(update_fields=["taken_back_at"])
    changes = {"shared_with": (shared_name(share.unit_id, share.person_id), None)}
    record(Permission.TAKE_BACK_SHARE, thing, by=by, at=at, changes=changes, reason=reason)
    return share


@action
def tell_of_ending_share(*, share: Share, by: Viewer, at: datetime) -> Share:
    """Whoever gave the share knows that it soon runs out; they are told once."""
    thing = thing_of(share)
    require(Permission.SHARE, by=by, on=thing)
    share.warned_at = at
    share.save(update_fields=["warned_at"])
    record(Permission.SHARE, share, by=by, at=at, changes={"warned_at": (None, at.isoformat())})
    if share.given_by_id is not None:
        values = {"reference": str(thing)}
        notify(
            [share.given_by_id], kind="access:notice.share_ends", url=url_of(thing), at=at, about=thing, values=values
        )
    return share
