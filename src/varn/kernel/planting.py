"""What each area and mechanism declares for the leak test: its records, with words that nobody else writes in them.

An app with records or pages has a room `fixtures.py`. It may hold

    stand(plot)    what stands once for everybody: a function, a rule, the queue of mail
    plant(plot)    one of each kind of record in a department, made by the app's own actions
    give(plot)     what belongs to one account and to nobody else
    answers(plot)  what is written in fields of forms, by their names ("unit", or "organisation:unit-move.parent")
    UNPLANTED      "Model.field" or "Model": why no words of ours sit in that text

Each function yields a `Thing` for every kind of address that names one of its records.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

# With what every canary begins; eight digits follow. It survives stemming, and any case of letters.
MARK = "qzv"
# What stands beside it in every text, so that a search for this one word finds them all.
ASKED = "Kanariegul"
EVERYWHERE = "everywhere"


@dataclass(frozen=True, kw_only=True)
class Canary:
    """Words that stand in one field of one record: where it lies, and the rights each of which opens it.

    `general` are rights that open it to whoever holds them over the whole municipality, `below` rights that open it to
    whoever holds them in a unit below. With `account` it is that account's and nobody else's.
    """

    token: str
    field: str
    plot: str
    read: frozenset[str]
    general: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    account: int | None = None


class Canaries:
    """Every canary that has been let out, by its token."""

    def __init__(self) -> None:
        self.known: dict[str, Canary] = {}

    def __getitem__(self, token: str) -> Canary:
        return self.known[token]

    def __contains__(self, token: str) -> bool:
        return token in self.known

    def let_out(self, **described: Any) -> Canary:
        """One more canary, like no other."""
        canary = Canary(token=f"{MARK}{len(self.known) + 1:08}", **described)
        self.known[canary.token] = canary
        return canary


@dataclass(frozen=True, kw_only=True)
class Words:
    """Makes the words for the texts of one kind of record: new ones for each field of each record."""

    canaries: Canaries
    plot: str
    read: frozenset[str]
    general: frozenset[str]
    below: frozenset[str]
    account: int | None

    def __call__(self, field: str) -> str:
        """The words for this field ("Person.name"): the canary, and the one word by which all are found."""
        return f"{self.key(field)} {ASKED}"

    def key(self, field: str) -> str:
        """The canary alone, where an address, a number or a file's name takes no blanks."""
        rights = {"read": self.read, "general": self.general, "below": self.below}
        return self.canaries.let_out(field=field, plot=self.plot, account=self.account, **rights).token


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One record that addresses name, as URLs call it ("decisions:decision"), with what stands in them.

    `read` is the right without which it does not exist; empty where everybody who comes in may know of it. `public`
    things are the same for everyone: they have no owner, and nobody's are foreign. `absent` is what stands in an
    address of its kind for one that does not exist, where that is neither a number nor a reference.
    """

    name: str
    keys: Mapping[str, object]
    read: str = ""
    record: Any = None
    public: bool = False
    absent: Mapping[str, object] = field(default_factory=dict)


@dataclass(kw_only=True)
class Plot:
    """Where records are made: a department, an account of one reader, or everybody's (`EVERYWHERE`).

    `things` are those that lie here already, the areas' first; `about` is what a department consists of, and `by` the
    reader who plants, as the actions want it.
    """

    name: str
    canaries: Canaries
    by: Any
    at: datetime
    day: date
    account: Any = None
    about: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)

    def words(self, *read: str, general: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> Words:
        """Words that whoever holds one of these rights here may hear.

        `general` are rights that hold everywhere, `below` those that suffice in a unit below this one.
        """
        account = self.account.pk if self.account else None
        return Words(
            canaries=self.canaries,
            plot=self.name,
            read=frozenset(map(str, read)),
            general=frozenset(map(str, general)),
            below=frozenset(map(str, below)),
            account=account,
        )

    def made(self, name: str) -> Any:
        """The record of this kind that lies here."""
        return self.things[name].record

    def keep(self, things: Iterator[Thing]) -> None:
        """The things lie here."""
        self.things.update({thing.name: thing for thing in things})
