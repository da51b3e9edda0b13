"""Everything that one reader is shown, page by page, as text."""

import io
import zipfile
from collections.abc import Iterator

from django.db import transaction
from django.http import HttpResponse

from tests.access.asking import PATTERNS, Asking, body
from tests.access.world import Keys, address
from varn.mechanisms.search.searchables import searchables

FORMATS = ("csv", "xlsx")
SUGGESTIONS = ("organisation:unit-suggest", "organisation:person-suggest", "search:suggestions", "search:results")
# The headers that tell what is in an answer.
TELLING = ("Location", "Content-Disposition", "Content-Type")


def shown_to(asking: Asking, role: str, keys: Keys, *, asked: str) -> dict[str, str]:
    """What stands at every address for this reader, with the files that a page offers; the asking leaves no trace."""
    browser, shown = asking.browser(role), {}
    with transaction.atomic():
        for here in addresses(keys, asked=asked):
            shown[here] = _text(browser.get(here))
            for offered in (f"{here}?format={one}" for one in FORMATS if f"format={one}" in shown[here]):
                shown[offered] = _text(browser.get(offered))
        transaction.set_rollback(True)
    return shown


def addresses(keys: Keys, *, asked: str) -> Iterator[str]:
    """Every address of the product about these things, and those that search, with what is asked for."""
    for name, pattern in PATTERNS.items():
        here = address(name, pattern, keys)
        yield here
        if name.endswith("-list") or name in SUGGESTIONS:
            yield f"{here}?q={asked}"
    for searchable in searchables():
        yield f"{address('search:results', PATTERNS['search:results'], keys)}?q={asked}&kind={searchable.kind}"


def _text(response: HttpResponse) -> str:
    content = body(response)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(part) for part in book.namelist() if part.startswith("xl/"))
    headers = [f"{key}: {response.headers[key]}" for key in TELLING if key in response.headers]
    return "\n".join([str(response.status_code), *headers, content.decode("utf-8", "replace")])
