"""What a reader is shown with and without somebody else's records: it must be the same, to the letter."""

from collections.abc import Iterable, Iterator, Mapping

from varn.kernel.planting import ASKED
from varn.overview.leaktest import cast
from varn.overview.leaktest.addresses import Whose, permission_of, targets
from varn.overview.leaktest.asking import Answer, Asked, Asker
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.judging import Finding, Kind, difference
from varn.overview.leaktest.world import World

# What a reader is shown of an answer: all but the number of questions, which what lies in memory changes as well.
SHOWN = 4
# What stands on the page comes after the status, the headers and the cookies.
BODY = 3
SEARCHED = f"?q={ASKED}"
FORMATS = ("csv", "xlsx", "pdf", "json")
Shown = Mapping[tuple[str, str], Answer]


def shown(asker: Asker, world: World, readers: list[Reader], urls: list[str]) -> Shown:
    """Everything that each of the readers is shown of what is their own and of what is everybody's."""
    answers: dict[tuple[str, str], Answer] = {}
    for reader in readers:
        for path, is_list in _paths(reader, world, urls):
            first = asker.ask(Asked(reader=reader, method="GET", path=path))
            answers[reader.key, path] = first
            for way in ways(is_list, offered(first.content)):
                answers[reader.key, path + way] = asker.ask(Asked(reader=reader, method="GET", path=path + way))
    return answers


def offered(page: bytes) -> list[str]:
    """The files that the page can be taken out as."""
    return [each for each in FORMATS if f"format={each}".encode() in page]


def ways(is_list: bool, formats: Iterable[str]) -> list[str]:
    """How else the same address is asked: searched, and taken out as each kind of file that it offers."""
    return [*([SEARCHED] if is_list else []), *(f"?format={each}" for each in formats)]


def compared(before: Shown, after: Shown, asker: Asker) -> Iterator[Finding]:
    """Every place where a reader can tell that somebody else's records have come.

    A page that is never twice the same, because it shows a secret made for it, is not compared by what stands on it.
    """
    for here, first in before.items():
        then = after.get(here)
        if then is None:
            yield Finding(kind=Kind.COUNT, asked=first.asked, what="")
            continue
        one, other = first.plain(())[:SHOWN], then.plain(())[:SHOWN]
        if one != other and not (one[:BODY] == other[:BODY] and _is_never_the_same(then, asker)):
            yield Finding(kind=Kind.COUNT, asked=then.asked, what=difference(one, other))


def _is_never_the_same(answer: Answer, asker: Asker) -> bool:
    once, again = (asker.ask(answer.asked).plain(())[BODY] for _ in range(2))
    return once != again


def unconcerned(world: World, plots: set[str]) -> list[Reader]:
    """Those who can see nothing of these plots. The directory is none of them: it sees its own register everywhere."""
    readers = world.readers.values()
    return [one for one in readers if not one.part.sees & plots and one.part.kind is not cast.Kind.DIRECTORY]


def _paths(reader: Reader, world: World, urls: list[str]) -> Iterator[tuple[str, bool]]:
    for url in urls:
        if reader.part.is_everywhere and permission_of(url) in reader.part.permissions:
            continue
        for target in targets(url, reader, world):
            if target.whose in (Whose.OWN, Whose.LINE, Whose.NONE):
                yield target.path, target.whose is Whose.NONE
