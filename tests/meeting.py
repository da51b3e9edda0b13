"""What happens when several do the same at the same moment: run as a program on a database of its own, it prints what
each of them got, as JSON. Threads that meet cannot share the tests' own transaction.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import django

django.setup()

# What follows needs the models, and so Django set up: this runs as a program of its own, without pytest.
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from tests.people import AT, START, build_municipality  # noqa: E402
from varn.areas.organisation import actions  # noqa: E402
from varn.areas.organisation.models import Appointment, Person, Requirement, Unit  # noqa: E402
from varn.mechanisms.access.viewer import system_viewer  # noqa: E402
from varn.mechanisms.imports.actions import DataChanged, apply_run, check_file  # noqa: E402
from varn.mechanisms.imports.models import Run  # noqa: E402
from varn.mechanisms.imports.planning import judge, try_out  # noqa: E402
from varn.mechanisms.moves.making import Refused  # noqa: E402

BY = {"by": system_viewer(at=AT, job="test"), "at": AT}
PEOPLE = "Anställningsnummer;Namn;Enhet (kod)\n" + "".join(f"m{number};Möte {number};211\n" for number in range(20))


def together(*calls: Callable[[], object]) -> list[str]:
    """What each call came to when all were made at once."""
    barrier, got = Barrier(len(calls)), [""] * len(calls)

    def run(place: int) -> None:
        barrier.wait()
        try:
            calls[place]()
            got[place] = "done"
        except Refused as refused:
            got[place] = refused.refusal.key
        except DataChanged:
            got[place] = "changed"
        except Exception as error:
            got[place] = repr(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(got)


def main() -> dict[str, object]:
    """Every meeting, by name: what each got and how many there are afterwards."""
    call_command("migrate", verbosity=0)
    place = build_municipality()
    person = Person.objects.create(employee_id="p", name="P", sort_name="p", from_date=START)
    north, south = place.units["211"], place.units["212"]
    representative = place.functions["security_representative"]
    tried = try_out(kind="people", name="p.csv", content=PEOPLE.encode(), viewer=BY["by"], at=AT)
    runs = [check_file(tried=tried, **BY) for _ in range(3)]

    def bring_in(run: Run) -> object:
        return apply_run(run=run, judged=judge(run, viewer=BY["by"], at=AT), **BY)

    def propose() -> object:
        said = {"from_date": START, "share": Decimal("0.1"), "appointed_by": "x", "person": person}
        return actions.propose_appointment(function=representative, units=[north], **said, **BY)

    def unit() -> object:
        said = {"code": "N1", "kind": "unit", "name": "N", "parent": place.units["21"], "from_date": START}
        return actions.create_unit(**said, **BY)

    def requirement() -> object:
        return actions.set_requirement(function=representative, unit_kind="place", from_date=START, **BY)

    def under(lower: Unit, upper: Unit) -> Callable[[], object]:
        day = date(2022, 2, 1)
        return lambda: actions.move_unit(
            unit=Unit.objects.get(pk=lower.pk), parent=Unit.objects.get(pk=upper.pk), from_date=day, **BY
        )

    return {
        "propose": [together(*[propose] * 4), Appointment.objects.count()],
        "unit": [together(*[unit] * 4), Unit.objects.filter(code="N1").count()],
        "requirement": [together(*[requirement] * 4), Requirement.objects.filter(unit_kind="place").count()],
        "circle": [together(under(north, south), under(south, north)), 0],
        "import": [together(*[lambda run=run: bring_in(run) for run in (*runs, runs[0])]), len(_met())],
    }


def _met() -> list[str]:
    return list(Person.objects.filter(employee_id__startswith="m").values_list("employee_id", flat=True))


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
