"""What the access filter costs: the two questions of a list, asked of every row and asked through `visible_to`.

    VARN_HOME=/path/to/full python -m bench.access_filter --restrict
    VARN_HOME=/path/to/full python -m bench.access_filter

A list asks for its first page (50 rows, with what they join, newest first or as its order is) and for its count (as
far as 1,001). "Unfiltered" asks both of every row of the table; "filtered" asks both of `visible_to(viewer)`. Each is
timed from the building of the queryset to its last row, in CPU of this process and of the database's own process for
the connection. The two are asked in turns, and the least of all rounds counts. The cost of the filter is filtered
through unfiltered, the page and the count of a list together; at most 1.15 is promised.

`--restrict` puts what a municipality would have beside its records, once: one decision in a hundred is sensitive, one
in five hundred is sealed in one of five compartments, one in five hundred concerns somebody, one in two hundred is
shared, and one person in a hundred has a protected identity.
"""

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bench.asking import NANOSECONDS_PER_MS, server
from bench.filling.restrictions import restrict
from varn.areas.decisions.models import Assignment, Decision, Dispatch, Reach
from varn.areas.organisation.models import Person, Unit, UnitKind
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Scope, Viewer

PAGE, COUNTED, MOST = 50, 1_001, 1.15
LISTS: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "decisions": (Decision, ("-date", "-pk"), ("body",)),
    "assignments": (Assignment, ("from_date", "pk"), ("decision", "office", "unit")),
    "people": (Person, ("sort_name", "pk"), ("unit", "account")),
    "dispatches": (Dispatch, ("sent_at", "pk"), ("decision__body", "recipient")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--restrict", action="store_true", help="put the restrictions beside the records, and stop")
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    if options.restrict:
        with transaction.atomic():
            restrict()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return
    rows = [measured(reader, viewer, name, options.rounds) for reader, viewer in readers() for name in LISTS]
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")
    worst = max(row["factor"] for row in rows)
    sys.stdout.write(f"{connection.vendor}: the dearest costs {worst} of the unfiltered; at most {MOST} is promised\n")


def measured(reader: str, viewer: Viewer, name: str, rounds: int) -> dict[str, Any]:
    """The least CPU, in milliseconds, of the page and of the count, of all rows and of those the reader sees."""
    model, order, joined = LISTS[name]
    asked: dict[str, Callable[[], Any]] = {
        "page, all": lambda: list(_page(model.objects.all(), order, joined)),
        "page, seen": lambda: list(_page(model.objects.visible_to(viewer), order, joined)),
        "count, all": lambda: model.objects.all().order_by()[:COUNTED].count(),
        "count, seen": lambda: model.objects.visible_to(viewer).order_by()[:COUNTED].count(),
    }
    for ask in asked.values():
        ask()
    least = dict.fromkeys(asked, float("inf"))
    spent = clock()
    gc.disable()
    for _round in range(rounds):
        for kind, ask in asked.items():
            began = spent()
            ask()
            least[kind] = min(least[kind], spent() - began)
    gc.enable()
    whole = least["page, all"] + least["count, all"]
    factor = (least["page, seen"] + least["count, seen"]) / whole
    return {
        "reader": reader,
        "list": name,
        **{kind: round(ms, 2) for kind, ms in least.items()},
        "factor": round(factor, 2),
    }


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


def _page(rows: Any, order: tuple[str, ...], joined: tuple[str, ...]) -> Any:
    return rows.select_related(*joined).order_by(*order)[:PAGE]


if __name__ == "__main__":
    main()
