"""The words of a deadline and the days they can mean; a day that cannot be derived is not given."""

import re
from bisect import bisect
from dataclasses import replace
from datetime import date, timedelta

from . import bodies
from .dates import DAY, MONTH, MONTHS, YEAR, day_of
from .model import Deadline, DeadlineKind, Span
from .periods import READERS, Reading, after, season
from .words import TABLES, any_of, fold, pattern

_TABLE = TABLES["deadlines"]
_ORDINAL = any_of([*_TABLE["ordinals"], "1:a", "2:a", "3:e", "4:e", "1", "2", "3", "4"])
_TRIGGER = r"(?:(?:allra |dock )?senast|innan|före|fram till(?: och med)?|till och med|t\.?o\.?m\.?|inför)"
_INTO = r"(?: (?:den|i|under|till|vid|per|med|år|före|innan|inför|för|på|och med)){0,3}"
_AT_BODY = rf"senast (?:till|vid|inför|på|i) {bodies.NAME}(?:s)?(?: sammanträde| möte)?(?: (?:den|i|under))?"
_START = (
    rf"(?:{_AT_BODY}|{_TRIGGER}{_INTO}|under(?: loppet av)?|till(?: den)?|i|vid|"
    rf"(?:med|för) (?:återrapportering|redovisning|rapport|slutredovisning|delrapport) "
    rf"(?:{_TRIGGER}{_INTO}|till|under|i|den))"
)
_PERIODS: dict[str, str] = {
    "day": rf"(?:den )?(?P<day>{DAY})",
    "bare_day": rf"(?:den )?(?P<bare_day>\d{{1,2}}(?: |:e |:a |/)(?:{MONTH}|\d{{1,2}}(?!\d)))(?! (?:{YEAR}|\d{{4}}))",
    "short_day": r"(?:den )?(?P<short_day>\d{6})(?![\d-]| ?(?:kr|kronor|tkr|mkr|mnkr|euro|%))",
    "quarter": (
        rf"(?P<quarter>(?:kvartal|Q|kv\.?) ?[1-4](?:,? (?:år )?{YEAR})?|{_ORDINAL} kvartalet(?: (?:år )?{YEAR})?|"
        rf"(?:kvartal) {_ORDINAL}(?: {YEAR})?)"
    ),
    "tertial": (
        rf"(?P<tertial>tertial ?[1-3](?:,? (?:år )?{YEAR})?|{_ORDINAL} tertialet(?: (?:år )?{YEAR})?"
        rf"|T[1-3] {YEAR})"
    ),
    "half": rf"(?P<half>(?:första|andra) (?:halvåret|halvan av)(?: (?:år )?{YEAR})?|halvårsskiftet(?: {YEAR})?)",
    "turn": rf"(?P<turn>årsskiftet(?: {YEAR} ?[-/–] ?(?:{YEAR}|\d{{2}})| {YEAR})?)",
    "end": (
        rf"(?P<end>(?:utgången|slutet) av (?:år )?(?:{MONTH} )?(?:{YEAR})|{YEAR} års (?:utgång|slut)|(?:årets|året)"
        rf" (?:slut|utgång)(?: {YEAR})?|sist[ae](?: dagen)?(?: i)? {MONTH} {YEAR}|{MONTH} månads (?:slut|utgång) {YEAR}"
        rf"|utgången av året|slutet av året)"
    ),
    "months": rf"(?P<months>{MONTH} ?(?:[-–]|och|samt|till) ?{MONTH} {YEAR})",
    "month": rf"(?P<month>(?:{MONTH})(?: månad)? (?:år )?{YEAR}|{YEAR}-(?:0[1-9]|1[0-2])(?![-\d]))",
    "bare_month": rf"(?P<bare_month>{any_of(MONTHS)})(?: månad)?(?! (?:{YEAR}|\d))",
    "week": rf"(?P<week>(?:vecka|v\.?) ?\d{{1,2}}(?:,? {YEAR}))",
    "season": rf"(?P<season>{any_of(_TABLE['seasons'])}(?: {YEAR})?)",
    "years": rf"(?:åren )?(?P<years>{YEAR} ?[-–] ?(?:{YEAR}|\d{{2}}))(?![-–\d])",
    "year": rf"(?:år )?(?P<year>{YEAR})(?! ?[-–/] ?\d|:\d|-[WwVv]\d)",
    "this_year": r"(?P<this_year>(?:innevarande |nästa |kommande )år(?:et)?|året|år(?!\w| \d))",
}
_EVENT_WORD = r"(?!(?:för|om|av|med|och|att|i|på|samt|som|till|vid|varje|under|inför|senast|nästa)\b)[\wåäöÅÄÖ:-]+ "
_EVENT_DAY = rf"(?:(?: (?:för|per|i|under|år|den|av))? (?:{DAY}|{MONTH}(?: {YEAR})?|{YEAR}))?"
_EVENT = (
    rf"(?P<event>(?:{_EVENT_WORD}){{0,5}}?[\wåäöÅÄÖ-]*{any_of(_TABLE['events'])}[\wåäö-]*(?: (?:nr"
    rf" )?\d{{1,2}}(?!\d))?{_EVENT_DAY})"
)
_WITH_EVENT = (
    rf"(?:i samband med|i anslutning till|inför|till|vid|på(?= [\wåäö -]{{0,40}}(?:möte|sammanträde))|"
    rf"senast (?:i samband med|vid|till|inför|i|under)|före|innan) (?:nästa |nästkommande )?{_EVENT}"
)
_WITHIN = (
    rf"inom (?:en tid av |högst )?(?P<count>\d{{1,3}}|{any_of(_TABLE['numbers'])}|ett) (?P<unit>dagar|dag|veckor|"
    r"vecka|månader|månad|år)"
)
_SEASON_ALONE = rf"(?P<lone_season>{any_of(_TABLE['seasons'])} {YEAR})"
_REACH = 90
_JOIN = 45


