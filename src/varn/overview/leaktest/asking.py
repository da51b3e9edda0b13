"""Asking one thing as one reader, and everything that was answered: to the eye, in the headers, and in the database."""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client
from django.utils.translation import gettext as _

from varn.mechanisms.web.chance import without_chance
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.listening import heard, unwrapped
from varn.overview.leaktest.remembering import Memory, Tally, remembering
from varn.overview.leaktest.rows import Change, Ledger

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WRITING = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What differs between two answers that say the same: values made anew for every page.
FRESH = re.compile(rb"nonce-[\w+/=-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Headers whose values are made anew for every answer; of these only the names are compared.
FRESH_HEADERS = {"X-Request-ID", "X-Request-Id", "Date", "Expires", "Content-Length"}
FILE = "a file"
Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request, exactly as it can be repeated."""

    reader: Reader
    method: str
    path: str
    htmx: bool = False
    body: Body = field(default_factory=dict)
    token: str = ""

    def __str__(self) -> str:
        who = f"{self.reader.part.name} ({self.reader.key})"
        said = _("%(method)s %(path)s as %(who)s") % {"method": self.method, "path": self.path, "who": who}
        if self.htmx:
            said += _(", with HX-Request: true")
        if self.token:
            said += _(", with a token")
        if self.body:
            said += _(", with %(body)s") % {"body": json.dumps(self.body, ensure_ascii=False, default=str)}
        return said


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered, and what happened: canaries heard, rows written, questions put to the database.

    Words that the reader sent themselves are not heard when they come back.
    """

    asked: Asked
    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    content: bytes
    heard: frozenset[str]
    logged: frozenset[str]
    queries: int
    changes: tuple[Change, ...] = ()

    @property
    def word(self) -> str:
        """The answer in one letter, as the table has it."""
        if self.status in (301, 302, 303, 307, 308):
            return "s" if self.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL)) else "g"
        return {200: "o", 404: "n", 403: "f", 405: "-", 400: "b"}.get(self.status, str(self.status))

    def plain(self, hidden: tuple[str, ...]) -> tuple[Any, ...]:
        """What can be told apart in the answer, apart from the address itself and what is made anew for every page."""
        said = {name: self._plain(value.encode(), hidden) for name, value in self.headers.items()}
        headers = {name: b"" if name in FRESH_HEADERS else value for name, value in said.items()}
        return self.status, headers, self.cookies, self._plain(self.content, hidden), self.queries

    def _plain(self, content: bytes, hidden: tuple[str, ...]) -> bytes:
        for said in sorted({self.asked.path, *hidden}, key=len, reverse=True):
            for way in {said, quote(said), quote(said, safe=""), urlencode({"": said})[1:]}:
                content = content.replace(way.encode(), b"HERE")
        return FRESH.sub(b"", without_chance(unwrapped(content)))


class Asker:
    """Asks in process; what an answer wrote is looked at and undone."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.count = ledger, 0
        self._tally = Tally()
        self._memory = Memory(self._tally)
        self._log = _Listener()
        # One for all: what an answer left in it is forgotten before the next is asked for.
        self._browser = Client(raise_request_exception=False, SERVER_NAME="localhost")

    @contextmanager
    def open(self) -> Iterator["Asker"]:
        """While it is open, every statement is counted and every line of the log is heard."""
        root = logging.getLogger()
        root.addHandler(self._log)
        try:
            with connection.execute_wrapper(self._count), remembering(self._memory):
                yield self
        finally:
            root.removeHandler(self._log)

    def forget(self) -> None:
        """Rows have come that stay: nothing is as it was."""
        self._memory.forget()

    def ask(self, asked: Asked) -> Answer:
        """What this reader gets, after which nothing of it is left."""
        self.count += 1
        self._tally.begin()
        self._log.lines.clear()
        with transaction.atomic():
            response = self._send(asked)
            content, queries, written = _content(response), self._tally.queries, self._tally.written
            changes = self.ledger.changes(written) if written else ()
            transaction.set_rollback(True)
        cookies = {name: dict(morsel) for name, morsel in response.cookies.items()}
        told = content + repr((response.headers.items(), response.cookies.output())).encode()
        return Answer(
            asked=asked,
            status=response.status_code,
            headers=dict(response.headers.items()),
            cookies=tuple(sorted(cookies)),
            content=content,
            heard=heard(told) - heard(repr(asked.body).encode()),
            logged=heard("\n".join(self._log.lines).encode()),
            queries=queries,
            changes=changes,
        )

    def _send(self, asked: Asked) -> HttpResponseBase:
        browser = self._browser
        browser.cookies.clear()
        if asked.reader.session and not asked.token:
            browser.cookies[settings.SESSION_COOKIE_NAME] = asked.reader.session
        headers = {"HX-Request": "true"} if asked.htmx else {}
        if token := asked.token or asked.reader.token:
            headers["Authorization"] = f"Bearer {token}"
        if asked.method not in ("POST", "PUT", "PATCH", "DELETE"):
            return browser.generic(asked.method, asked.path, headers=headers)
        values = {name: _sent(value) for name, value in asked.body.items()}
        if asked.method == "POST":
            return browser.post(asked.path, values, headers=headers)
        kind = "application/x-www-form-urlencoded"
        return browser.generic(asked.method, asked.path, urlencode(asked.body, doseq=True), kind, headers=headers)

    def _count(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self._tally.queries += 1
        written = WRITING.match(sql)
        if written:
            self._tally.written.add(written[1])
        return execute(sql, params, many, context)


class _Listener(logging.Handler):
    """Keeps the lines that would have stood in the log."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def _sent(value: Any) -> Any:
    return SimpleUploadedFile("prov.txt", b"prov", "text/plain") if value == FILE else value


def _content(response: HttpResponseBase) -> bytes:
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return bytes(response.content)  # type: ignore[attr-defined]
