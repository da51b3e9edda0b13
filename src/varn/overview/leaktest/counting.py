"""What a reader is shown with and without somebody else's records: it must be the same, to the letter."""

from collections.abc import Iterator, Mapping

from varn.kernel.planting import ASKED
from varn.overview.leaktest.addresses import Whose, permission_of, targets
from varn.overview.leaktest.asking import Answer, Asked, Asker
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.judging import Finding, Kind, difference
from varn.overview.leaktest.world import World

# How the same address is asked: as it is, searched, and taken out as each kind of file.
WAYS = ("", f"?q={ASKED}", "?format=csv", "?format=xlsx", "?format=pdf")
Shown = Mapping[tuple[str, str], Answer]


def shown(asker: Asker, world: World, readers: list[Reader], urls: list[str]) -> Shown:
    """Everything that each of the readers is shown of what is their own and of what is everybody's."""
    return {
        (reader.key, path): asker.ask(Asked(reader=reader, method="GET", path=path))
        for reader in readers
        for path in _paths(reader, world, urls)
    }


def compared(before: Shown, after: Shown) -> Iterator[Finding]:
    """Every place where a reader can tell that somebody else's records have come."""
    for here, first in before.items():
        then = after[here]
        one, other = first.plain(()), then.plain(())
        if one != other:
            yield Finding(kind=Kind.COUNT, asked=then.asked, what=difference(one, other))


def unconcerned(world: World, plots: set[str]) -> list[Reader]:
    """Those who can see nothing of these plots."""
    return [reader for reader in world.readers.values() if not reader.part.sees & plots]


def _paths(reader: Reader, world: World, urls: list[str]) -> Iterator[str]:
    for url in urls:
        if reader.part.is_everywhere and permission_of(url) in reader.part.permissions:
            continue
        for target in targets(url, reader, world):
            if target.whose in (Whose.OWN, Whose.LINE, Whose.NONE):
                yield from (f"{target.path}{way}" for way in WAYS)
