"""Whom a case keeps out, told from the case: they are given no assignment, no membership and no dispatch of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Marking, Subject
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.secrecy.organisation import organisation
from varn.mechanisms.secrecy.records import record_of


def kept_out_of(thing: Any, at: datetime) -> set[int]:
    """The numbers of the people whom the thing's record does not exist for: its subjects and their line of command."""
    named = Subject.objects.about(record_of(thing)).holding(at).values_list("person_id", flat=True)
    return set().union(*organisation().kept_out_with(named, timezone.localdate(at)).values())


def kept_out_of_rooms(compartments: Collection[int], at: datetime) -> dict[int, set[int]]:
    """For each compartment, by number, the numbers of the people whom some record in it does not exist for."""
    same = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}
    lying = Marking.objects.holding(at).filter(**same).order_by().values("compartment")[:1]
    cases = Subject.objects.holding(at).annotate(room=Subquery(lying)).filter(room__in=compartments)
    subjects = list(cases.values_list("room", "person_id"))
    out = organisation().kept_out_with([person for _room, person in subjects], timezone.localdate(at))
    kept: dict[int, set[int]] = {compartment: set() for compartment in compartments}
    for room, person in subjects:
        kept[room] |= out[person]
    return kept


def refuse_in_conflict(thing: Any, people: Collection[int | None], *, by: Viewer, at: datetime) -> None:
    """Nothing happens unless one of the people is kept out of the thing's record: then `Refused`.

    Only whoever may see whom this case concerns is told that this is why.
    """
    out = kept_out_of(thing, at) & {person for person in people if person is not None}
    if not out:
        return
    name = ", ".join(sorted(one.name for one in organisation().people_known(out).values()))
    is_told = may(by, Permission.READ_SUBJECTS, record_of(thing))
    raise Refused(
        Refusal("access:refusal.in_conflict", name=name)
        if is_told
        else Refusal("access:refusal.cannot_be_given", name=name)
    )
