"""How a decision refers to an assignment that it closes: by body, date, § and point."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

GENITIVE = re.compile(r"(?<=\w\w)s$")
NUMBER = re.compile(r"\d+[a-z]?")


@dataclass(frozen=True, kw_only=True)
class ClosingReference:
    """What a closing decision says about the assignment it closes. `point` is empty where the whole § is meant."""

    body: str
    date: date | None
    paragraph: str
    point: str = ""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One assignment of the § that is referred to: its own key, and the number and place of its clause."""

    key: int
    number: str
    position: int


def normal_paragraph(text: str) -> str:
    """The number of a § without its sign, its body and its spaces ("KS § 393" and "§393" are both "393").

    Where a year stands after it ("63/20") only the number is kept, since the year is the decision's own.
    """
    found = NUMBER.search(text.lower().replace(" ", ""))
    return found.group() if found else " ".join(text.split())


def same_body(said: str, name: str, short_name: str = "") -> bool:
    """Whether the words for a body mean the one of this name: in any case of letters, in the genitive, or shortened."""
    spoken = _bare(said)
    return spoken in (_bare(name), _bare(short_name)) if spoken else False


def found_point(point: str, candidates: Sequence[Point]) -> list[int]:
    """The keys of the assignments that a closing of this point means.

    With a point, the clause of that number, or, where the clauses are not numbered, of that place. Without one, every
    assignment of the §.
    """
    if not point:
        return [candidate.key for candidate in candidates]
    wanted = _bare(point).rstrip(".)")
    by_number = [candidate.key for candidate in candidates if candidate.number == wanted]
    if by_number or any(candidate.number for candidate in candidates):
        return by_number
    return [candidate.key for candidate in candidates if str(candidate.position) == wanted]


def _bare(words: str) -> str:
    return GENITIVE.sub("", " ".join(words.lower().split()))
