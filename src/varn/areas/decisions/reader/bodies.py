"""The names of bodies: in full, as a genitive, in capitals or abbreviated."""

import re

from .words import TABLES, any_of, fold, pattern

SHORT: dict[str, str] = TABLES["bodies"]["short"]
UNCERTAIN: dict[str, str] = TABLES["bodies"]["uncertain"]
NEVER = frozenset(TABLES["bodies"]["words"]["never"])

_LETTERS = r"[A-Za-zÅÄÖåäöÉé]"
_LAST = any_of(TABLES["bodies"]["words"]["last"])
_OWNER = (
    rf"(?:{_LETTERS}{{2,30}}(?:nämndens|styrelsens|utskottets|fullmäktiges)|"
    rf"{any_of(TABLES['bodies']['words']['adjectives'])}) "
)
_JOINED = rf"(?:{_LETTERS}{{2,30}}-,? ){{0,3}}{_LETTERS}{{2,30}}-,? (?:och|&) "
_PLACED = (
    rf"(?:{_LETTERS}{{2,30}}nämnd|kommundelsnämnden|stadsdelsnämnden|områdesnämnden)"
    rf" (?-i:[A-ZÅÄÖ][A-Za-zåäöÅÄÖ-]{{2,25}}(?: [A-ZÅÄÖ][A-Za-zåäöÅÄÖ-]{{2,25}})?)"
)
NAME = rf"(?:(?:{_OWNER})?(?:{_JOINED})?(?:{_OWNER})?{_LETTERS}{{0,40}}{_LAST}|{_PLACED})"
_ALONE = frozenset(TABLES["bodies"]["words"]["higher"])
HIGHER = (
    rf"(?<!\w)(?!{any_of(sorted(NEVER - _ALONE))}(?!\w))(?:{any_of(TABLES['bodies']['words']['adjectives'])} )?"
    rf"(?:{_JOINED})?{_LETTERS}{{0,40}}(?:fullmäktige|styrelsen|nämnden|direktionen)(?!\w)"
)
"""A body that something can be proposed to."""
PROPOSES = any_of(TABLES["clauses"]["proposes"])
PASSED_ON = rf"(?:,?(?: att)?(?: i sin tur)? {PROPOSES}(?: hos| till)?(?: att)? (?P<further>{HIGHER}))?"
"""`… föreslår kommunstyrelsen föreslå kommunfullmäktige`: the body that decides in the end."""
ABBREVIATION = rf"(?<!\w){any_of([*SHORT, *UNCERTAIN])}(?!\w)"
_TOWN = r"(?:(?:[A-ZÅÄÖ][a-zåäö-]{1,25}s? (?:stads|kommuns|Stads|Kommuns) )|(?:[A-ZÅÄÖ][a-zåäö-]{1,25}s ))"
PLACE = r"(?: i (?-i:[A-ZÅÄÖ])[\wåäö-]{1,30}(?: kommun| stad)?)?"
_FOR = (
    rf"(?:gemensam(?:ma)? )?(?:nämnden|nämnd|utskottet|beredningen) för {_LETTERS}{{2,30}}"
    rf"(?:,? (?:och )?{_LETTERS}{{2,30}}){{0,4}}"
)
_COMPANY = r"[A-ZÅÄÖ][\wåäöÅÄÖ&.-]*(?: [\wåäöÅÄÖ&.-]+){0,5} (?:AB|Aktiebolag|aktiebolag)"
_BOARD = (
    r"(?i:styrelsen|direktionen) (?i:för) [A-ZÅÄÖ][\wåäöÅÄÖ&.-]*(?: [\wåäöÅÄÖ&.-]+){0,6}"
    rf"|(?i:styrelsen) {_COMPANY}|{_COMPANY}(?:s|:s)? styrelse"
)
_WHOLE = pattern(rf"(?:{_TOWN})?(?i:{NAME}){PLACE}|(?i:{_FOR})|{_BOARD}")
_SHORT_AFTER = re.compile(r" \([A-ZÅÄÖ]{2,6}\)$")
_AB = re.compile(r"\bAB$")
_OF_COMPANY = pattern(_COMPANY)


def whole_name(text: str) -> str | None:
    """The body whose name the text is, and nothing else; None if it is something else."""
    words = _SHORT_AFTER.sub("", fold(text).strip(" :."))
    if not words or len(words) > 80 or words.lower() in NEVER:
        return None
    if not _WHOLE.fullmatch(words):
        return None
    return _as_written(words)


def board_of(company: str) -> str | None:
    """The board of the company whose name the text is, and nothing else."""
    words = fold(company).strip(" :.")
    if len(words) > 80 or not _OF_COMPANY.fullmatch(words):
        return None
    return f"Styrelsen för {_company_as_written(words)}"


def from_genitive(text: str) -> str | None:
    """`Kommunstyrelsens` → `Kommunstyrelsen`; None when the words are no body."""
    words = fold(text)
    candidate = words[:-1] if words.endswith(("ens", "iges", "ets", "Ens", "ENS", "IGES", "ETS")) else words
    return whole_name(candidate)


def from_short(text: str) -> tuple[str | None, bool]:
    """The body behind an abbreviation, and whether that is sure."""
    key = text.strip(" .").lower()
    if key in SHORT:
        return SHORT[key], True
    return UNCERTAIN.get(key), False


def rank(short: str) -> int:
    """How high the body behind an abbreviation stands: the council, the executive board, boards, their committees."""
    name = from_short(short)[0] or short
    low = name.lower()
    if low.endswith(("fullmäktige", "kf")):
        return 3
    if low.endswith(("utskottet", "utskott", "au")):
        return 0
    return 2 if name == "Kommunstyrelsen" else 1


def from_any(text: str) -> str | None:
    """The body meant by a name, a genitive or a sure abbreviation."""
    short, sure = from_short(text)
    return short if short and sure else whole_name(text) or from_genitive(text)


def same(one: str | None, other: str | None) -> bool:
    """Whether two names mean one body; `Arbetsutskottet` is the arbetsutskott of the minutes, a place parts nothing."""
    if one is None or other is None:
        return False
    first, second = _bare(one).split(), _bare(other).split()
    if first == second:
        return True
    return 1 in (len(first), len(second)) and _stem(first[-1]) == _stem(second[-1])


def above(body: str) -> str:
    """The body to which it can only propose: a committee to its board, any other to the council."""
    words = body.split()
    if re.search(r"(?:utskott|utskottet|beredning|beredningen)$", body, re.IGNORECASE):
        return words[0][:-1] if len(words) > 1 and words[0].endswith("ens") else "Nämnden"
    return "Regionfullmäktige" if body.lower().startswith("region") else "Kommunfullmäktige"


def _bare(name: str) -> str:
    return re.sub(r"\s+(?:i|för)\s+.*$", "", name.lower())


def _stem(word: str) -> str:
    return re.sub(r"(?:en|et)$", "", word)


def _as_written(words: str) -> str:
    words = re.sub(r"\s+i\s+[A-ZÅÄÖ][\wåäö-]+(?:\s+(?:kommun|stad))?$", "", words)
    if words.isupper():
        what, of, whose = words.partition(" FÖR ") if _AB.search(words) else (words, "", "")
        words = what.lower() + of.lower() + _company_as_written(whose)
    return words[0].upper() + words[1:]


def _company_as_written(words: str) -> str:
    """`LINDBO BOSTÄDER AB` as the company writes itself elsewhere."""
    return " ".join(word if word == "AB" else word.capitalize() for word in words.split()) if words.isupper() else words
