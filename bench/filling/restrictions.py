"""What a municipality has beside its records: levels, compartments, people whom a case concerns, and shares."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from varn.areas.decisions.models import Decision
from varn.areas.organisation.models import Person, Unit, UnitKind
from varn.kernel.levels import Level
from varn.mechanisms.access.models import (
    Account,
    Capacity,
    Compartment,
    CompartmentKind,
    Marking,
    Share,
    Subject,
)

# A larger municipality has no more compartments, and no more than a page of them.
ROOMS = 60


@transaction.atomic
def fill() -> None:
    """The restrictions stand beside the records.

    One decision in a hundred is sensitive, one in five hundred is sealed in a compartment, one in five hundred concerns
    somebody, one in two hundred is shared, and one person in a hundred has a protected identity.
    """
    since = timezone.now() - timedelta(days=30)
    decisions, people = _numbers(Decision), _numbers(Person)
    Marking.objects.bulk_create([*_sealed(decisions[7::500], since), *_sensitive(Decision, decisions[3::100], since)])
    Marking.objects.bulk_create(_sensitive(Person, people[5::100], since))
    Subject.objects.bulk_create(_subjects(decisions[11::500], people, since))
    Share.objects.bulk_create(_shares(decisions[13::200], since))


def _sealed(decisions: Sequence[int], since: datetime) -> list[Marking]:
    rooms, kind = _rooms(since), _kind(Decision)
    given = {"content_type": kind, "level": Level.SEALED, "from_at": since}
    return [Marking(object_id=pk, compartment=room, **given) for pk, room in zip(decisions, cycle(rooms), strict=False)]


def _sensitive(model: Any, numbers: Sequence[int], since: datetime) -> list[Marking]:
    given = {"content_type": _kind(model), "level": Level.SENSITIVE, "ground": "OSL", "from_at": since}
    return [Marking(object_id=pk, **given) for pk in numbers]


def _subjects(decisions: Sequence[int], people: Sequence[int], since: datetime) -> list[Subject]:
    given = {"content_type": _kind(Decision), "capacity": Capacity.ACCUSED, "ground": "x", "from_at": since}
    return [
        Subject(object_id=pk, person_id=people[(place * 97) % len(people)], **given)
        for place, pk in enumerate(decisions)
    ]


def _shares(decisions: Sequence[int], since: datetime) -> list[Share]:
    units = list(Unit.objects.filter(kind=UnitKind.DEPARTMENT).values_list("pk", flat=True))
    until = since + timedelta(days=170)
    given = {"content_type": _kind(Decision), "ground": "x", "from_at": since, "until_at": until}
    return [Share(object_id=pk, unit_id=units[place % len(units)], **given) for place, pk in enumerate(decisions)]


def _rooms(since: datetime) -> list[Compartment]:
    account = Account.objects.order_by("pk")[0]
    return [
        Compartment.objects.create(
            reference=f"RUM-2026-{number:04}",
            name=f"R{number}",
            kind=CompartmentKind.IRREGULARITY,
            purpose="x",
            responsible=account,
            created_at=since,
        )
        for number in range(ROOMS)
    ]


def _numbers(model: Any) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def _kind(model: Any) -> ContentType:
    return ContentType.objects.get_for_model(model)
