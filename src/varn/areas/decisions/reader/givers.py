"""Which body gave the assignment that a reference names: it stands before its day, or right behind its §."""

import re
from dataclasses import dataclass

from . import bodies
from .dates import DAY
from .words import TABLES, any_of, pattern

_TABLE = TABLES["closings"]
_SHORT = sorted({form for key in (*bodies.SHORT, *bodies.UNCERTAIN) for form in (key.upper(), key.capitalize())})
BODY = rf"(?:{bodies.NAME}|(?-i:{any_of(_SHORT)}))s?(?!\w)"
"""The name of a body in any form, its genitive too, or its abbreviation as it is written in capitals."""

_MENTION = pattern(rf"(?<![\w-])(?P<body>{BODY})", re.IGNORECASE)
_UNKNOWN = pattern(r"(?:^|(?:från|av|i) )\(?(?-i:(?P<short>[A-ZÅÄÖ]{2,5}))[\s,]*(?:den )?$", re.IGNORECASE)
_CHARGED = pattern(rf"\b{any_of(_TABLE['charged'])} $", re.IGNORECASE)
_GIVING = pattern(r"\b(?:från|av|i|enligt) \(?$", re.IGNORECASE)
_AT_ITS_DAY = pattern(rf"[\s,:(–-]*(?:{any_of(_TABLE['day_words'])}[\s,:(]*){{0,4}}", re.IGNORECASE)
_OPENS = pattern(
    r"(?:^|[,;:(–—-]|\b(?:och|samt|respektive|dels|att)|uppdrag(?:et|en)?|beslut(?:et|en)?)\s*$", re.IGNORECASE
)
_OWNS = pattern(r" (?:\w+ ){0,2}(?:\w*uppdrag|beslut|sammanträde|protokoll)", re.IGNORECASE)
_GAVE = pattern(rf" (?:\w+ )?{any_of(_TABLE['gave'])}\b", re.IGNORECASE)
_JOINED = pattern(r" (?:och|samt|eller|resp\.?|respektive) |\s*/\s*", re.IGNORECASE)
_BEHIND = pattern(
    rf",? ?(?P<bracket>\()?(?:(?:från|av|i) )?(?P<body>{BODY})(?P<end>\))?(?!,? (?:den )?{DAY})", re.IGNORECASE
)
_FROM = pattern(r",? ?(?:från|av|i) ", re.IGNORECASE)
_OF_ALL = pattern(
    rf"uppdrag\w*(?: [^\s,.:;]+){{0,3}}? (?:från|av|i) (?P<body>{BODY})|(?P<owner>{BODY})(?<=s) (?:\w+ )?\w*uppdrag\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Giver:
    """The body that is said to have given an assignment, if one can say which, and whether that is sure."""

    name: str | None
    sure: bool


def giver_before(words: str, body: str | None) -> Giver | None:
    """The body named nearest before a reference as the one that gave; of two joined ones nobody can say which."""
    found: re.Match[str] | None = None
    above: re.Match[str] | None = None
    doubtful = passed = False
    for mention in _MENTION.finditer(words):
        joined = above is not None and bool(_JOINED.fullmatch(words[above.end() : mention.start()]))
        passed = bool(_CHARGED.search(words[: mention.start()])) or (joined and passed)
        if not passed and _gives(words, mention):
            doubtful, found = joined, mention
        above = mention
    if found is None:
        return Giver(name=None, sure=False) if _UNKNOWN.search(words) else None
    return Giver(name=None, sure=False) if doubtful else named(found["body"], body)


def giver_behind(words: str, body: str | None) -> tuple[Giver, int] | None:
    """The body in brackets right behind a reference, or after `från`, and how far it reaches; not one with its day."""
    match = _BEHIND.match(words)
    if match is None or not ((match["bracket"] and match["end"]) or _FROM.match(words)):
        return None
    return named(match["body"], body), match.end()


def giver_of_all(lead: str, body: str | None) -> Giver | None:
    """The body that a lead names for all the assignments listed below it."""
    match = _OF_ALL.search(lead)
    if match is None:
        return None
    joined = match["body"] and (more := _JOINED.match(lead, match.end())) and _MENTION.match(lead, more.end())
    return Giver(name=None, sure=False) if joined else named(match["body"] or match["owner"], body)


def named(words: str, body: str | None) -> Giver:
    """The body behind a name, a genitive or an abbreviation, in the minutes of `body`."""
    short, sure = bodies.from_short(words)
    if short:
        return Giver(name=short, sure=sure or bodies.same(short, body))
    name = bodies.from_any(words) or bodies.from_any(words[:-1])
    return _general(words, body) or Giver(name=name, sure=name is not None)


def _gives(words: str, mention: re.Match[str]) -> bool:
    """Whether the body mentioned is the one whose § follows, not the one that something was given to."""
    before, after = words[: mention.start()], words[mention.end() :]
    if _GIVING.search(before):
        return True
    if mention["body"].lower().endswith("s") and _OWNS.match(after):
        return True
    return bool(_GAVE.match(after)) or bool(_AT_ITS_DAY.fullmatch(after) and _OPENS.search(before))


def _general(words: str, body: str | None) -> Giver | None:
    """`nämndens beslut` means the board whose minutes they are, `fullmäktiges` the council; None for a whole name."""
    general = re.sub(r"(?<=\w\w)s$", "", words.lower())
    stem = re.sub(r"(?:en|et)$", "", general)
    if general not in _TABLE["general"]:
        return None
    if body and stem in body.lower():
        return Giver(name=body, sure=True)
    if general != "fullmäktige" or body is None or re.search("förbund|direktion", body.lower()):
        return Giver(name=None, sure=False)
    return Giver(name=bodies.above("region" if body.lower().startswith("region") else "kommun"), sure=True)
