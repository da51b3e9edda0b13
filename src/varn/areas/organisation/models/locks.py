"""Holding rows until the deed is done, so that two who do the same at the same time do it one after the other.

Whoever holds several takes the tree first, then units, people and offices, each in the order of their keys.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db.models import Model

from varn.areas.organisation.models.people import Office, Person
from varn.areas.organisation.models.units import Unit
from varn.areas.organisation.rules.kinds import UnitKind

M = TypeVar("M", bound=Model)
AT_A_TIME = 1_000


def hold_tree() -> None:
    """No other deed changes which unit lies where, or which units there are, until this one is done."""
    list(Unit.objects.select_for_update(no_key=True).filter(kind=UnitKind.MUNICIPALITY))


def hold_units(ids: Iterable[int]) -> dict[int, Unit]:
    """The units as they are now; they stay so, and nobody else is appointed in them, until the deed is done."""
    return _held(Unit, ids)


def hold_holders(people: Iterable[int], offices: Iterable[int] = ()) -> tuple[dict[int, Person], dict[int, Office]]:
    """The people and offices as they are now; nobody else appoints them until the deed is done."""
    return _held(Person, people), _held(Office, offices)


def _held(model: type[M], ids: Iterable[int]) -> dict[int, M]:
    rows = model._base_manager.select_for_update(no_key=True, of=("self",)).order_by("pk")
    return {row.pk: row for part in _parts(sorted(set(ids))) for row in rows.filter(pk__in=part)}


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_A_TIME):
        yield ids[start : start + AT_A_TIME]
