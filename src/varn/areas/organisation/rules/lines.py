"""The tree written out: from the dated lives of the units follows, for every day, what lies under what."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from varn.areas.organisation.rules.periods import Stretch

DEEPEST = 60


class Circle(ValueError):
    """A unit would lie under itself."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """During a period one unit lies under another, so many steps down (0: it is the same unit).

    `crosses` says that the way down passes into another authority.
    """

    ancestor_id: int
    descendant_id: int
    depth: int
    crosses: bool
    from_date: date
    until_date: date | None


Lives = Mapping[int, Sequence[Stretch]]


def lines_of(unit_id: int, lives: Lives, authorities: Collection[int]) -> list[Line]:
    """Every line that leads up from the unit, over its whole life, with equal neighbours joined.

    `lives` holds the stretches of the unit and of all that it has ever lain under.
    """
    found = [
        line
        for stretch in lives[unit_id]
        for line in _way_up(unit_id, unit_id, stretch.from_date, stretch.until_date, 0, False, lives, authorities)
    ]
    return list(_joined(sorted(found, key=lambda line: (line.ancestor_id, line.from_date))))


def _way_up(
    unit_id: int,
    at: int,
    start: date,
    end: date | None,
    depth: int,
    crosses: bool,
    lives: Lives,
    authorities: Collection[int],
) -> Iterator[Line]:
    """The lines from the unit to the one the way has come to and on upwards, within the days from start to end."""
    if depth > DEEPEST:
        raise Circle(unit_id)
    yield Line(ancestor_id=at, descendant_id=unit_id, depth=depth, crosses=crosses, from_date=start, until_date=end)
    beyond = crosses or at in authorities
    for stretch in lives[at]:
        common = _common(stretch, start, end)
        if stretch.parent_id is not None and common:
            yield from _way_up(unit_id, stretch.parent_id, *common, depth + 1, beyond, lives, authorities)


def _common(stretch: Stretch, start: date, end: date | None) -> tuple[date, date | None] | None:
    first = max(stretch.from_date, start)
    ends = [day for day in (stretch.until_date, end) if day is not None]
    last = min(ends) if ends else None
    return None if last is not None and last <= first else (first, last)


def _joined(lines: list[Line]) -> Iterator[Line]:
    held: Line | None = None
    for line in lines:
        if held and held.until_date == line.from_date and _same(held, line):
            held = Line(**{**vars(held), "until_date": line.until_date})
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _same(one: Line, other: Line) -> bool:
    return (one.ancestor_id, one.depth, one.crosses) == (other.ancestor_id, other.depth, other.crosses)
