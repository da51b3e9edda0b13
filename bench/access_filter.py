"""What the access filter costs: the question of a list, asked of every row and asked through `visible_to`.

    VARN_HOME=/path/to/full python -m bench.access_filter

The **whole** question brings every row of the list, with what it joins, in its order: what an export asks, and what the
filter costs by the row at the volume of the municipality. "All" asks it of the table, "seen" of `visible_to(viewer)`.
Filtered through unfiltered is at most 1.15.

The **first** page (50 rows) and the **count** (as far as 1,001) are shown beside it without a verdict: there the rows
are so few that what is seen is what a condition costs to write and to plan, whatever the volume.

Each is timed from the building of the queryset to its last row, in CPU of this process and of the database's own
process for the connection. All and seen are asked in turns, and the least of all rounds counts.

What is closed in the municipality, and to whom, is in `bench.filling.restrictions`.
"""

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.asking import NANOSECONDS_PER_MS, server
from varn.areas.decisions.models import Assignment, Decision, Dispatch, Reach
from varn.areas.organisation.models import Person, Unit, UnitKind
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Scope, Viewer

PAGE, COUNTED, AT_ONCE, MOST = 50, 1_001, 2_000, 1.15
ROUNDS_OF_WHOLE = 4
LISTS: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "decisions": (Decision, ("-date", "-pk"), ("body",)),
    "assignments": (Assignment, ("from_date", "pk"), ("decision", "office", "unit")),
    "people": (Person, ("sort_name", "pk"), ("unit", "account")),
    "dispatches": (Dispatch, ("sent_at", "pk"), ("decision__body", "recipient")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    rows = [measured(reader, viewer, name, options.rounds) for reader, viewer in readers() for name in LISTS]
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")
    worst = max(row["factor"] for row in rows)
    sys.stdout.write(f"{connection.vendor}: the dearest costs {worst} of the unfiltered; at most {MOST} is promised\n")


def measured(reader: str, viewer: Viewer, name: str, rounds: int) -> dict[str, Any]:
    """The least CPU, in milliseconds, of all rows and of those the reader sees, as whole, first page and count."""
    model, order, joined = LISTS[name]
    asked: dict[str, Callable[[Any], Any]] = {
        "whole": lambda rows: sum(1 for _row in _list(rows, order, joined).iterator(AT_ONCE)),
        "first": lambda rows: list(_list(rows, order, joined)[:PAGE]),
        "count": lambda rows: rows.order_by()[:COUNTED].count(),
    }
    found: dict[str, Any] = {"reader": reader, "list": name}
    for kind, ask in asked.items():
        turns = ROUNDS_OF_WHOLE if kind == "whole" else rounds
        all_rows, seen = _least(model, viewer, ask, turns)
        found |= {f"{kind}, all": round(all_rows, 2), f"{kind}, seen": round(seen, 2)}
    return found | {"factor": round(found["whole, seen"] / found["whole, all"], 2)}


def _least(model: Any, viewer: Viewer, ask: Callable[[Any], Any], rounds: int) -> tuple[float, float]:
    """The least CPU of the question, of every row and of those the reader sees, asked in turns."""
    spent, least = clock(), [float("inf")] * 2
    kinds: tuple[Callable[[], Any], ...] = (model.objects.all, lambda: model.objects.visible_to(viewer))
    gc.disable()
    for turn in range(rounds + 1):
        for place, rows in enumerate(kinds):
            began = spent()
            ask(rows())
            if turn:
                least[place] = min(least[place], spent() - began)
    gc.enable()
    return least[0], least[1]


def clock() -> Callable[[], float]:
    """CPU milliseconds spent so far, here and in the database's process for this connection."""
    process = server()

    def spent() -> float:
        there = int(process.read_text().split()[0]) / NANOSECONDS_PER_MS if process else 0.0
        return time.process_time() * 1000 + there

    return spent


def readers() -> Iterator[tuple[str, Viewer]]:
    """A chief executive, a coordinator of one department, and an auditor."""
    whole, department = Unit.objects.get(kind=UnitKind.MUNICIPALITY), _department()
    people = list(Person.objects.order_by("-pk").values_list("pk", "account_id")[:3])
    placed = (("chief_executive", whole), ("security_coordinator", department), ("auditor", whole))
    for (role, unit), (person, account) in zip(placed, people, strict=True):
        yield role, _viewer(role, unit, person, account)


def _viewer(key: str, unit: Unit, person: int, account: int | None) -> Viewer:
    role = ROLES[key]
    scope = Scope(
        unit_id=unit.pk,
        permissions=role.permissions,
        function=key,
        overview=role.overview,
        everything=role.overview and unit.kind == UnitKind.MUNICIPALITY,
        level=role.level,
        commands=role.commands,
    )
    return Viewer(name=key, at=timezone.now(), person_id=person, account_id=account, scopes=(scope,))


def _department() -> Unit:
    """A department whose people and decisions are as many as a department's are."""
    reached = Reach.objects.filter(unit__kind=UnitKind.DEPARTMENT).order_by("unit__code").values("unit")
    found: Unit = Unit.objects.filter(pk__in=reached[:1]).first() or Unit.objects.filter(kind=UnitKind.DEPARTMENT)[0]
    return found


def _list(rows: Any, order: tuple[str, ...], joined: tuple[str, ...]) -> Any:
    return rows.select_related(*joined).order_by(*order)


if __name__ == "__main__":
    main()
