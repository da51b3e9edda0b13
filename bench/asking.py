"""One installation that is asked for its pages. `bench.pages` starts it and speaks with it, a line of JSON each way.

A question names the reader and the address and how many of the answers are only for warming up.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.filling.organisation import READERS
from bench.lists import pages
from varn.mechanisms.access.assurance import Assurance, set_for
from varn.mechanisms.access.models import Account

NANOSECONDS_PER_MS = 1_000_000
OK = 200


class Asking:
    """The readers of one installation, signed in."""

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {}
        for reader, email in READERS.items():
            client = self.clients[reader] = Client(SERVER_NAME="localhost")
            client.force_login(Account.objects.get(email=email))
            session = client.session
            set_for(session, Assurance.PHISHING_RESISTANT, at=timezone.now(), way="passkey")
            session.save()
        self.server = server()

    def first(self, reader: str, address: str, times: int) -> dict[str, Any]:
        """The status of the page and its SQL statements; asked for so many times that what is kept is kept."""
        ask = self.asker(reader, address)
        status = [ask() for _ in range(times)][-1]
        return {"status": status, "statements": counted(ask) if status == OK else 0}

    def once(self, reader: str, address: str) -> dict[str, Any]:
        """What one answer cost, in milliseconds: CPU of this process and of its database server, and time passed."""
        ask = self.asker(reader, address)
        began, began_cpu, began_server = time.perf_counter(), time.process_time(), self.spent()
        ask()
        cpu, server_cpu = time.process_time() - began_cpu, self.spent() - began_server
        return {"cpu": 1000 * cpu + server_cpu, "server": server_cpu, "wall": 1000 * (time.perf_counter() - began)}

    def asker(self, reader: str, address: str) -> Callable[[], int]:
        """Asks for the page as the reader and gives the status of the answer."""
        return lambda: self.clients[reader].get(address).status_code

    def spent(self) -> float:
        """The CPU milliseconds that the server's process of this connection has taken; none on SQLite."""
        return int(self.server.read_text().split()[0]) / NANOSECONDS_PER_MS if self.server else 0.0


def main() -> None:
    asking = Asking()
    say([vars(page) for page in pages()])
    for line in sys.stdin:
        question = json.loads(line)
        say(getattr(asking, question.pop("do"))(**question))


def say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)


def server() -> Path | None:
    """Where Linux tells what the server's process for this connection has spent."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/schedstat")


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
