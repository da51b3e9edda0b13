"""How a decision refers to an assignment that it closes: by body, date, § and point."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

GENITIVE = re.compile(r"(?<=\w\w)s$")
NUMBER = re.compile(r"\d+[a-z]?")
SEVERAL = re.compile(r"\b(?:uppdragen|samtliga|båda|bägge)\b")
STEM = 6
LONGER = re.compile(rf"[a-zåäöé]{{{STEM},}}")
# The beginnings of words that any closing holds, and that therefore name no assignment.
OF_EVERY_CLOSING = frozenset(
    ("uppdra", "kommun", "nämnde", "förkla", "fullgj", "avslut", "slutfö", "anteck", "redovi", "beslut", "återra")
)


@dataclass(frozen=True, kw_only=True)
class ClosingReference:
    """What a closing decision says about the assignment it closes.

    `point` is empty where the whole § is meant, and `only` where everyone whom the point gave something is meant.
    """

    body: str
    date: date | None
    paragraph: str
    point: str = ""
    only: str = ""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One assignment of the § that is referred to: its own key, its assignee, and its clause's number and place."""

    key: int
    number: str
    position: int
    assignee: str = ""


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


def found_point(point: str, candidates: Sequence[Point], *, only: str = "") -> list[int]:
    """The keys of the assignments that a closing of this point means.

    With a point, the clause of that number, or, where the clauses are not numbered, of that place. Without one, every
    assignment of the §. With `only`, the one of them that is this assignee's.
    """
    if only:
        candidates = [candidate for candidate in candidates if _bare(candidate.assignee) == _bare(only)]
    if not point:
        return [candidate.key for candidate in candidates]
    wanted = _bare(point).rstrip(".)")
    by_number = [candidate.key for candidate in candidates if candidate.number == wanted]
    if by_number or any(candidate.number for candidate in candidates):
        return by_number
    return [candidate.key for candidate in candidates if str(candidate.position) == wanted]


def named_among(said: str, texts: Sequence[str]) -> list[int]:
    """The places of the assignments that the words name, where one § gave several and no point is said.

    All of them where the words speak of several; otherwise the one whose own words stand there. None where that is not
    clear: a person must say.
    """
    if len(set(texts)) < 2 or SEVERAL.search(said.lower()):
        return list(range(len(texts)))
    spoken = _stems(said)
    shared = [len(spoken & _stems(text)) for text in texts]
    most = max(shared)
    named = [place for place, count in enumerate(shared) if count == most]
    return named if most and len({texts[place] for place in named}) == 1 else []


def _stems(words: str) -> set[str]:
    """The beginnings of the longer words, so that an ending does not part them."""
    return {word[:STEM] for word in LONGER.findall(words.lower())} - OF_EVERY_CLOSING


def _bare(words: str) -> str:
    return GENITIVE.sub("", " ".join(words.lower().split()))
