"""The demo's data as plain values, read from its files."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
EXECUTIVE_BOARD = "Kommunstyrelsen"


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person in one appointment. A person with two appointments stands twice."""

    name: str
    function: str
    units: tuple[str, ...]
    from_date: date | None = None
    begins_in: int | None = None
    until: date | None = None
    ends_in: int | None = None
    title: str = ""
    works_in: str = ""
    share: float = 1.0
    deputy: str = ""
    employer: str = ""
    agreement: str = ""
    by: str = ""
    accepted_by: str = ""
    proposed: date | None = None

    @property
    def home(self) -> str:
        """The code of the unit the person works in."""
        return self.works_in or self.units[0]


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """Who acknowledged a dispatch, when, and with what answer."""

    by: str
    at: date
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that happened to an assignment."""

    what: str
    by: str
    at: date
    to: str = ""
    text: str = ""
    meeting: date | None = None


@dataclass(frozen=True, kw_only=True)
class Work:
    """What happened to the assignment of one clause."""

    clause: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """A decision of the story: the excerpt it stands in, its days, and what came of it."""

    file: str
    date: date
    registered: date
    verified: date
    posted: date
    dispatched: date
    secretary: str
    values: dict[str, date] = field(default_factory=dict)
    acknowledged: tuple[Acknowledgement, ...] = ()
    work: tuple[Work, ...] = ()
    main: bool = False
    content: bytes = b""
    body: str = EXECUTIVE_BOARD
    paragraph: str = ""

    @property
    def template(self) -> str:
        """The excerpt with places for its days."""
        return (FOLDER / "minutes" / self.file).read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Away:
    """That somebody says that they are away, and who stands in for them in one of their appointments."""

    name: str
    kind: str
    from_date: date
    until: date
    said: date
    function: str = ""
    deputy: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group of the directory with who is in it, and what somebody says that it gives."""

    name: str
    told: date
    members: tuple[dict[str, str], ...]
    function: str
    unit: str
    share: float
    said: date
    by: str
    decided_by: str
    ground: str
    case_number: str


@dataclass(frozen=True, kw_only=True)
class Compartment:
    """A compartment, who answers for it, and whom they let in. Grounds are the day of the finding, and who found."""

    name: str
    kind: str
    purpose: str
    responsible: str
    founded: date
    grounds: dict[str, Any]
    members: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Share:
    """A decision that somebody may read for a time."""

    file: str
    to: str
    by: str
    given: date
    until: date
    ground: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom the administrator wants as another, and why."""

    administrator: str
    reason: str


def municipality() -> dict[str, Any]:
    """The place: units, requirements, bodies, offices."""
    return _read("municipality.toml")


def members() -> tuple[Member, ...]:
    """The people in their appointments, in the order they came."""
    rows = _read("people.toml")["members"]
    return tuple(Member(from_date=row.pop("from", None), units=tuple(row.pop("units")), **row) for row in rows)


def absences() -> tuple[Away, ...]:
    """Who is away, and who stands in."""
    return tuple(Away(from_date=row.pop("from"), **row) for row in _read("people.toml")["away"])


def groups() -> tuple[Group, ...]:
    """The groups of the directory."""
    return tuple(Group(members=tuple(row.pop("members")), **row) for row in _read("people.toml")["groups"])


def compartments() -> tuple[Compartment, ...]:
    """The compartments with their members."""
    return tuple(Compartment(members=tuple(row.pop("members")), **row) for row in _read("story.toml")["compartments"])


def shares() -> tuple[Share, ...]:
    """What is shared, with whom."""
    return tuple(Share(**row) for row in _read("story.toml")["shares"])


def asked() -> tuple[Asked, ...]:
    """What waits for a second person."""
    return tuple(Asked(**row) for row in _read("story.toml")["asked"])


def minutes() -> tuple[Minutes, ...]:
    """The decisions, oldest first."""
    return tuple(_minutes(row) for row in _read("story.toml")["decisions"])


def _minutes(row: dict[str, Any]) -> Minutes:
    acknowledged = tuple(Acknowledgement(**each) for each in row.pop("acknowledged"))
    work = tuple(_work(each) for each in row.pop("assignments", ()))
    return Minutes(acknowledged=acknowledged, work=work, **row)


def _work(row: dict[str, Any]) -> Work:
    steps = tuple(Step(what=step.pop("as"), **step) for step in row["steps"])
    return Work(clause=row["clause"], steps=steps)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
