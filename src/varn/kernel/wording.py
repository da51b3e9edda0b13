"""What the lawbook holds, said in words: periods, fixed days and amounts as a reader reads them."""

import calendar as _months
import re

from varn.kernel.calendar import FixedDay, Period
from varn.kernel.glossary import Form, Glossary
from varn.kernel.provisions import Amount, Counting, RuleVersion

# A paragraph of an act by its abbreviation, perhaps an older act by its number: "KL 13:5", "KL (1991:900) 5:61, 6:30".
PARAGRAPHS = re.compile(r"(?P<act>[A-ZÅÄÖ]+)(?P<old> \(\d{4}:\d+\))? (?P<places>\d+:\d+(?:, \d+:\d+)*)")
UNITS = ("years", "months", "weeks", "days", "hours")


def value_words(version: RuleVersion, glossary: Glossary, language: str) -> str:
    """The version's value as a reader reads it: "3 veckor", "minst 10 år", "31 oktober varje år", "inte aktiv".

    A text that the glossary does not know, such as a municipality's own, is given as it was written.
    """
    value = version.value
    match value:
        case None:
            return glossary.word("counting.inactive", language)
        case Period() if not value:
            return glossary.word("period.none" if version.counts_hours else "period.same_day", language)
        case Period():
            words = period_words(value, glossary, language, working=version.calendar is Counting.WORKING)
            minimum = version.calendar is Counting.MINIMUM
            return glossary.sentence("value.minimum", language, {"period": words}) if minimum else words
        case Amount() if f"period.{value.unit}" in glossary:
            return counted_words(int(value.number), value.unit, glossary, language)
        case FixedDay():
            return _fixed_day_words(value, glossary, language)
        case str():
            key = "value." + value.replace(" ", "_")
            return glossary.word(key, language) if key in glossary else value
        case _:
            return str(value)


def urgency_words(version: RuleVersion, glossary: Glossary, language: str) -> str:
    """The law's own words where it gives no number, in the reader's language."""
    return _told("urgency", version.urgency, glossary, language)


def source_words(version: RuleVersion, glossary: Glossary, language: str) -> str:
    """Where the rule stands. A paragraph of law is the same in every language."""
    return _told("source", version.source, glossary, language)


def source_in_full(source: str, glossary: Glossary, language: str) -> str:
    """A source as it is read aloud ("KL 13:5" is "13 kap. 5 § kommunallagen"); an act without a word, as it stands."""
    found = PARAGRAPHS.fullmatch(source)
    if found is None or (key := f"act.{found['act'].lower()}") not in glossary:
        return source
    places = [
        glossary.sentence("act.place", language, dict(zip(("chapter", "section"), place.split(":"), strict=True)))
        for place in found["places"].split(", ")
    ]
    *first, last = places
    several = {"first": ", ".join(first), "last": last}
    told = glossary.sentence("act.places", language, several) if first else last
    act = glossary.word(key, language) + (found["old"] or "")
    return glossary.sentence("act.places_in", language, {"places": told, "act": act})


def period_words(period: Period, glossary: Glossary, language: str, *, working: bool = False) -> str:
    """The period in words, one unit after the other ("1 år 6 månader"). `working`: its days are working days."""
    parts = []
    for unit in UNITS:
        number = getattr(period, unit)
        if number:
            key = "working_days" if working and unit == "days" else unit
            parts.append(counted_words(number, key, glossary, language))
    return " ".join(parts)


def counted_words(number: int, unit: str, glossary: Glossary, language: str) -> str:
    """So many of the unit ("1 dag", "30 minuter")."""
    form = Form.SINGULAR if number == 1 else Form.PLURAL
    return f"{number} {glossary.word(f'period.{unit}', language, form)}"


def _told(what: str, written: str, glossary: Glossary, language: str) -> str:
    plain = written.lower().translate(str.maketrans("åäö", "aao"))
    key = f"{what}.{'_'.join(re.findall('[a-z0-9]+', plain))}"
    return glossary.word(key, language) if key in glossary else written


def _fixed_day_words(fixed: FixedDay, glossary: Glossary, language: str) -> str:
    key = "value.every_year" if fixed.year is None else "value.once"
    month = glossary.word(f"month.{_months.month_name[fixed.month].lower()}", language)
    return glossary.sentence(key, language, {"day": fixed.day, "month": month, "year": fixed.year})
