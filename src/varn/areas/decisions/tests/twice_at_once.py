"""Run in a process of its own by `test_concurrency`, on a database file of its own: two threads do the same thing.

Prints what each of them got, as JSON. Rows of decisions cannot be deleted, so what commits has its own database.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

# What follows needs the models, and so Django set up: this runs as a program of its own, without pytest.
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.people import AT, build_municipality, join  # noqa: E402
from varn.areas.decisions.actions import (  # noqa: E402
    acknowledge_by_link,
    close_assignments,
    dispatch_decision,
    register_decision,
)
from varn.areas.decisions.models import Assignment, Closing, Decision, Dispatch  # noqa: E402
from varn.areas.decisions.queries import To  # noqa: E402
from varn.areas.decisions.rules import secret_hash  # noqa: E402
from varn.areas.decisions.tests.bodies import DECIDED, build_bodies, in_other  # noqa: E402
from varn.mechanisms.access.viewer import system_viewer  # noqa: E402


def both(work: Callable[[], object]) -> list[str]:
    """What the two got: the kind of the result, or of the exception."""
    start = Barrier(2)

    def run(_number: int) -> str:
        start.wait()
        try:
            return type(work()).__name__
        except Exception as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, range(2)))


def main() -> dict[str, object]:
    """Registering, acknowledging by a link, and closing, each twice at once."""
    call_command("migrate", verbosity=0)
    municipality = build_municipality()
    build_bodies(municipality)
    eva = join("Eva Edvall", municipality, "committee_secretary", "1").viewer
    registered = both(lambda: register_decision(paragraph=DECIDED, by=eva, at=AT))
    decision = Decision.objects.get()
    to = To(recipient=decision.recipients.last(), name="Kansliet", email="kansliet@ekby.example")
    dispatch_decision(decision=decision, to=[to], by=eva, at=AT)
    Dispatch.objects.update(token_hash=secret_hash("nyckel"))
    link = system_viewer(at=AT, job="link")
    acknowledged = both(lambda: acknowledge_by_link(secret="nyckel", answer="", by=link, at=AT))
    later = register_decision(paragraph=in_other("Kommunfullmäktige", date=AT.date(), assignments=()), by=eva, at=AT)
    closed = both(lambda: close_assignments(assignments=[Assignment.objects.first()], decision=later, by=eva, at=AT))
    return {
        "registered": registered,
        "decisions": Decision.objects.filter(paragraph="393").count(),
        "acknowledged": acknowledged,
        "closed": closed,
        "closings": Closing.objects.count(),
        "state": Assignment.objects.first().state,
    }


if __name__ == "__main__":
    print(json.dumps(main()))
