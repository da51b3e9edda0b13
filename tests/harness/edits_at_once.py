"""T-CON-1, edits: fifty people open the same record and save it at the same moment, through the real server.

Run in a process of its own on a database of its own. With `--unguarded` the guard is taken away, and the figures must
show it. Prints as JSON: the first answers, how many changes were saved, how many wrote over what their writer had not
seen, and the longest answer in seconds.
"""

import html
import json
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

# What follows needs the models, and so Django set up: this runs as a program of its own, without pytest.
from django.conf import settings  # noqa: E402
from django.core import signing  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.people import Member, build_municipality, join  # noqa: E402
from varn.mechanisms.access.assurance import Assurance, set_for  # noqa: E402
from varn.mechanisms.audit.models import Entry  # noqa: E402
from varn.mechanisms.ui.conflicts import SALT  # noqa: E402

FIFTY = 50
SERVE = """
import sys
from granian import Granian
from granian.constants import Interfaces
Granian(sys.argv[1], address="127.0.0.1", port=int(sys.argv[2]), interface=Interfaces.WSGI, blocking_threads=8,
        log_level="error").serve()
"""
FIELDS = ("csrfmiddlewaretoken", "once", "opened", "name", "title", "unit", "email", "phone")


class Person:
    """One of the fifty, with a browser's session and what they saw last."""

    def __init__(self, member: Member, number: int, port: int) -> None:
        self.phone, self.port, self.slowest = f"013-{number:03}", port, 0.0
        client = Client()
        client.force_login(member.account)
        session = client.session
        set_for(session, Assurance.PHISHING_RESISTANT, at=timezone.now(), way="passkey")
        session.save()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the page."""
        headers = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin", "Accept-Language": "sv"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
        begun = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("POST" if fields else "GET", path, urlencode(fields) if fields else None, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        self.slowest = max(self.slowest, time.monotonic() - begun)
        return answer.status, page

    def write(self, page: str) -> dict[str, str]:
        """The form as the page holds it, with this person's own number in it."""
        form = page.rpartition('class="form stack"')[2]
        found = {name: re.search(rf'name="{name}"[^>]*?value="([^"]*)"', form) for name in FIELDS}
        said = {name: html.unescape(each[1]) if each else "" for name, each in found.items()}
        self.seen = signing.loads(said["opened"], salt=SALT)["phone"]
        return said | {"phone": self.phone}


def run(target: str) -> dict[str, Any]:
    """The figures of one meeting of fifty."""
    municipality = build_municipality()
    members = [join(f"Anna{number:02} Ahlberg", municipality, "head_of_security", "1") for number in range(FIFTY)]
    about = join("Bo Berglund", municipality, "security_coordinator", "21").person
    path, port = f"/organisation/people/{about.pk}/change/", _free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVE, target, str(port)])
    try:
        _wait_for(port)
        fifty = [Person(member, number, port) for number, member in enumerate(members)]
        pages = [each.ask(path)[1] for each in fifty]
        start = Barrier(FIFTY, timeout=120)

        def save(person: Person, page: str) -> tuple[int, str, int]:
            form, rounds = person.write(page), 1
            start.wait()
            status, answer = person.ask(path, form)
            first = status
            while status == 409 and rounds < 2 * FIFTY:
                status, answer = person.ask(path, person.write(answer))
                rounds += 1
            return first, person.seen if status == 302 else "", status

        with ThreadPoolExecutor(FIFTY) as pool:
            done = list(pool.map(save, fifty, pages))
    finally:
        server.terminate()
        server.wait(timeout=30)
    return _told(fifty, done, about.pk)


def _told(fifty: list[Person], done: list[tuple[int, str, int]], pk: int) -> dict[str, Any]:
    about = Entry.objects.filter(object_id=pk, content_type__model="person", changes__has_key="phone").order_by("pk")
    wrote = {entry.changes["phone"][1]: entry.changes["phone"][0] for entry in about}
    saved = {person.phone: seen for person, (_first, seen, last) in zip(fifty, done, strict=True) if last == 302}
    unseen = [phone for phone, seen in saved.items() if wrote.get(phone, seen) != seen]
    return {
        "first answers": {str(key): count for key, count in Counter(first for first, _seen, _last in done).items()},
        "last answers": {str(key): count for key, count in Counter(last for _first, _seen, last in done).items()},
        "saved": len(saved),
        "in the trail": len(wrote),
        "written over unseen": len(unseen),
        "slowest": round(max(person.slowest for person in fifty), 2),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("Nothing is served.")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    guarded = "--unguarded" not in sys.argv
    print(json.dumps(run("varn.config.wsgi:application" if guarded else "tests.harness.unguarded:application")))
