"""Asking for a page as one of the readers, and the answer in one word, as the matrix writes it."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client

from tests.access.records import Records
from tests.access.world import Keys, World, address, keys_of, patterns

# What differs between two answers that say the same: the token of a form.
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
PATTERNS = dict(patterns())


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The world and its records, with a browser for each reader and what stands in the addresses they ask for."""

    world: World
    records: Records
    clients: dict[str, Client]
    keys: dict[str, Keys]

    def answer(self, name: str, role: str, method: str) -> str:
        """What this reader gets: `sign-in`, `go` (sent on to another page), or the number of the status."""
        with transaction.atomic():
            response = self.ask(name, role, method)
            transaction.set_rollback(True)
        if response.status_code == 302:
            return "sign-in" if response["Location"].startswith(resolve_url(settings.LOGIN_URL)) else "go"
        return str(response.status_code)

    def ask(self, name: str, role: str, method: str, *, keys: Keys | None = None) -> HttpResponse:
        """The response to this reader, about the department's thing or about the one that `keys` name."""
        return self.clients[role].generic(method, address(name, PATTERNS[name], keys or self.keys[role]))


def ask_in(world: World, records: Records) -> Asking:
    """Everybody sits at a browser, signed in."""
    clients = {"anonymous": Client()} | {role: Client() for role in world.readers}
    for role, reader in world.readers.items():
        clients[role].force_login(reader.account)
    keys = {role: keys_of(world, records, reader) for role, reader in world.readers.items()}
    return Asking(world=world, records=records, clients=clients, keys=keys | {"anonymous": keys["coordinator"]})


def body(response: HttpResponse) -> bytes:
    """What was answered, without the tokens of its forms."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return TOKEN.sub(b"", content)
