"""Headings inside a §: which kind of section a line opens, in the words of any municipality."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from . import bodies
from .dates import DAY, day_of
from .words import TABLES, any_of, pattern

_TABLE: dict[str, list[str]] = TABLES["headings"]
_PARTS = frozenset(
    {
        "also_documents",
        "followed",
        "qualifiers",
        "about",
        "enclosed",
        "papers",
        "of_what",
        "sent",
        "sending",
        "for_what",
        "moved",
        "meeting",
        "nouns",
    }
)
_KINDS = {word: kind for kind, words in _TABLE.items() if kind not in _PARTS for word in words}
_BEFORE_CONTENT = [
    word for kind in ("recipients", "basis", "decision", "movers", "reservation", "followed") for word in _TABLE[kind]
]
_BODY = rf"(?:{bodies.NAME}|{bodies.ABBREVIATION})"
_RECIPIENTS = pattern(
    rf"(?:(?:{_BODY}s |{_BODY} )?{any_of(_TABLE['sent'])} )?(?:ska |skall |har |är )?{any_of(_TABLE['sending'])}"
    rf"(?: {any_of(_TABLE['for_what'])}| till)*"
    rf"|{any_of(_TABLE['papers'])}(?: {any_of(_TABLE['of_what'])}(?: till)?| till)",
    re.IGNORECASE,
)
_QUALIFIED = rf"(?:{any_of(_TABLE['qualifiers'])} )?"
_ABOUT = rf"(?: {any_of(_TABLE['about'])})?"
_AND = r"(?: ?/ ?| och | samt )"
_ENCLOSED = pattern(
    rf"{_QUALIFIED}{any_of(_TABLE['enclosed'])}(?:{_AND}{any_of(_TABLE['enclosed'])})?{_ABOUT}", re.IGNORECASE
)
_MOVED = pattern(
    rf"(?:{_QUALIFIED}{any_of(_TABLE['moved'])}(?:{_AND}{any_of(_TABLE['moved'])})? )?"
    rf"(?:på|vid|under|i samband med|från) {any_of(_TABLE['meeting'])}"
    rf"|{_QUALIFIED}yrkanden?{_ABOUT}|(?:framställda|framlagda|muntliga|skriftliga) förslag{_ABOUT}"
    r"|förslag(?: till beslut)? från ledamöter(?:na)?"
    rf"|{any_of(_TABLE['moved'])}{_AND}(?:{any_of(_TABLE['procedure'])}|{any_of(_TABLE['moved'])})"
    rf"|{any_of(_TABLE['moved'])} (?:i|vid|på) (?P<body>{_BODY})(?:s sammanträde|s möte)?",
    re.IGNORECASE,
)
_INLINE = pattern(
    rf"(?P<word>{any_of(_BEFORE_CONTENT)}|{_RECIPIENTS.pattern}|{_MOVED.pattern}) ?:[\t\s]+(?=\S)", re.IGNORECASE
)
_DECIDED = pattern(
    rf"(?P<body>{_BODY})s?(?: fatta(?:r|de)(?: följande)?)? (?:(?:eget |egna |slutliga )?beslut(?:ar|as|ade)?"
    r"(?: enhälligt)?(?: för egen del)?"
    r"(?:,? under förutsättning (?:av|att) [^.:]{3,70})?|ställningstagande)"
    rf"|Beslut(?: i| av| ?[-–]) (?P<place>{_BODY})",
    re.IGNORECASE,
)
_OWN = pattern(
    rf"(?P<body>{_BODY})s? "
    rf"(?P<what>förslag (?:till beslut )?(?:till|i) {bodies.HIGHER}(?: för beslut)?|förslag till beslut"
    rf"|beslutsförslag|förslag|behandling|yttrande|handläggning|beredning|beslutsordning"
    r"|beslutsgång|propositionsordning|överläggning|bedömning|yrkanden?|synpunkter)",
    re.IGNORECASE,
)
_TO = pattern(rf"förslag (?:till beslut )?(?:till|i) (?P<to>{bodies.HIGHER})", re.IGNORECASE)
_PROPOSES = pattern(
    rf"(?P<body>{bodies.NAME}) {bodies.PROPOSES}(?: hos| till|(?P<that> att))? (?P<to>{bodies.HIGHER})"
    rf"{bodies.PASSED_ON}(?: att| om)?(?: {bodies.NAME})?"
    r"(?(that) (?:beslutar?)(?: att| följande)?|(?: beslutar?)?(?: att| följande)?)",
    re.IGNORECASE,
)
_PROPOSED = pattern(rf"(?P<to>{bodies.HIGHER}) föreslås(?: att)? besluta(?: att| följande)?", re.IGNORECASE)
_OFFICE = pattern(
    r"(?!enligt|i enlighet|med )[\wåäöÅÄÖ\s-]{3,60}(?:ens|ets|orns|arnas|ernas) "
    r"(?P<what>förslag till beslut|förslag|bedömning|beslutsförslag|yttrande|synpunkter|handläggning|beskrivning|"
    rf"utredning|skrivelse|yrkande)(?: (?:i|till) {bodies.NAME})?",
    re.IGNORECASE,
)
_VERB = pattern(rf"\b{any_of(TABLES['clauses']['verbs'])}\b", re.IGNORECASE)
_WHOSE = pattern(
    r"(?!Enligt|Utifrån|Till|Med|Mot)[A-ZÅÄÖ][\wåäöÅÄÖ-]{2,40}(?: [\wåäöÅÄÖ-]{2,30}){0,4}(?<=s) förslag till beslut"
)
_UNKNOWN = pattern(rf"(?!\d)[^\d.,;:()–-]{{0,60}}{any_of(_TABLE['nouns'])}", re.IGNORECASE)
_OF_DAY = pattern(
    rf"(?P<words>.{{5,80}}?),? ?[-–(]? ?(?:den )?(?P<day>{DAY})\)?(?P<number>,? ?§ ?\d{{1,4}}(?:/\d{{2,4}})?)?"
)
_DECIDING = frozenset({"decision", "higher"})
_NUMBERED = pattern(r"(?P<words>.{5,60}?)(?: nr\.?)? \d{1,2}", re.IGNORECASE)
_REPEATED = frozenset({"vote", "procedure", "reservation"})
_ASIDE = re.compile(r" \([a-zåäö ]{2,40}\)$")
_WHAT = {
    "förslag": "proposal",
    "förslag till beslut": "proposal",
    "beslutsförslag": "proposal",
    "behandling": "movers",
    "beslutsordning": "procedure",
    "beslutsgång": "procedure",
    "propositionsordning": "procedure",
    "handläggning": "movers",
    "överläggning": "movers",
    "yrkande": "movers",
    "yrkanden": "movers",
}


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What a heading opens.

    `kind` of the section, the body whose section it says it is, the higher body it is proposed to,
    where content begins on the same line, and the day of the meeting whose section it is.
    """

    kind: str
    body: str | None = None
    to: str | None = None
    content: int | None = None
    day: date | None = None


