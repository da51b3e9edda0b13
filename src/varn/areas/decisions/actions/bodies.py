"""Bodies and their meetings."""

from datetime import date, datetime
from typing import Any

from django.db import models

from varn.areas.decisions.models import Body, Meeting, Reach
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.rules import Rank
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record


@action
def create_body(*, name: str, rank: Rank, unit: models.Model, by: Viewer, at: datetime, short_name: str = "") -> Body:
    """The body exists, stands at its rank, and decides for its unit."""
    require(Permission.CREATE_BODY, by=by)
    body = Body.objects.create(name=name, short_name=short_name, rank=rank, unit=unit)
    require(Permission.CREATE_BODY, by=by, on=body)
    record(Permission.CREATE_BODY, body, by=by, at=at, changes={"name": (None, name), "rank": (None, int(rank))})
    return body


@action
def change_body(*, body: Body, by: Viewer, at: datetime, **values: Any) -> Body:
    """The body has the new values; what it decided stays as it was, and is seen in the unit it now decides for."""
    require(Permission.CHANGE_BODY, by=by, on=body)
    changes = change(body, **values)
    record(Permission.CHANGE_BODY, body, by=by, at=at, changes=changes)
    if "unit" in changes:
        Reach.objects.move(body, at=at)
    return body


@action
def create_meeting(*, body: Body, date: date, by: Viewer, at: datetime) -> Meeting:
    """The body's meeting on that day stands in its calendar, once."""
    require(Permission.CREATE_MEETING, by=by, on=body)
    meeting, is_new = Meeting.objects.get_or_create(body=body, date=date)
    record(Permission.CREATE_MEETING, meeting, by=by, at=at, changes={"date": (None, date)} if is_new else {})
    return meeting
