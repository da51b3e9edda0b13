"""Recording whom a case concerns. It stands in the trail of the subject, not of the case: a reader of the case who may
not read its subjects learns nothing of them, from its history either.
"""

from datetime import datetime
from typing import Any

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Capacity, Subject
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Refused, action, record
from varn.mechanisms.secrecy.organisation import organisation
from varn.mechanisms.secrecy.records import is_seen, kind_of


@action
def record_subject(*, thing: Any, person_id: int, capacity: str, ground: str, by: Viewer, at: datetime) -> Subject:
    """The case does not exist any more for the person, nor for their line of command.

    Nobody records what would keep themselves out: somebody else must then have the case.
    """
    require(Permission.RECORD_SUBJECT, by=by, on=thing)
    held = Subject.objects.about(thing).holding(at).filter(person_id=person_id, capacity=capacity)
    name = _name(person_id)
    if held.exists():
        raise Refused(Refusal("access:refusal.already_subject", name=name))
    subject = Subject.objects.create(
        content_type=kind_of(thing),
        object_id=thing.pk,
        person_id=person_id,
        capacity=Capacity(capacity),
        ground=ground,
        from_at=at,
        recorded_by_id=by.account_id,
    )
    changes = {"subject": (None, name), "capacity": (None, subject.capacity_key)}
    record(Permission.RECORD_SUBJECT, subject, by=by, at=at, changes=changes, reason=ground)
    if not is_seen(thing, by):
        raise Refused(Refusal("access:refusal.concerns_yourself"))
    return subject


@action
def end_subject(*, subject: Subject, reason: str, by: Viewer, at: datetime) -> Subject:
    """The case exists again for the person and their line of command, where their rights otherwise reach."""
    model: Any = subject.content_type.model_class()
    require(Permission.END_SUBJECT, by=by, on=model._base_manager.get(pk=subject.object_id))
    if not reason.strip():
        raise Refused(Refusal("moves:refusal.reason_missing"))
    subject.until_at = at
    subject.save(update_fields=["until_at"])
    changes = {"subject": (_name(subject.person_id), None)}
    record(Permission.END_SUBJECT, subject, by=by, at=at, changes=changes, reason=reason)
    return subject


def _name(person_id: int) -> str:
    known = organisation().people_known([person_id]).get(person_id)
    return known.name if known else str(person_id)
