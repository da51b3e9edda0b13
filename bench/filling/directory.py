"""How long a directory of many people takes by SCIM, on the clock and of the processor.

    VARN_HOME=<empty folder> python -m bench.filling.directory [people]

Everything goes through the whole product, one request after another, as a directory sends it the first time: each user
is looked for and then made; then all of them in one group, one more by a change, and everybody read in pages.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.directory.actions import create_token
from varn.mechanisms.directory.scim import door
from varn.mechanisms.directory.secrets import new_secret

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
USER, GROUP = (f"urn:ietf:params:scim:schemas:core:2.0:{kind}" for kind in ("User", "Group"))
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def main(people: int) -> None:
    """The times, printed."""
    settings.ALLOWED_HOSTS = ["testserver"]
    door._most = lambda at: 10**9
    call_command("migrate", verbosity=0)
    say = _speaker()
    with timed(f"look for and make {people:,} people", people):
        ids = [_made(say, number) for number in range(people)]
    members = [{"value": each} for each in ids[:-1]]
    with timed(f"one group of {people - 1:,}"):
        group = say("post", "Groups", {"schemas": [GROUP], "displayName": "Alla", "members": members})["id"]
    one = {"op": "add", "path": "members", "value": [{"value": ids[-1]}]}
    with timed("one more into it"):
        say("patch", f"Groups/{group}", {"schemas": [PATCH], "Operations": [one]})
    with timed("one of them changed"):
        change = {"op": "replace", "path": "title", "value": "Rektor"}
        say("patch", f"Users/{ids[0]}", {"schemas": [PATCH], "Operations": [change]})
    with timed("everybody read in pages of 200"):
        for start in range(1, people, 200):
            say("get", f"Users?startIndex={start}&count=200")
    with timed("the group read without its members"):
        say("get", f"Groups/{group}?excludedAttributes=members")


def _speaker() -> Callable:
    secret, at, client = new_secret(), timezone.now(), Client()
    create_token(name="Katalogen", secret=secret, by=system_viewer(at=at, job="bench"), at=at)

    def say(verb: str, path: str, body: dict | None = None) -> dict:
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer = getattr(client, verb)(f"/scim/v2/{path}", headers={"Authorization": f"Bearer {secret}"}, **sent)
        if answer.status_code >= 300:
            sys.exit(f"{verb} {path}: {answer.status_code} {answer.content[:300]!r}")
        return json.loads(answer.content or "{}")

    return say


def _made(say: Callable, number: int) -> str:
    name = f"person{number}@ekby.example"
    say("get", f"Users?filter=userName%20eq%20%22{name}%22")
    user = {"schemas": [USER, ENTERPRISE], "userName": name, "displayName": f"Person {number}", "active": True}
    user |= {"emails": [{"value": name, "primary": True}], ENTERPRISE: {"employeeNumber": f"e{number}"}}
    return say("post", "Users", user)["id"]


@contextmanager
def timed(what: str, parts: int = 0) -> Iterator[None]:
    """How long it took is printed, and how long each part."""
    begun, used = time.perf_counter(), time.process_time()
    yield
    took, cost = time.perf_counter() - begun, time.process_time() - used
    each = f"; {took / parts * 1000:.1f} and {cost / parts * 1000:.1f} ms each" if parts else ""
    print(f"{what}: {took:.1f} s, {cost:.1f} s of the processor{each}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
