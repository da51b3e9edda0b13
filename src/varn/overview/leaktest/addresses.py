"""Every address of the product, and what stands in it: a thing of one's own, somebody else's, or none that exists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from varn.kernel.planting import EVERYWHERE, Thing
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.world import SPECIAL, World

NO_NUMBER = 999_999_999
REFERENCE = re.compile(r"^([A-Z]+)-\d{4}-\d+$")
# The parts of an address that name one record, and what stands there for one that nobody has made.
GHOSTS = {"pk": NO_NUMBER, "uid": urlsafe_base64_encode(force_bytes(NO_NUMBER))}
# The other reader whose personal things are asked for.
OTHERS = {"stranger": "coordinator"}


class Whose(StrEnum):
    """Whose record an address is about, seen from the one who asks."""

    OWN = "own"
    LINE = "line"
    FOREIGN = "foreign"
    SPECIAL = "special"
    GHOST = "ghost"
    NONE = "none"


class NoFixture(LookupError):
    """No app has declared what stands in the addresses of this name."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One address about one record. `plot` is where the record lies; a ghost lies nowhere.

    `absent` is the same address about a record of the same kind that does not exist.
    """

    url: str
    path: str
    whose: Whose
    thing: Thing | None = None
    plot: str = ""
    hidden: tuple[str, ...] = ()
    absent: str = ""


@cache
def patterns() -> Mapping[str, URLPattern]:
    """Every URL of the product by its full name. Patterns without a name are called by their route."""
    return dict(_patterns(get_resolver(), "", ""))


def permission_of(url: str) -> str:
    """The right that the view asks for; empty where it asks for none, or lets in whoever has signed in."""
    said = getattr(patterns()[url].callback, "permission", "")
    return "" if said == "signed-in" else said


def targets(url: str, reader: Reader, world: World) -> list[Target]:
    """The addresses of this name that the reader asks for, each record once, those that do not exist last.

    Raises `NoFixture` where nothing is declared to stand in them.
    """
    wanted = patterns()[url].pattern.regex.groupindex
    if not wanted:
        return [Target(url=url, path=reverse(url), whose=Whose.NONE)]
    found: dict[str, Target] = {}
    ghosts: dict[str, Target] = {}
    part = reader.part
    asked = [(Whose.OWN, part.own), (Whose.LINE, part.line), (Whose.FOREIGN, part.foreign)]
    for whose, code in (*asked, *((Whose.SPECIAL, name) for name in SPECIAL)):
        thing, plot = _thing(url, code, reader, world, whose)
        if thing is not None:
            ghost = _ghost(url, thing, wanted)
            ghosts.setdefault(ghost.path, ghost)
            target = _target(url, thing, plot, whose, wanted, ghost)
            found.setdefault(target.path, target)
    if not found:
        raise NoFixture(url)
    return [*found.values(), *(ghost for ghost in ghosts.values() if ghost.path not in found)]


def knows(reader: Reader, target: Target) -> bool:
    """Whether the reader may know of the record, as the role table and the cast have it."""
    thing = target.thing
    if thing is None or thing.public:
        return True
    if target.plot.startswith("of "):
        return target.plot == f"of {reader.key}"
    holds = not thing.read or thing.read in reader.part.permissions
    return holds and (reader.sees(target.plot) or reader.part.is_everywhere)


def _patterns(resolver: URLResolver, namespace: str, route: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        here = f"{route}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, here)
        else:
            yield f"{namespace}{entry.name or here}", entry


def _thing(url: str, code: str, reader: Reader, world: World, whose: Whose) -> tuple[Thing | None, str]:
    for name in (url, url.rpartition("-")[0] or url):
        other = world.readers[OTHERS.get(reader.key, "stranger")] if whose is Whose.FOREIGN else reader
        for plot in (code,) if whose is Whose.SPECIAL else (code, EVERYWHERE, f"of {other.key}"):
            if plot in world.plots and name in world.plots[plot].things:
                return world.plots[plot].things[name], plot
    return None, ""


def _target(url: str, thing: Thing, plot: str, whose: Whose, wanted: Mapping[str, object], ghost: Target) -> Target:
    keys = {key: thing.keys[key] for key in wanted}
    told = (value for key, value in keys.items() if key in thing.absent or _ghostly(key, value) != value)
    said, path = tuple(str(value) for value in told if not isinstance(value, int)), reverse(url, kwargs=keys)
    return Target(url=url, path=path, whose=whose, thing=thing, plot=plot, hidden=said, absent=ghost.path)


def _ghost(url: str, like: Thing, wanted: Mapping[str, object]) -> Target:
    """The address of a record of the same kind that nobody has made."""
    keys = {key: like.absent.get(key) or _ghostly(key, like.keys[key]) for key in wanted}
    said = tuple(str(value) for key, value in keys.items() if isinstance(value, str) and value != like.keys[key])
    return Target(url=url, path=reverse(url, kwargs=keys), whose=Whose.GHOST, hidden=said)


def _ghostly(key: str, value: object) -> object:
    if key in GHOSTS:
        return GHOSTS[key]
    named = REFERENCE.match(str(value))
    return f"{named[1]}-2099-{'9' * len(str(value).rpartition('-')[2])}" if named else value
