"""The kind of a browser and of its system, from what it says of itself. Nothing finer is kept."""

from dataclasses import dataclass

# Many call themselves by others' names as well: the first that fits is meant.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The names of a browser and its system; empty where they are not known."""

    browser: str = ""
    system: str = ""


def kind_of(agent: str) -> Kind:
    """The kind that calls itself so."""
    return Kind(browser=_first(BROWSERS, agent), system=_first(SYSTEMS, agent))


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in names if mark in agent), "")
