"""Asking for a page as one of the readers, and the answer in one word, as the matrix writes it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client

from tests.access.records import Records
from tests.access.world import Keys, World, address, keys_of, patterns
from varn.mechanisms.access.models import Account
from varn.mechanisms.web.chance import without_chance

PATTERNS = dict(patterns())


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The world and its records, with each reader's session and what stands in the addresses they ask for."""

    world: World
    records: Records
    sessions: dict[str, str]
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
        return self.browser(role).generic(method, address(name, PATTERNS[name], keys or self.keys[role]))

    def browser(self, role: str) -> Client:
        """A browser as the reader left it after signing in: what another answer did to it is forgotten."""
        client = Client()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


def ask_in(world: World, records: Records) -> Asking:
    """Everybody has signed in."""
    sessions = {role: _sign_in(reader.account) for role, reader in world.readers.items()}
    keys = {role: keys_of(world, records, reader) for role, reader in world.readers.items()}
    return Asking(world=world, records=records, sessions=sessions, keys=keys | {"anonymous": keys["coordinator"]})


def _sign_in(account: Account) -> str:
    client = Client()
    client.force_login(account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def body(response: HttpResponse, *, plain: bool = True) -> bytes:
    """What was answered; `plain` without what is random in it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return without_chance(content) if plain else content
