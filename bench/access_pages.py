"""What the access filter costs a whole page: the first page of a list as it is, and as it would be without the filter.

    VARN_HOME=/path/to/full python -m bench.access_pages

Three ways in turns, and the least CPU of all rounds counts, here and in the database's process for the connection: as
it is; with scopes alone, as before levels, compartments, conflicts and shares; and with every row of every table.
"""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from django.db.models import Q

from bench.access_filter import clock
from bench.asking import Asking, counted
from varn.mechanisms.access.guards import Guard
from varn.mechanisms.access.querysets import GuardedQuerySet

READERS = ("head", "coordinator")
PATHS = (
    "/decisions/",
    "/decisions/assignments/",
    "/decisions/dispatches/",
    "/organisation/people/",
    "/organisation/appointments/",
    "/organisation/coverage/",
    "/organisation/gaps/",
)
SEEN, OPEN = GuardedQuerySet.visible_to, Guard.open_to
WAYS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "as it is": (SEEN, OPEN),
    "scopes alone": (SEEN, lambda guard, viewer, reading: Q()),
    "every row": (lambda rows, viewer, to=None: rows, OPEN),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12)
    rounds = parser.parse_args().rounds
    asking, spent = Asking(), clock()
    for reader in READERS:
        for path in PATHS:
            ask = asking.asker(reader, path)
            statements, least = (ask(), counted(ask))[1], dict.fromkeys(WAYS, float("inf"))
            for _round in range(rounds):
                for way, (seen, opens) in WAYS.items():
                    vars_of(GuardedQuerySet, "visible_to", seen)
                    vars_of(Guard, "open_to", opens)
                    began = spent()
                    ask()
                    least[way] = min(least[way], spent() - began)
            vars_of(GuardedQuerySet, "visible_to", SEEN)
            vars_of(Guard, "open_to", OPEN)
            told = ", ".join(f"{way} {ms:.1f}" for way, ms in least.items())
            factor = least["as it is"] / least["every row"]
            sys.stdout.write(f"{reader} {path}: {statements} statements; {told}; {factor:.2f} of every row\n")
            sys.stdout.flush()


def vars_of(kind: type, name: str, value: object) -> None:
    """The class has this in the name's place, for as long as it is measured."""
    setattr(kind, name, value)


if __name__ == "__main__":
    main()
