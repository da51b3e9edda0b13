"""Whom the minutes mean by a recipient: read from the line alone, before anybody is looked up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from varn.areas.decisions.rules.kinds import Purpose

PURPOSES: tuple[tuple[Purpose, re.Pattern[str]], ...] = (
    (Purpose.ASSIGNMENT, re.compile(r"\b(?:för )?uppdrag\b")),
    (Purpose.ACTION, re.compile(r"\bför (?:åtgärd|verkställ\w*|handläggning)\b|^åtgärd$")),
    (Purpose.INFORMATION, re.compile(r"\bför kännedom\b|^kännedom$|^f\.?k\.?$")),
)
REMARK = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
TAIL = re.compile(r"\s*[,–-]?\s+(för (?:åtgärd|kännedom|verkställ\w*|handläggning|uppdrag))\s*$", re.IGNORECASE)
ALL = r"(?:samtliga|alla|stadens|kommunens)"
COMMITTEES = re.compile(rf"^(?:{ALL} (?:\w+ )?nämnder(?:na)?|nämnderna)\b")
DEPARTMENTS = re.compile(rf"^(?:{ALL} (?:\w+ )?förvaltningar(?:na)?|förvaltningarna)\b")
COMPANIES = re.compile(rf"^(?:{ALL} (?:\w+ )?bolag(?:en)?|bolagen)\b")
AND = re.compile(r"^(?P<all>\w+) (?P<first>nämnder|förvaltningar|bolag) och (?P<second>nämnder|förvaltningar|bolag)$")
ARCHIVE = re.compile(r"^(?:akten|ärendet|diariet|diarieakten|pärm\w*|författningssamlingen|anslagstavlan)$")
PERSON = re.compile(r"^[A-ZÅÄÖÉ][\w'’-]+(?: (?:[A-ZÅÄÖÉ][\w'’.-]*|von|af|de|van))+$")


class AddresseeKind(StrEnum):
    """How a recipient is to be looked up."""

    ALL_COMMITTEES = "all_committees"
    ALL_DEPARTMENTS = "all_departments"
    ALL_COMPANIES = "all_companies"
    NAMED = "named"
    HOLDER = "holder"
    ARCHIVE = "archive"


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """One recipient as the line says it: whom to look up, and why they are sent the decision.

    `HOLDER` is a function with its holder's name beside it; `NAMED` is a unit, a company, an office or a person.
    """

    kinds: tuple[AddresseeKind, ...]
    name: str
    holder: str = ""
    purpose: Purpose = Purpose.INFORMATION


def addressee(line: str) -> Addressee:
    """The addressee of one line under "Beslutet skickas till". Nothing is guessed about who it is."""
    words, remark = _without_remark(" ".join(line.split()).rstrip(".;"))
    purpose = next((purpose for purpose, pattern in PURPOSES if pattern.search(remark.lower())), Purpose.INFORMATION)
    kinds = _groups(words.lower())
    if kinds:
        return Addressee(kinds=kinds, name=words, purpose=purpose)
    if ARCHIVE.match(words.lower()):
        return Addressee(kinds=(AddresseeKind.ARCHIVE,), name=words, purpose=purpose)
    function, comma, holder = words.partition(",")
    if comma and PERSON.match(holder.strip()):
        return Addressee(kinds=(AddresseeKind.HOLDER,), name=function.strip(), holder=holder.strip(), purpose=purpose)
    return Addressee(kinds=(AddresseeKind.NAMED,), name=words, purpose=purpose)


def purpose_for(line: str, assignees: Iterable[str]) -> Purpose:
    """Why the line is sent the decision: as it says itself, otherwise for the assignment that its § gives it."""
    meant = addressee(line)
    _, remark = _without_remark(" ".join(line.split()).rstrip(".;"))
    if remark or meant.purpose is not Purpose.INFORMATION:
        return meant.purpose
    given = {_plain(words) for words in assignees}
    is_given = bool(given & {_plain(words) for words in (meant.name, meant.holder) if words})
    return Purpose.ASSIGNMENT if is_given else Purpose.INFORMATION


def _plain(words: str) -> str:
    """The words without case of letters and the definite ending ("Kommundirektören" is "kommundirektör")."""
    return re.sub(r"(?:en|n)$", "", " ".join(words.lower().split()).rstrip(".,;"))


def groups_meant(words: str) -> tuple[AddresseeKind, ...]:
    """The groups that the words mean whole ("samtliga nämnder och förvaltningar"); empty for anybody by name."""
    return _groups(" ".join(words.lower().split()).rstrip(".,;:"))


def _without_remark(words: str) -> tuple[str, str]:
    for pattern in (REMARK, TAIL):
        found = pattern.search(words)
        if found and any(purpose.search(found.group(1).lower()) for _, purpose in PURPOSES):
            return words[: found.start()].rstrip(" ,"), found.group(1)
    return words, ""


def _groups(words: str) -> tuple[AddresseeKind, ...]:
    both = AND.match(words)
    parts = [f"{both['all']} {both['first']}", f"{both['all']} {both['second']}"] if both else [words]
    patterns = (
        (AddresseeKind.ALL_COMMITTEES, COMMITTEES),
        (AddresseeKind.ALL_DEPARTMENTS, DEPARTMENTS),
        (AddresseeKind.ALL_COMPANIES, COMPANIES),
    )
    found = [kind for part in parts for kind, pattern in patterns if _is_whole(pattern, part)]
    return tuple(found) if len(found) == len(parts) else ()


def _is_whole(pattern: re.Pattern[str], words: str) -> bool:
    found = pattern.match(words)
    return found is not None and found.end() == len(words)
