"""Who of several may be told of a thing: nobody hears of what they do not see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from varn.mechanisms.access.guards import Guard
from varn.mechanisms.access.models import Account, Marking, Subject
from varn.mechanisms.access.querysets import GuardedQuerySet
from varn.mechanisms.access.viewer import viewer_of


def those_who_see(thing: Any, accounts: Iterable[int], at: datetime) -> list[int]:
    """Those of the accounts that are not kept from the thing by level, compartment or conflict, in their order.

    They are asked one by one where something stands beside its record; where nothing does, it keeps nobody away.
    """
    wanted = list(accounts)
    rows: Any = type(thing)._default_manager.all()
    guards = rows.guards if isinstance(rows, GuardedQuerySet) else ()
    if not any(_is_restricted(guard, thing, at) for guard in guards):
        return wanted
    seen = rows.model._default_manager
    viewers = {one.pk: viewer_of(one, at=at) for one in Account.objects.filter(pk__in=wanted)}
    return [pk for pk in wanted if pk in viewers and seen.visible_to(viewers[pk]).filter(pk=thing.pk).exists()]


def is_restricted(thing: Any, at: datetime) -> bool:
    """Whether a level above internal, a compartment or a subject keeps somebody from the record itself."""
    marked = Marking.objects.about(thing).holding(at).restricting().exists()
    return marked or Subject.objects.about(thing).holding(at).exists()


def _is_restricted(guard: Guard, thing: Any, at: datetime) -> bool:
    number = getattr(thing, guard.key, None)
    record = guard.model._base_manager.filter(pk=number).first() if isinstance(number, int) else None
    return record is not None and is_restricted(record, at)
