"""Leads: words that only announce the clauses below them, such as `Kommunstyrelsen beslutar att`."""

import re
from collections.abc import Iterator

from . import bodies
from .items import Item, begins_att, lists_atts, lists_verbs, point_number
from .page import Row
from .words import TABLES, any_of, pattern

SUBJECT = (
    rf"(?:{bodies.NAME}|[A-ZÅÄÖ]{{2,4}}|Nämnden|Styrelsen|Utskottet|Fullmäktige|Arbetsutskottet|"
    rf"[A-ZÅÄÖ][\wåäöÅÄÖ-]{{3,40}}(?:en|et|erna))"
)
_VERB = r"(?:beslutar|beslutade|beslöt|beslutat|beslut|besluta|tillstyrker|föreslår|hemställer|överlämnar)"
_LEAD = pattern(
    rf"(?:(?:Enligt|I enlighet med) (?:.{{2,160}}? )?[^\s]{{0,20}}(?:förslag|yrkande|yrkanden|beslut|"
    rf"hemställan).{{0,80}}"
    rf"|(?:Att )?{SUBJECT}.{{0,120}}?{_VERB}.{{0,200}}?"
    rf"|(?:För egen del|Beslut för egen del|Att|Beslut(?:ar)?|Därutöver|Dessutom|Vidare).{{0,60}}?(?:{_VERB}|"
    rf"del)?.{{0,40}}"
    rf"|(?:Förslag|Föreslår|Föreslås|Hemställs).{{0,120}})",
    re.IGNORECASE | re.DOTALL,
)
_FOLLOWING = r"(?: att)?(?: fatta)?(?: följande)?(?: beslut)?"
_PROVIDED = (
    r"(?:,? (?:under förutsättning|med stöd|i enlighet|med anledning|förutsatt|på förslag|enligt|utifrån)"
    r" [^.:;]{3,160}?)?"
)
STANCE = rf"(?:{any_of(TABLES['clauses']['stances'])}\b[^.:;]{{3,120}}? (?:och|samt) )?"
INVERTED = (
    r"(?:Efter|Sedan|Med|På|Vid|Utifrån|Mot) [^.:;]{3,140}? (?:beslutar|beslutade|beslöt) "
    rf"(?P<inverted>{bodies.NAME}|nämnden|styrelsen|utskottet|fullmäktige|direktionen)"
)
_OPEN_LEAD = pattern(
    rf"(?:Att )?{SUBJECT} (?:för egen del )?(?:beslutar|beslutade|beslöt|fattar)(?: för egen del)?"
    rf"{_PROVIDED},?{_FOLLOWING}"
    rf"|(?:beslutar? )?för egen del(?: besluta)?{_PROVIDED},?{_FOLLOWING}|För egen del(?: beslutar .{{3,60}})?"
    rf"|(?:Att )?(?:{SUBJECT} )?{STANCE}(?:för egen del )?(?:beslutar?(?: för egen del)?,?(?: att)? )?"
    rf"{bodies.PROPOSES}(?: hos| till)?,?(?: att)? {bodies.NAME}(?: om)?{bodies.PASSED_ON}(?: att)?"
    rf"(?: {bodies.NAME})?(?: beslutar?)?{_FOLLOWING}"
    rf"|{SUBJECT} överlämnar [^.:;]{{3,60}} till {bodies.NAME} med (?:följande )?förslag(?: till beslut)?{_FOLLOWING}"
    rf"|{INVERTED}{_FOLLOWING}"
    rf"|{bodies.NAME} (?:föreslås|rekommenderas)(?: att)?(?: besluta)?{_FOLLOWING}",
    re.IGNORECASE,
)
_CHARGES = pattern(r"(?:i uppdrag|uppdras|uppdra|uppdrar .{3,80}|följande uppdrag)(?: att)?$", re.IGNORECASE)
_CHARGING_LEAD = pattern(
    rf"(?:{SUBJECT} beslutar (?:att )?|att |{SUBJECT} )"
    r"(?:ger? [^.:;]{2,90}? i (?:särskilt )?uppdrag|uppdrar? (?:åt|till) (?:(?! att\b)[^.:;]){2,90})",
    re.IGNORECASE,
)
_REMITS = pattern(
    rf"(?:att )?(?:Ärendet|Förslaget|Motionen|Frågan)\b[^.:]{{0,60}}? "
    rf"{any_of(TABLES['assignments']['remitting'])} (?:till|för|med|i syfte)\b",
    re.IGNORECASE,
)
_SHORT_LEAD = 12
_FAR = 40


def is_lead(text: str, item: Item) -> bool:
    """Whether the words only announce the clauses that follow."""
    if (item.number is not None and not text.endswith(":")) or remits(text):
        return False
    words = text.rstrip(" :.") if text.endswith(("följande.", "beslut.")) else text.rstrip(" :,")
    if bodies.whole_name(words):
        return True
    if text.endswith(":"):
        short = len(words.split()) <= _SHORT_LEAD
        return len(text) < 330 and bool(short or _LEAD.fullmatch(words) or _CHARGES.search(words))
    return bool(_OPEN_LEAD.fullmatch(words) or _CHARGING_LEAD.fullmatch(words))


def remits(text: str) -> bool:
    """Whether the words already decide, and only announce what is asked for: `Ärendet återremitteras till …:`."""
    return bool(_REMITS.match(text))


def stretches(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """The block parted where a new lead begins, so that points before and after it are not mixed."""
    begin = place = 0
    while place < len(rows):
        length = _lead_length(rows, place)
        if length:
            if place > begin:
                yield rows[begin:place]
            yield rows[place : place + length]
            begin = place = place + length
        else:
            place += 1
    if begin < len(rows):
        yield rows[begin:]


def _lead_length(rows: tuple[Row, ...], place: int) -> int:
    """Over how many rows a lead runs that begins at the row; 0 if none does."""
    if place and not rows[place].gap and not rows[place - 1].text.endswith((".", ":", ";")):
        return 0
    if _is_one_of_points(rows, place):
        return 0
    words = ""
    for length, row in enumerate(rows[place : place + 4], start=1):
        if length > 1 and row.gap and not words.endswith("att"):
            break
        words = f"{words} {row.text}".strip()
        if words.endswith(":") and is_lead(words, Item(start=0, end=0)):
            return length
        below = rows[place + length] if place + length < len(rows) else None
        if _CHARGING_LEAD.fullmatch(words) and not lists_atts(rows[place + length : place + _FAR]):
            continue
        if (
            is_lead(words, Item(start=0, end=0))
            and below is not None
            and (
                below.gap
                or not below.text[0].islower()
                or begins_att(below.text)
                or (words.endswith("att") and lists_verbs(rows[place + length : place + _FAR]))
            )
        ):
            return length
    return 0


def _is_one_of_points(rows: tuple[Row, ...], place: int) -> bool:
    """Whether the row is a point with a list of its own: the next point follows below that list."""
    number = point_number(rows[place].text)
    return number is not None and any(point_number(row.text) == number + 1 for row in rows[place + 1 : place + _FAR])
