"""Walking through the product as a person does, from link to link, to every kind of page."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

LINKS = "els => els.map(el => el.getAttribute('href'))"


def sign_in_as(page: Page, site: str, name: str) -> None:
    """The browser is signed in as this one of the demo's people."""
    page.goto(f"{site}/demo/people/")
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def kinds_of_pages(page: Page, site: str) -> dict[str, str]:
    """One address for each kind of page (name of its URL) that links lead to from where the browser is."""
    found: dict[str, str] = {}
    waiting = [page.url]
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if kind is None or kind in found:
            continue
        response = page.goto(address)
        if response is None or "text/html" not in response.headers.get("content-type", ""):
            continue
        assert response.status == 200, f"{address} answered {response.status}"
        found[kind] = address
        waiting += list(_links(page, site))
    return found


def _links(page: Page, site: str) -> Iterator[str]:
    for href in page.eval_on_selector_all("a[href]", LINKS):
        address = urljoin(page.url, href).split("#")[0]
        if address.startswith(site) and not _is_download(address):
            yield address


def _is_download(address: str) -> bool:
    parts = urlsplit(address)
    return "format=" in parts.query or parts.path.rstrip("/").endswith((".pdf", ".xlsx", ".csv"))


def _kind(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
