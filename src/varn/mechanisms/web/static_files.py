"""Static files under addresses that hold the digest of their content, so that a browser may keep them for good."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class Digested(StaticFilesStorage):
    """`ui/ui.css` is found at `/static/ui/ui.css?h=1a2b3c4d5e6f`; a changed file has another address."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        digest = digest_of(name) if name else ""
        return f"{address}?h={digest}" if digest else address


@cache
def digest_of(name: str) -> str:
    """The first part of the digest of the file's content; empty where there is no such file."""
    found = finders.find(name)
    return sha256(Path(found).read_bytes()).hexdigest()[:12] if isinstance(found, str) else ""