_WAITED = any_of(TABLES["assignments"]["due"])
_OBJECT = r"(?: (?!(?:för|om|av|från|till|under|senast|i|per|avseende|gällande|perioden|sedan|över)\b)[^\s.,;:]+){0,4}?"
_BARE = [
    (
        name,
        pattern(
            rf"\b{_WAITED}{_OBJECT}(?: (?:till|för|i|inför) {bodies.NAME})?,? "
            rf"(?P<words>(?:per )?{source})"
            r"(?=[.,;]|\s*$| (?:i enlighet|enligt|utifrån)\b)",
            re.IGNORECASE,
        ),
    )
    for name, source in _PERIODS.items()
    if name in ("day", "quarter", "tertial", "half", "end", "month")
]
_DATED = [(name, pattern(rf"(?<![\w-]){_START} {source}", re.IGNORECASE)) for name, source in _PERIODS.items()]
_OF_MONTH = pattern(rf"(?:i|under) (?P<month>{any_of(MONTHS)}(?P<year> {YEAR})?)$", re.IGNORECASE)
_EVENTS = pattern(rf"(?<![\w-]){_WITH_EVENT}", re.IGNORECASE)
_INSIDE = pattern(rf"(?<![\w-]){_WITHIN}", re.IGNORECASE)
_LONE = pattern(rf"(?<![\w-]){_SEASON_ALONE}", re.IGNORECASE)
_EVERY = (
    rf"(?:(?:{_TRIGGER} )?(?:den |i )?(?:\d{{1,2}}(?::[ae])? )?{MONTH}(?: månad)? varje år"
    rf"|{_TRIGGER} den \d{{1,2}}(?::[ae])? i varje månad)"
)
_RECURRING = pattern(rf"(?<![\w-])(?:{any_of(_TABLE['recurring'])}|{_EVERY})(?![\w])", re.IGNORECASE)
_VAGUE = pattern(rf"(?<![\w-]){any_of(_TABLE['vague'])}(?![\w])", re.IGNORECASE)
_UNTIL = pattern(r"(?:till och med|t\.?o\.?m\.?)(?!\w)", re.IGNORECASE)
_HANDED_IN = pattern(rf"\b(?:{_WAITED}|inkomma|yttra|svara|slutför|avsluta|verkställa)", re.IGNORECASE)
_FIRM = pattern(rf"{_TRIGGER}\b", re.IGNORECASE)
_SENAST = re.compile(r"senast\b", re.IGNORECASE)
_TO_YEAR = pattern(rf"(?:senast till|före|innan|inför) (?:år )?{YEAR}", re.IGNORECASE)


def read_deadlines(text: str, start: int, end: int, meeting: date | None) -> list[Deadline]:
    """The deadlines named between two places of the text; words that go together are one deadline."""
    return _merged(text, _single(text, start, end, meeting))


def _single(text: str, start: int, end: int, meeting: date | None) -> list[Deadline]:
    found: list[Deadline] = []
    for name, shape in _DATED:
        for match in shape.finditer(text, start, end):
            if (reading := _read(name, match, meeting)) and not _lasts(text, start, match):
                found.append(_deadline(match, reading))
    for name, shape in _BARE:
        for match in shape.finditer(text, start, end):
            if reading := _read(name, match, meeting):
                found.append(_deadline(match, replace(reading, reason="time_without_a_word"), group="words"))
    found += [_deadline(match, _event(match, meeting)) for match in _EVENTS.finditer(text, start, end)]
    found += [_deadline(match, _within(match, meeting)) for match in _INSIDE.finditer(text, start, end)]
    found += [_deadline(match, season(match["lone_season"], meeting)) for match in _LONE.finditer(text, start, end)]
    found += [_deadline(match, Reading(kind=DeadlineKind.RECURRING)) for match in _RECURRING.finditer(text, start, end)]
    found += [_deadline(match, Reading(kind=DeadlineKind.VAGUE)) for match in _VAGUE.finditer(text, start, end)]
    return _longest(found)


