"""Writing the tree out: the lines of units are drawn from their periods, set-wise."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from varn.areas.organisation.models.units import Unit, UnitLine, UnitPeriod
from varn.areas.organisation.rules.kinds import AUTHORITIES
from varn.areas.organisation.rules.lines import Line, lines_of
from varn.areas.organisation.rules.periods import Stretch

AT_A_TIME = 5_000


def lives_of(unit_ids: Collection[int]) -> dict[int, list[Stretch]]:
    """The dated lives of these units and of every unit that any of them has ever lain under."""
    lives: dict[int, list[Stretch]] = {}
    wanted = set(unit_ids)
    while wanted:
        found = _read_lives(wanted)
        lives |= found
        wanted = {stretch.parent_id for life in found.values() for stretch in life} - lives.keys() - {None}
    return lives


def draw_lines(unit_ids: Collection[int]) -> int:
    """The lines that lead up from these units say what the periods say. Only lines that differed are touched.

    Returns how many were added, changed or taken away.
    """
    lives = lives_of(unit_ids)
    authorities = set(Unit.objects.filter(kind__in=AUTHORITIES).values_list("pk", flat=True))
    return sum(_redraw(part, lives, authorities) for part in _parts(sorted(unit_ids)))


def _read_lives(unit_ids: Collection[int]) -> dict[int, list[Stretch]]:
    lives: dict[int, list[Stretch]] = defaultdict(list)
    for part in _parts(sorted(unit_ids)):
        rows = UnitPeriod.objects.filter(unit__in=part).order_by("unit", "from_date")
        for unit_id, *values in rows.values_list("unit_id", "name", "parent_id", "from_date", "until_date"):
            name, parent_id, from_date, until_date = values
            lives[unit_id].append(Stretch(name=name, parent_id=parent_id, from_date=from_date, until_date=until_date))
    return dict(lives)


def _redraw(unit_ids: Sequence[int], lives: dict[int, list[Stretch]], authorities: set[int]) -> int:
    wanted = {_key(line): line for unit_id in unit_ids for line in lines_of(unit_id, lives, authorities)}
    standing = {_key(row): row for row in UnitLine.objects.filter(descendant__in=unit_ids)}
    gone = [row.pk for key, row in standing.items() if key not in wanted]
    changed = [_bring_to(standing[key], line) for key, line in wanted.items() if key in standing]
    altered = [row for row in changed if row is not None]
    new = [UnitLine(**vars(line)) for key, line in wanted.items() if key not in standing]
    for part in _parts(gone):
        UnitLine.objects.filter(pk__in=part).delete()
    UnitLine.objects.bulk_update(altered, ["until_date", "depth", "crosses"], batch_size=200)
    UnitLine.objects.bulk_create(new, batch_size=AT_A_TIME)
    return len(gone) + len(altered) + len(new)


def _bring_to(row: UnitLine, line: Line) -> UnitLine | None:
    said = (line.until_date, line.depth, line.crosses)
    if (row.until_date, row.depth, row.crosses) == said:
        return None
    row.until_date, row.depth, row.crosses = said
    return row


def _key(line: Line | UnitLine) -> tuple:
    return line.ancestor_id, line.descendant_id, line.from_date


def _parts(rows: Sequence) -> Iterator[Sequence]:
    for start in range(0, len(rows), AT_A_TIME):
        yield rows[start : start + AT_A_TIME]