def kind_of(text: str) -> str | None:
    """The kind of section the line opens, or None."""
    found = heading(text)
    return found.kind if found else None


@lru_cache(maxsize=4096)
def heading(text: str) -> Heading | None:
    """The heading that the line is, alone or with its content after a colon or a wide gap."""
    whole = _bare(text)
    if found := _exact(whole):
        return found
    if inline := _INLINE.match(text):
        word = " ".join(inline["word"].split())
        kind = _KINDS.get(word.lower()) or ("movers" if _MOVED.fullmatch(word) else "recipients")
        return Heading(kind=kind, content=inline.end())
    if (dated := _OF_DAY.fullmatch(whole)) and (found := _of_day(dated)):
        return found
    if (again := _NUMBERED.fullmatch(whole)) and (found := _exact(again["words"])) and found.kind in _REPEATED:
        return found
    gap = re.search(r"\t+| {3,}", text)
    if gap and (found := _exact(_bare(text[: gap.start()]))) and found.kind != "end":
        return Heading(kind=found.kind, body=found.body, to=found.to, content=gap.end())
    return None


def _of_day(dated: re.Match[str]) -> Heading | None:
    """The section of a meeting told by its day; with its § it tells what was decided before in the matter."""
    found, day = _exact(dated["words"]), day_of(dated["day"])
    if dated["number"]:
        named = bodies.whole_name(dated["words"]) or (found and found.kind in _DECIDING)
        return Heading(kind="background", day=day) if named else None
    return replace(found, day=day) if found and found.kind in _DECIDING else None


def ends_list(text: str) -> bool:
    """Whether the line looks like a heading that no table knows, and so ends the list above it."""
    return bool(_UNKNOWN.fullmatch(_bare(text)))


def _bare(text: str) -> str:
    """The words of the line without marks around them and without what stands in brackets after them."""
    words = " ".join(text.strip(" \t*_#").rstrip(" :").split())
    return _ASIDE.sub("", words) if words.endswith(")") else words


def _exact(words: str) -> Heading | None:
    if not words or len(words) > 110 or not words[0].isupper():
        return None
    if kind := _KINDS.get(words.lower()):
        return Heading(kind=kind)
    if _RECIPIENTS.fullmatch(words):
        return Heading(kind="recipients")
    if (moved := _MOVED.fullmatch(words)) and not _TO.fullmatch(words):
        return Heading(kind="movers", body=bodies.from_any(moved["body"]) if moved["body"] else None)
    if _ENCLOSED.fullmatch(words):
        return Heading(kind="basis")
    if decided := _DECIDED.fullmatch(words):
        return Heading(kind="decision", body=bodies.from_any(decided["body"] or decided["place"]))
    if own := _OWN.fullmatch(words):
        return _of_body(own["body"], own["what"].lower())
    if (proposes := _PROPOSES.fullmatch(words)) and words[0].isupper():
        return Heading(
            kind="higher",
            body=bodies.from_any(proposes["body"]),
            to=bodies.from_any(proposes["further"] or proposes["to"]),
        )
    if to := _TO.fullmatch(words) or _PROPOSED.fullmatch(words):
        return Heading(kind="higher", to=bodies.from_any(to["to"]))
    if _WHOSE.fullmatch(words):
        return Heading(kind="proposal")
    if (office := _OFFICE.fullmatch(words)) and not _VERB.search(words):
        return Heading(kind=_WHAT.get(office["what"].lower(), "background")) if words[0].isupper() else None
    return None


def _of_body(name: str, what: str) -> Heading | None:
    body = bodies.from_any(name)
    if not name[0].isupper():
        return None
    if to := _TO.fullmatch(what):
        return Heading(kind="higher", body=body, to=bodies.from_any(to["to"]))
    return Heading(kind=_WHAT.get(what, "background"), body=body)
