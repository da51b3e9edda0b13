"""Fills an empty installation with a large municipality.

    VARN_HOME=… python -m bench.volume
    VARN_HOME=… python -m bench.volume --scale 0.1

The whole is 10,000 units, 50,000 appointments, 20,000 decisions and 40,000 assignments, with what gathers beside them:
closings, minutes that were read, accounts, imports, mails, notices, runs of jobs, feedback, levels, compartments,
shares, deputies, groups of the directory and requests that two must agree on. A tenth has a tenth of
the departments, each as large.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench.filling import coming, decisions, gathered, organisation, restrictions

# Many and small rather than few and large, so that the first page of every list is full at a tenth of the whole too.
DEPARTMENTS = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="the share of the whole (1.0)")
    options = parser.parse_args()
    call_command("migrate", verbosity=0, interactive=False)
    place = timed("units, people and appointments", organisation.fill, round(DEPARTMENTS * options.scale))
    timed("decisions and assignments", decisions.fill, place)
    timed("what gathers beside them", gathered.fill, place)
    timed("what is closed, and to whom", restrictions.fill)
    timed("who comes in and stands in, and what two agree on", coming.fill, place)
    timed("statistics of the database", analyse)


def timed(what: str, do: Callable[..., Any], *given: Any) -> Any:
    """What it returns, with a line that says how long it took."""
    started = time.monotonic()
    result = do(*given)
    print(f"{what}: {time.monotonic() - started:.0f} s", flush=True)
    return result


def analyse() -> None:
    """The database knows how its rows are spread, as it does in an installation that has run for a while.

    PostgreSQL would learn it by itself within minutes (autovacuum); until then it chooses its ways blindly.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main()
