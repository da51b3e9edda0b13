"""What an answer must never be: others' words, a sign that something exists, a change of what is not one's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from varn.mechanisms.door.bearing import key_of
from varn.overview.leaktest.addresses import Target, permission_of
from varn.overview.leaktest.asking import Answer, Asked
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.listening import heard
from varn.overview.leaktest.rows import GROUND, Change, How
from varn.overview.leaktest.world import World

# The trail tells of every deed, also of one that was refused; it is never changed. How many numbers have been given is
# nobody's: the record that took the number is judged by itself.
OF_EVERY_DEED = {("Entry", How.ADDED), ("Counter", How.ADDED), ("Counter", How.CHANGED)}
TOLD = {"Notice", "Mail"}
# Not a fault: what the product says that it does not do at all, and that it cannot do at the moment.
SAID_PLAINLY = (501, 503)
# How much of two differing texts is shown.
SHOWN = 60


class Kind(StrEnum):
    """The ways in which something can leak."""

    CANARY = "canary"
    LOG = "log"
    TOLD = "told"
    ORACLE = "oracle"
    WRITE = "write"
    COUNT = "count"
    BROKEN = "broken"
    FILE = "file"
    UNREACHED = "unreached"
    UNPLANTED = "unplanted"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that must not be, and the request that shows it."""

    kind: Kind
    asked: Asked | None
    what: str

    def as_data(self) -> dict[str, str]:
        """The finding as another program reads it."""
        return {"kind": self.kind, "request": str(self.asked or ""), "what": self.what}


def judge(answer: Answer, target: Target, world: World) -> Iterator[Finding]:
    """What is wrong with the answer by itself."""
    reader = answer.asked.reader
    for token in sorted(answer.heard):
        if token not in world.canaries or not reader.may_hear(world.canaries[token]):
            yield Finding(kind=Kind.CANARY, asked=answer.asked, what=_called(token, world))
    for token in sorted(answer.logged):
        yield Finding(kind=Kind.LOG, asked=answer.asked, what=_called(token, world))
    if answer.status >= 500 and answer.status not in SAID_PLAINLY:
        yield Finding(kind=Kind.BROKEN, asked=answer.asked, what=str(answer.status))
    permission = permission_of(target.url) or (target.thing.read if target.thing else "")
    for change in answer.changes:
        if not _may_write(reader, change, permission):
            yield Finding(kind=Kind.WRITE, asked=answer.asked, what=_said_of(change))
        if change.model in TOLD and change.how is How.ADDED:
            yield from _wrongly_told(change, answer, world)


def compare(theirs: Answer, ghost: Answer, hidden: tuple[str, ...], ghostly: tuple[str, ...]) -> Finding | None:
    """The difference between what is not the reader's and what does not exist, where there is one."""
    one, other = theirs.plain(hidden), ghost.plain(ghostly)
    return None if one == other else Finding(kind=Kind.ORACLE, asked=theirs.asked, what=difference(one, other))


def difference(one: tuple[object, ...], other: tuple[object, ...]) -> str:
    """Where two answers part, as `Answer.plain` gives them."""
    pairs = zip(("status", "headers", "cookies", "body", "queries")[: len(one)], one, other, strict=True)
    return "; ".join(f"{name}: {_difference(mine, none)}" for name, mine, none in pairs if mine != none)


def _may_write(reader: Reader, change: Change, permission: str) -> bool:
    """Whether the cast and the role table let the reader change the rows of every plot that the change touches."""
    if (change.model, change.how) in OF_EVERY_DEED:
        return True
    if reader.account is not None and change.row.get("account_id") == reader.account.pk:
        return True
    if reader.token and change.row.get("digest") == key_of(reader.token):
        return True
    return all(_may_write_in(reader, plot, permission, change) for plot in change.plots)


def _may_write_in(reader: Reader, plot: str, permission: str, change: Change) -> bool:
    part = reader.part
    if plot.startswith("of "):
        return plot == f"of {reader.key}" or (part.is_everywhere and permission in part.permissions)
    if plot == GROUND:
        is_own = change.model == "Account" and reader.account is not None and change.pk == reader.account.pk
        return is_own or change.how is How.ADDED or permission in part.permissions
    return permission in part.permissions and (reader.sees(plot) or part.is_everywhere)


def _wrongly_told(change: Change, answer: Answer, world: World) -> Iterator[Finding]:
    for what in told_wrongly(change, world):
        yield Finding(kind=Kind.TOLD, asked=answer.asked, what=what)


def told_wrongly(change: Change, world: World) -> Iterator[str]:
    """What a mail or a notice says to somebody whose it is not."""
    row = change.row
    if change.model == "Mail":
        yield from (f"Mail.subject: {_called(token, world)}" for token in _tokens(row["subject"]))
        reader = next((one for one in world.readers.values() if one.account and one.account.email == row["to"]), None)
        here = {world.canaries[token].plot for token in _tokens(row["to"])}
        for token in _tokens(row["body"]):
            canary = world.canaries[token]
            if not (reader.may_hear(canary) if reader else canary.plot in here):
                yield f"Mail.body: {_called(token, world)}"
    elif row["object_id"] is None:
        reader = next(
            (one for one in world.readers.values() if one.account and one.account.pk == row["account_id"]), None
        )
        for token in _tokens(row["values"]):
            if reader is not None and not reader.may_hear(world.canaries[token]):
                yield f"Notice.values: {_called(token, world)}"


def _tokens(value: object) -> list[str]:
    return sorted(heard(str(value).encode()))


def _called(token: str, world: World) -> str:
    if token not in world.canaries:
        return token
    canary = world.canaries[token]
    return f"{canary.field} ({canary.plot}, {token})"


def _said_of(change: Change) -> str:
    return f"{change.how} {change.model} {change.pk} ({', '.join(sorted(change.plots))})"


def _difference(one: object, other: object) -> str:
    """The first place where the two part."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
        return ", ".join(f"{key} {one.get(key)!r} / {other.get(key)!r}" for key in sorted(keys))
    if isinstance(one, bytes) and isinstance(other, bytes):
        length = min(len(one), len(other))
        at = next((place for place in range(length) if one[place] != other[place]), length)
        start = max(0, at - SHOWN)
        return f"{one[start : at + SHOWN]!r} / {other[start : at + SHOWN]!r}"
    return f"{one!r} / {other!r}"