def _lasts(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the words say how long something lasts: `till och med` a day, with nothing to be handed in by then."""
    return bool(_UNTIL.match(match.group())) and not _HANDED_IN.search(
        text, max(start, match.start() - _REACH), match.start()
    )


def _deadline(match: re.Match[str], reading: Reading, group: str | int = 0) -> Deadline:
    return Deadline(
        text=fold(match[group]),
        span=Span(start=match.start(group), end=match.end(group)),
        kind=reading.kind,
        first=reading.first,
        last=reading.last,
        reason=reading.reason,
    )


def _longest(found: list[Deadline]) -> list[Deadline]:
    """Of deadlines that overlap the longest one, in the order of the text."""
    kept: list[Deadline] = []
    for one in sorted(found, key=lambda item: (item.span.start - item.span.end, item.due is None)):
        place = bisect(kept, one.span.start, key=lambda item: item.span.start)
        free_before = place == 0 or kept[place - 1].span.end <= one.span.start
        if free_before and (place == len(kept) or one.span.end <= kept[place].span.start):
            kept.insert(place, one)
    return kept


def _merged(text: str, found: list[Deadline]) -> list[Deadline]:
    """`under 2022 och … senast till 2023`, `skyndsamt … under 2023` and `årligen senast den 1 april` are one each."""
    done: list[Deadline] = []
    for one in found:
        between = text[done[-1].span.end : one.span.start] if done else ""
        if done and one.due and _go_together(done[-1], one, between):
            done[-1] = _joined(text, done[-1], one)
        else:
            done.append(one)
    return done


def _joined(text: str, before: Deadline, after: Deadline) -> Deadline:
    span = Span(start=before.span.start, end=after.span.end)
    words = fold(text[span.start : span.end])
    if before.kind is DeadlineKind.RECURRING:
        return replace(before, text=words, span=span)
    first = min([day for day in (before.first, after.first) if day], default=None)
    last = max(day for day in (before.last, after.last) if day)
    return replace(after, text=words, span=span, first=first, last=last, reason="words_combined")


def _go_together(before: Deadline, after: Deadline, between: str) -> bool:
    if re.search(r"[.;:]", between):
        return False
    if before.kind is DeadlineKind.VAGUE:
        return len(between) <= _REACH
    if before.kind is DeadlineKind.RECURRING:
        return not between.strip(" ,\n") and not re.search(YEAR, after.text)
    if _SENAST.match(before.text) and _SENAST.match(after.text):
        return False
    return before.due is not None and len(between) <= _JOIN and bool(re.match(r"\s+och\s", between))


def _read(name: str, match: re.Match[str], meeting: date | None) -> Reading | None:
    firm = bool(_FIRM.match(match.group()))
    if re.match(r"(?:i|vid)\s", match.group(), re.IGNORECASE) and name in (
        "years",
        "year",
        "day",
        "quarter",
        "bare_day",
    ):
        return None
    reading = READERS[name](match[name], meeting)
    if reading is None or (reading.last and meeting and reading.last < meeting):
        return None
    if name == "short_day" and not firm:
        return None
    if name == "this_year" and not re.match(r"under|senast|inom|före|innan", match.group(), re.IGNORECASE):
        return None
    if name == "year" and _TO_YEAR.match(match.group()) and reading.first:
        last = reading.first - timedelta(days=1)
        return Reading(kind=DeadlineKind.YEAR, first=date(last.year, 1, 1), last=last, reason="before_the_year")
    return reading if firm or name != "bare_month" or match.group().lower().startswith(("under", "i")) else None


def _event(match: re.Match[str], meeting: date | None) -> Reading:
    """An event has a date only if the words name its day or its month and year."""
    words = match["event"]
    if day := day_of(words):
        return Reading(kind=DeadlineKind.DAY, first=day, last=day)
    if named := _OF_MONTH.search(fold(words)):
        read = READERS["month" if named["year"] else "bare_month"](named["month"], meeting)
        return replace(read, reason=read.reason or "month_of_the_event") if read else Reading(kind=DeadlineKind.EVENT)
    return Reading(kind=DeadlineKind.EVENT)


def _within(match: re.Match[str], meeting: date | None) -> Reading:
    """A length of time runs from the day of the meeting, which a person has to confirm."""
    words = match["count"].lower()
    count = int(words) if words.isdigit() else 1 if words == "ett" else _TABLE["numbers"].index(words) + 1
    last = after(meeting, count, match["unit"].lower()) if meeting else None
    return Reading(kind=DeadlineKind.DAY, first=meeting if last else None, last=last, reason="counted_from_the_meeting")
