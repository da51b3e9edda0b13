"""The left navigation as data: the settings name the entries, and the reader decides which of them are shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import Link


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place to go to. `permission` opens it; without one it is open to everyone who has signed in."""

    label: str | Promise
    url_name: str
    icon: str
    permission: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """Entries under one heading. Without a heading they stand on their own."""

    label: str | Promise = ""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class ShownSection:
    """A section as one reader sees it."""

    label: str | Promise = ""
    links: list[Link] = field(default_factory=list)


def navigation(viewer: Viewer, path: str) -> list[ShownSection]:
    """The sections with what this reader may open; the entry that the page lies under is marked."""
    sections: Iterable[Section] = import_string(settings.NAVIGATION)
    found = [(section, list(_open_to(viewer, section))) for section in sections]
    here = _closest(path, (url for _, entries in found for _, url in entries))
    return [
        ShownSection(
            label=section.label,
            links=[Link(label=entry.label, url=url, icon=entry.icon, current=url == here) for entry, url in entries],
        )
        for section, entries in found
        if entries
    ]


def _open_to(viewer: Viewer, section: Section) -> Iterator[tuple[Entry, str]]:
    for entry in section.entries:
        if not entry.permission or viewer.may(entry.permission):
            try:
                yield entry, reverse(entry.url_name)
            except NoReverseMatch:
                continue


def _closest(path: str, urls: Iterable[str]) -> str:
    """The longest address that the page's own address begins with."""
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
