"""Headings inside a §: which kind of section a line opens, in the words of any municipality."""

import re
from dataclasses import dataclass

from . import bodies
from .words import TABLES, any_of, pattern

_TABLE: dict[str, list[str]] = TABLES["headings"]
_KINDS = {word: kind for kind, words in _TABLE.items() if kind != "also_documents" for word in words}
_BEFORE_CONTENT = [
    word for kind in ("recipients", "basis", "decision", "movers", "reservation") for word in _TABLE[kind]
]
_INLINE = pattern(rf"(?P<word>{any_of(_BEFORE_CONTENT)}) ?:[\t\s]+(?=\S)", re.IGNORECASE)
_OWN = pattern(
    rf"(?P<body>{bodies.NAME}s?) "
    r"(?P<what>beslut för egen del|beslut|beslutar|förslag till beslut"
    rf"|förslag till {bodies.HIGHER}(?: för beslut)?|förslag|behandling|yttrande|handläggning|beredning"
    r"|överläggning|bedömning|yrkanden?|synpunkter)",
    re.IGNORECASE,
)
_TO = pattern(rf"förslag (?:till beslut )?(?:till|i) (?P<to>{bodies.HIGHER})", re.IGNORECASE)
_PROPOSES = pattern(
    rf"(?P<body>{bodies.NAME}) föreslår (?P<to>{bodies.HIGHER})(?: att)?(?: besluta?)?(?: att| följande)?",
    re.IGNORECASE,
)
_OFFICE = pattern(
    r"(?!enligt|i enlighet|med )[\wåäöÅÄÖ\s-]{3,60}(?:ens|ets|orns|arnas|ernas) "
    r"(?P<what>förslag till beslut|förslag|bedömning|beslutsförslag|yttrande|synpunkter|handläggning|beskrivning|"
    r"utredning|skrivelse|yrkande)",
    re.IGNORECASE,
)
_WHAT = {
    "förslag": "proposal",
    "förslag till beslut": "proposal",
    "beslutsförslag": "proposal",
    "beslut": "decision",
    "beslut för egen del": "decision",
    "beslutar": "decision",
    "behandling": "movers",
    "handläggning": "movers",
    "överläggning": "movers",
    "yrkande": "movers",
    "yrkanden": "movers",
}


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What a heading opens.

    `kind` of the section, the body whose section it says it is, the higher body it is proposed to,
    and where content begins on the same line.
    """

    kind: str
    body: str | None = None
    to: str | None = None
    content: int | None = None


def kind_of(text: str) -> str | None:
    """The kind of section the line opens, or None."""
    found = heading(text)
    return found.kind if found else None


def heading(text: str) -> Heading | None:
    """The heading that the line is, alone or with its content after a colon or a wide gap."""
    whole = _bare(text)
    if found := _exact(whole):
        return found
    if inline := _INLINE.match(text):
        kind = _KINDS[" ".join(inline["word"].lower().split())]
        return Heading(kind=kind, content=inline.end())
    gap = re.search(r"\t+| {3,}", text)
    if gap and (found := _exact(_bare(text[: gap.start()]))) and found.kind != "end":
        return Heading(kind=found.kind, body=found.body, to=found.to, content=gap.end())
    return None


def _bare(text: str) -> str:
    return " ".join(text.strip(" \t*_#").rstrip(" :").split())


def _exact(words: str) -> Heading | None:
    if not words or len(words) > 110 or not words[0].isupper():
        return None
    if kind := _KINDS.get(words.lower()):
        return Heading(kind=kind)
    if own := _OWN.fullmatch(words):
        return _of_body(own["body"], own["what"].lower())
    if (proposes := _PROPOSES.fullmatch(words)) and words[0].isupper():
        return Heading(kind="higher", body=bodies.from_any(proposes["body"]), to=bodies.from_any(proposes["to"]))
    if to := _TO.fullmatch(words):
        return Heading(kind="higher", to=bodies.from_any(to["to"]))
    if office := _OFFICE.fullmatch(words):
        return Heading(kind=_WHAT.get(office["what"].lower(), "background")) if words[0].isupper() else None
    return None


def _of_body(name: str, what: str) -> Heading | None:
    body = bodies.from_any(name)
    if not name[0].isupper():
        return None
    if to := _TO.fullmatch(what):
        return Heading(kind="higher", body=body, to=bodies.from_any(to["to"]))
    return Heading(kind=_WHAT.get(what, "background"), body=body)
