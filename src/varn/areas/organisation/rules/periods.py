"""The dated life of a unit: what it was called and where it lay, stretch by stretch (half-open)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


class NotStanding(ValueError):
    """The unit does not exist on the day."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """From one day until another a unit has this name and lies under this parent."""

    name: str
    parent_id: int | None
    from_date: date
    until_date: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the stretch covers the day."""
        return self.from_date <= day and (self.until_date is None or day < self.until_date)


def stretch_on(stretches: Sequence[Stretch], day: date) -> Stretch:
    """The stretch that covers the day; `NotStanding` when there is none."""
    for stretch in stretches:
        if stretch.holds(day):
            return stretch
    raise NotStanding(day)


def changed_from(stretches: Sequence[Stretch], day: date, field: str, value: Any) -> list[Stretch]:
    """The life in which `field` has the new value from the day until the next time it was changed anyway.

    What was before the day stays as it was, and so does every later change of its own.
    """
    old = getattr(stretch_on(stretches, day), field)
    result: list[Stretch] = []
    is_reached, is_over = False, False
    for part in _split(stretches, day):
        is_reached = is_reached or part.from_date >= day
        is_over = is_over or (is_reached and getattr(part, field) != old)
        result.append(replace(part, **{field: value}) if is_reached and not is_over else part)
    return merged(result)


def reach_of_change(stretches: Sequence[Stretch], day: date, field: str) -> date | None:
    """The day on which a change of `field` made from `day` would stop holding; `None` when it holds from then on."""
    old = getattr(stretch_on(stretches, day), field)
    for stretch in stretches:
        if stretch.from_date > day and getattr(stretch, field) != old:
            return stretch.from_date
    return stretches[-1].until_date


def cut(stretches: Sequence[Stretch], day: date) -> list[Stretch]:
    """The life that ends on the day: nothing is left from then on. `NotStanding` when nothing would remain."""
    kept = [part for part in _split(stretches, day) if part.from_date < day]
    if not kept:
        raise NotStanding(day)
    return kept


def merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same life with neighbouring stretches that say the same thing joined."""
    result: list[Stretch] = []
    for stretch in stretches:
        last = result[-1] if result else None
        if last and last.until_date == stretch.from_date and _same(last, stretch):
            result[-1] = replace(last, until_date=stretch.until_date)
        else:
            result.append(stretch)
    return result


def _split(stretches: Sequence[Stretch], day: date) -> list[Stretch]:
    result: list[Stretch] = []
    for stretch in stretches:
        if stretch.holds(day) and stretch.from_date < day:
            result += [replace(stretch, until_date=day), replace(stretch, from_date=day)]
        else:
            result.append(stretch)
    return result


def _same(one: Stretch, other: Stretch) -> bool:
    return (one.name, one.parent_id) == (other.name, other.parent_id)
