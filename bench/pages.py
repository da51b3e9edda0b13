"""What the pages cost: SQL statements, CPU milliseconds with the template, and how long an answer takes.

    VARN_HOME=… python -m bench.pages full.json      measures the installation that bench.volume filled
    python -m bench.table tenth.json full.json       the figures of two measurements as a Markdown table

Each page is asked for by two readers: the head of security, who sees everything, and a coordinator of one department.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from bench.filling.organisation import READERS
from varn.mechanisms.access.models import Account

WARM, TIMES = 2, 15
ASKING = ("head", "coordinator")
# The name of a page, its address, and whether it is the first page of a list, for which the bounds hold.
PAGES = (
    ("Min dag", "/my-day/", False),
    ("Lägesbild", "/picture/", False),
    ("Coverage", "/organisation/coverage/", True),
    ("Gaps", "/organisation/gaps/", True),
    ("Units", "/organisation/units/", True),
    ("Units, second page by name", "/organisation/units/?page=2", False),
    ("People", "/organisation/people/", True),
    ("People, by name", "/organisation/people/?q=Person+7", False),
    ("Appointments", "/organisation/appointments/", True),
    ("Appointments, ending", "/organisation/appointments/?state=ending", False),
    ("Requirements", "/organisation/requirements/", True),
    ("Decisions", "/decisions/", True),
    ("Decisions, by title", "/decisions/?q=trygghet", False),
    ("Assignments", "/decisions/assignments/", True),
    ("Assignments, open", "/decisions/assignments/?open=true", True),
    ("Dispatches", "/decisions/dispatches/", True),
    ("Dispatches, waiting", "/decisions/dispatches/?waiting=true", False),
    ("Bodies", "/decisions/bodies/", True),
    ("Search", "/search/?q=trygghet", False),
    ("Notices", "/notices/", True),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="where the figures go")
    parser.add_argument("--only", default="", help="pages whose address holds this")
    options = parser.parse_args()
    options.file.write_text(json.dumps(measure(options.only), indent=1), encoding="utf-8")


def measure(only: str) -> list[dict[str, Any]]:
    """The figures of every page for both readers."""
    return [
        figures(reader, name, address, is_list)
        for reader in ASKING
        for name, address, is_list in PAGES
        if only in address
    ]


def figures(reader: str, name: str, address: str, is_list: bool) -> dict[str, Any]:
    """The figures of one page: its status, its statements, its CPU, and the middle and slow answers in milliseconds.

    Of the CPU the least of all times is taken, so that what else the machine does counts as little as can be.
    """
    ask = asker(reader, address)
    status = [ask() for _ in range(WARM)][-1]
    statements = counted(ask)
    cpu, wall = [], []
    for _ in range(TIMES):
        began, began_cpu = time.perf_counter(), time.process_time()
        ask()
        cpu.append(1000 * (time.process_time() - began_cpu))
        wall.append(1000 * (time.perf_counter() - began))
    slow = statistics.quantiles(wall, n=20)[-1]
    print(f"{reader:12} {name:28} {status} {statements:3} statements {min(cpu):7.1f} ms CPU", flush=True)
    return {
        "reader": reader, "page": name, "is_list": is_list, "status": status, "statements": statements,
        "cpu": min(cpu), "p50": statistics.median(wall), "p95": slow,
    }  # fmt: skip


def asker(reader: str, address: str) -> Callable[[], int]:
    """Asks for the page as the reader and gives the status of the answer."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(email=READERS[reader]))
    return lambda: client.get(address).status_code


def counted(ask: Callable[[], int]) -> int:
    """How many SQL statements one answer takes."""
    count = 0

    def note(execute: Callable[..., Any], *given: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*given)

    with connection.execute_wrapper(note):
        ask()
    return count


if __name__ == "__main__":
    main()
