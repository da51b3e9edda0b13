"""Every form and link of a page, sent as a browser sends it: the page's own key and token, and its own fields alone."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from varn.mechanisms.web.once import FIELD
from varn.overview.leaktest.addresses import NoFixture, targets
from varn.overview.leaktest.asking import FILE
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.filling import Form, forms_in
from varn.overview.leaktest.harvesting import GARDENERS, url_at
from varn.overview.leaktest.world import World

LINK = re.compile(r'\b(?:href|hx-get)="([^"#]+\?[^"]+)"')
BUTTON = "submit"
# So many ways of filling a form in are tried of a page, and so often a form that never does what it is for.
MOST_BODIES, MOST_TRIES = 4, 3
# So many readers look at a page of which nothing is left to be done.
MOST_READERS = 1
# A page, what only takes forms, and what is only for programs.
SAME_FOR_ALL = (200, 405, 401)


@dataclass(kw_only=True)
class Drive:
    """What was met: the URLs to which forms are sent, those at which a deed was done, and what was refused."""

    met: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    asked: set[tuple[str, ...]] = field(default_factory=set)
    tries: Counter[tuple[str, ...]] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)


def drive(world: World, urls: list[str]) -> Drive:
    """Everything on everybody's pages is sent; of two that look alike, the one until it does what it is for."""
    found = Drive()
    for key in GARDENERS:
        reader = world.readers[key]
        for url in urls:
            if found.read[url] >= MOST_READERS and url not in found.met - found.done:
                continue
            for path in _paths(url, reader, world):
                page = _sent(reader, "GET", path)
                found.read[url] += page.status_code in SAME_FOR_ALL
                if page.status_code == 200 and page.headers.get("Content-Type", "").startswith("text/html"):
                    _drive_page(found, page.content, path, reader, world)
    return found


def _paths(url: str, reader: Reader, world: World) -> list[str]:
    try:
        return [target.path for target in targets(url, reader, world)[:1]]
    except NoFixture:
        return []


def _drive_page(found: Drive, page: bytes, here: str, reader: Reader, world: World) -> None:
    for form in forms_in(page, here):
        for pressed in _by_button(form):
            _drive_form(found, pressed, reader, world)
    for link in LINK.findall(page.decode()):
        _follow(found, urljoin(here, unescape(link)), reader)


def _by_button(form: Form) -> Iterator[Form]:
    """The form once for each of its buttons: a browser sends the name of the one that was pressed."""
    buttons = [name for name, each in form.fields.items() if each.kind == BUTTON]
    plain = {name: each for name, each in form.fields.items() if name not in buttons}
    yield from (replace(form, fields=plain | {name: form.fields[name]}) for name in buttons)
    yield replace(form, fields=plain)


def _drive_form(found: Drive, form: Form, reader: Reader, world: World) -> None:
    url = url_at(form.path)
    if url is None:
        return
    if form.method == "get":
        _follow(found, f"{form.path}?{urlencode({name: each.value for name, each in form.fields.items()})}", reader)
        return
    found.met.add(url)
    shape = (url, *sorted(form.fields))
    path = f"{form.path}?{form.query}" if form.query else form.path
    if shape in found.asked or found.tries[shape] >= MOST_TRIES:
        return
    if FIELD not in form.fields:
        found.refused.add(f"{reader.key} POST {path} without a key")
    for body in islice(form.bodies(world.day, world.answers(url)), MOST_BODIES):
        found.tries[shape] += 1
        answer = _sent(reader, "POST", path, {name: body[name] for name in form.fields if name in body})
        if answer.status_code == 400 or answer.leads_nowhere:
            found.refused.add(f"{reader.key} POST {path} {sorted(form.fields)}: {answer.status_code}")
            found.asked.add(shape)
            return
        if answer.status_code == 302:
            found.asked.add(shape)
            found.done.add(url)
            return


def _follow(found: Drive, address: str, reader: Reader) -> None:
    parts = urlsplit(address)
    url = url_at(parts.path)
    shape = ("GET", str(url), *sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}))
    if url is None or parts.netloc or shape in found.asked:
        return
    found.asked.add(shape)
    if _sent(reader, "GET", address).status_code == 400:
        found.refused.add(f"{reader.key} GET {address}")


def _sent(reader: Reader, method: str, path: str, body: dict[str, object] | None = None) -> HttpResponse:
    """The answer to what carries the key of its page, by which the guard is in force; what it did is undone."""
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    if reader.session:
        client.cookies[settings.SESSION_COOKIE_NAME] = reader.session
    with transaction.atomic():
        if method == "GET":
            answer = client.get(path)
        else:
            answer = client.post(path, {name: _value(value) for name, value in (body or {}).items()})
            leads = answer.headers.get("Location", "")
            answer.leads_nowhere = bool(leads) and client.get(leads).status_code in (400, 404)
        transaction.set_rollback(True)
    return answer


def _value(value: object) -> object:
    return SimpleUploadedFile("prov.txt", b"prov", "text/plain") if value == FILE else value
