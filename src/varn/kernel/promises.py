"""What is promised and how it is shown: the threat model and the table of security requirements, read from data."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Standing(StrEnum):
    """How far a promise goes in this version."""

    HOLDS = "holds"
    PARTLY = "partly"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence in both languages."""

    sv: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Threat:
    """Somebody who may want something: what they can still do, what is promised against it, and where it is shown."""

    key: str
    who: Said
    still: Said
    promise: Said
    how: tuple[str, ...]
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Named:
    """A package or a part of the code that deserves suspicion, and why."""

    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ThreatModel:
    """What is worth protecting, against whom, what is not promised, and what in the product is risky in itself."""

    assets: tuple[Said, ...]
    threats: tuple[Threat, ...]
    not_promised: tuple[Said, ...]
    risky: tuple[Named, ...]
    dangerous: tuple[Named, ...]


class Answer(StrEnum):
    """How a requirement is met: the one field that its row holds beside its words."""

    SHOWN_BY = "shown_by"
    ABSENT = "absent"
    OPERATOR = "operator"
    LATER = "later"
    OUT = "out"


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """A requirement of OWASP ASVS 5.0.0 in our own words. `also` is a chosen part of Level 3 of a lower requirement.

    `places` are the tests and places that show it; `why` is the word beside any other answer.
    """

    number: str
    level: int
    says: str
    answer: Answer
    also: str = ""
    places: tuple[str, ...] = ()
    why: str = ""

    @property
    def applies(self) -> bool:
        """Whether the product has anything of the kind that the requirement is about."""
        return self.answer is not Answer.OUT


def read_threats(path: Path) -> ThreatModel:
    """The threat model in the file. Raises `KeyError`, `TypeError` or `ValueError` for what is misspelt."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return ThreatModel(
        assets=tuple(Said(**row) for row in data.pop("assets")),
        threats=tuple(_threat(key, row) for key, row in data.pop("threats").items()),
        not_promised=tuple(Said(**row) for row in data.pop("not_promised")),
        risky=tuple(Named(**row) for row in data.pop("risky")),
        dangerous=tuple(Named(**row) for row in data.pop("dangerous")),
        **data,
    )


def read_requirements(path: Path) -> tuple[Requirement, ...]:
    """The requirements in the file, in its order. Raises `ValueError` for a row with no answer, or with two."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_requirement(number, row) for number, row in data.items())


def _threat(key: str, row: dict[str, Any]) -> Threat:
    said = {name: Said(sv=row.pop(f"{name}_sv"), en=row.pop(f"{name}_en")) for name in ("who", "still", "promise")}
    return Threat(key=key, how=tuple(row.pop("how")), standing=Standing(row.pop("state")), **said, **row)


def _requirement(number: str, row: dict[str, Any]) -> Requirement:
    answers = [answer for answer in Answer if answer in row]
    if len(answers) != 1:
        raise ValueError(f"Requirement {number} needs exactly one answer, and has {len(answers)}")
    answer = answers[0]
    said = row.pop(answer)
    given = {"places": tuple(said)} if answer is Answer.SHOWN_BY else {"why": said}
    return Requirement(number=number, answer=answer, **given, **row)


FOLDER = Path(__file__).resolve().parents[1] / "promises"
THREATS = read_threats(FOLDER / "threats.toml")
REQUIREMENTS = read_requirements(FOLDER / "asvs.toml")
