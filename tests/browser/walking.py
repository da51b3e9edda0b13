"""Walking through the product as a person does, from link to link, until no new kind of page turns up.

A kind of page is the name of its URL. The walk reads pages without drawing them, with the browser's own cookies, and
looks at several of each kind: what can be done differs with the state of the thing that a page is about.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

# As many pages of one kind are read for their links as it takes to meet things in every state.
READ_OF_EACH_KIND = 16
LINK = re.compile(r'(?:href|hx-get)="([^"]+)"')
# A form that only asks leads somewhere too, by each of its buttons.
ASKING_FORM = re.compile(r"<form(?=[^>]*method=\"get\").*?</form>", re.DOTALL)
ACTION = re.compile(r'action="([^"]+)"')


@dataclass(kw_only=True)
class Walk:
    """What a walk has met: an address of each kind of page, and of what is no page (files, fragments)."""

    pages: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        """Every kind that was met."""
        return self.pages.keys() | self.others.keys()


def sign_in_as(page: Page, site: str, name: str) -> None:
    """The browser is signed in as this one of the demo's people."""
    page.goto(f"{site}/demo/people/")
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def walk(page: Page, site: str, *others: str) -> Walk:
    """Every kind of page that links lead to from where the browser is, and from these other addresses."""
    starts = [*others, page.url]
    met, read, waiting, known = Walk(), Counter(), deque(starts), set(starts)
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind is None or read[kind] >= READ_OF_EACH_KIND:
            continue
        read[kind] += 1
        for link in _links_of(page, address, site, met, kind):
            if link not in known:
                known.add(link)
                waiting.append(link)
    return met


def kind_of(address: str) -> str | None:
    """The name of the URL; `None` for what is no page of the product, such as its stylesheets."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def _links_of(page: Page, address: str, site: str, met: Walk, kind: str) -> Iterator[str]:
    response = page.request.get(address)
    if response.status != 200:
        met.faults.append(f"{address}: answered {response.status}")
        return
    if not response.headers.get("content-type", "").startswith("text/html"):
        met.others.setdefault(kind, address)
        return
    html = response.text()
    (met.pages if html.lstrip().lower().startswith("<!doctype") else met.others).setdefault(kind, response.url)
    asked = [address for form in ASKING_FORM.findall(html) for address in ACTION.findall(form)]
    for href in [*LINK.findall(html), *asked]:
        link = urljoin(response.url, unescape(href)).split("#")[0]
        if link.startswith(site) and "format=" not in link:
            yield link
