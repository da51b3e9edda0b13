"""Keeping minutes that were read: what the reader understood waits for a person. Nothing is decided by it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from varn.areas.decisions.models import Body, Reading
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import AlreadyRead, Understood, body_called, require_unread
from varn.areas.decisions.rules import name_of_minutes
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.references.numbers import next_reference


@action
def read_minutes(*, minutes: Understood, by: Viewer, at: datetime, body: Body | None = None) -> Reading:
    """The minutes wait, § by §, to be confirmed by a person, in the unit of the body that decided.

    The text says which that is, where it names one that the reader registers decisions of; otherwise `body` does.
    Raises `AlreadyRead` when the same file waits already; then nothing is stored.
    """
    require(Permission.READ_MINUTES, by=by)
    require_unread(minutes.sha256, viewer=by)
    reading = _write(_unit_of(minutes, body, by), minutes, by=by, at=at)
    record(Permission.READ_MINUTES, reading, by=by, at=at, changes={"sha256": (None, minutes.sha256)})
    return reading


@action
def discard_reading(*, reading: Reading, by: Viewer, at: datetime) -> Reading:
    """The reading waits no more. What was registered from it stands."""
    require(Permission.DISCARD_READING, by=by, on=reading)
    if reading.discarded_at is not None:
        raise Refused(Refusal("decisions:refusal.reading_is_discarded"))
    record(Permission.DISCARD_READING, reading, by=by, at=at, changes=change(reading, discarded_at=at))
    return reading


def _unit_of(minutes: Understood, body: Body | None, by: Viewer) -> int:
    """Where the minutes wait: with the body that decided, otherwise in the only scope that the reader has for it."""
    for each in [*(body_called(paragraph.get("body") or "") for paragraph in minutes.paragraphs), body]:
        if each is not None and may(by, Permission.READ_MINUTES, each):
            return each.unit_id
    scopes = {scope.unit_id for scope in by.scopes_for(Permission.READ_MINUTES)}
    if len(scopes) != 1:
        raise Refused(Refusal("decisions:refusal.no_body"))
    return scopes.pop()


def _write(unit: int, minutes: Understood, *, by: Viewer, at: datetime) -> Reading:
    try:
        with transaction.atomic():
            return Reading.objects.create(
                reference=next_reference("LAS", at=at),
                unit_id=unit,
                file_name=minutes.name,
                name=name_of_minutes(minutes.paragraphs, file_name=minutes.name),
                sha256=minutes.sha256,
                paragraphs=list(minutes.paragraphs),
                created_at=at,
                created_by_id=by.account_id,
            )
    except IntegrityError as error:
        waiting = Reading.objects.filter(unit=unit, sha256=minutes.sha256, discarded_at=None)
        raise AlreadyRead(waiting.first()) from error
