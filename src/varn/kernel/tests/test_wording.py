import re
from datetime import date
from decimal import Decimal

import pytest

from varn.kernel.calendar import Period
from varn.kernel.glossary import GLOSSARY
from varn.kernel.lawbook import LAW, Amount, Counting, Rule, RuleKind, RuleVersion
from varn.kernel.wording import period_words, source_in_full, source_words, urgency_words, value_words


@pytest.mark.parametrize(
    ("rule_id", "swedish", "english"),
    [
        ("D15", "14 dagar", "14 days"),
        ("D17", "3 veckor", "3 weeks"),
        ("D04", "1 månad", "1 month"),
        ("D06", "72 timmar", "72 hours"),
        ("D01", "genast", "at once"),
        ("D10", "samma dag", "the same day"),
        ("D20", "31 oktober varje år", "31 October every year"),
        ("D29", "16 februari 2026", "16 February 2026"),
        ("R35", "minst 2 år", "at least 2 years"),
        ("R43", "bevaras", "preserved"),
        ("R32", "endast anteckning", "note only"),
        ("V37", "inte aktiv", "inactive"),
    ],
)
def test_a_value_is_said_in_words(rule_id: str, swedish: str, english: str) -> None:
    version = LAW[rule_id].version_on(date(2026, 11, 1))
    assert version is not None
    assert value_words(version, GLOSSARY, "sv") == swedish
    assert value_words(version, GLOSSARY, "en") == english


def test_every_text_that_the_product_ships_has_its_words() -> None:
    texts = {version.value for rule_id in LAW for version in LAW[rule_id].versions if isinstance(version.value, str)}
    assert {text for text in texts if f"value.{text.replace(' ', '_')}" not in GLOSSARY} == set()


def test_several_units_follow_each_other() -> None:
    assert period_words(Period(years=1, months=6), GLOSSARY, "sv") == "1 år 6 månader"


def test_working_days_are_called_so() -> None:
    assert period_words(Period(days=1), GLOSSARY, "sv", working=True) == "1 arbetsdag"


RULE = Rule(id="T01", kind=RuleKind.THRESHOLD, track="tea", title_sv="Te", title_en="Tea")


def test_a_municipalitys_own_text_is_given_as_written() -> None:
    assert value_words(RuleVersion(rule=RULE, value="efter smak"), GLOSSARY, "en") == "efter smak"


def test_an_amount_has_its_unit() -> None:
    amount = Amount(number=Decimal(5000), unit="SEK")
    assert value_words(RuleVersion(rule=RULE, value=amount), GLOSSARY, "sv") == "5000 SEK"


def test_a_rule_of_working_days_says_so() -> None:
    version = RuleVersion(rule=RULE, value=Period(days=5), written="P5D", calendar=Counting.WORKING)
    assert value_words(version, GLOSSARY, "en") == "5 working days"


def test_the_words_of_the_law_and_its_source_are_told_in_the_readers_language() -> None:
    version = LAW["D18"].on(date(2026, 5, 1))
    assert urgency_words(version, GLOSSARY, "sv") == "innan sammanträdet avslutas"
    assert source_words(version, GLOSSARY, "en") == "KL 4:27"


@pytest.mark.parametrize(
    ("source", "sv", "en"),
    [
        ("KL 13:5", "13 kap. 5 § kommunallagen", "chapter 13 section 5 of the Local Government Act"),
        (
            "KL (1991:900) 5:61, 6:30",
            "5 kap. 61 § och 6 kap. 30 § kommunallagen (1991:900)",
            "chapter 5 section 61 and chapter 6 section 30 of the Local Government Act (1991:900)",
        ),
        (
            "KL 5:69, 6:35, 8:12",
            "5 kap. 69 §, 6 kap. 35 § och 8 kap. 12 § kommunallagen",
            "chapter 5 section 69, chapter 6 section 35 and chapter 8 section 12 of the Local Government Act",
        ),
    ],
)
def test_a_paragraph_of_an_act_is_told_in_full(source: str, sv: str, en: str) -> None:
    assert [source_in_full(source, GLOSSARY, language) for language in ("sv", "en")] == [sv, en]


@pytest.mark.parametrize("source", ["", "lokal inställning", "SFB 42:10", "TF 2:15-16", "KL 13"])
def test_a_source_that_is_no_paragraph_of_a_known_act_stands_as_it_is(source: str) -> None:
    assert source_in_full(source, GLOSSARY, "sv") == source


def test_every_paragraph_of_the_local_government_act_in_the_lawbook_is_told_in_full() -> None:
    sources = [version.source for dated in LAW.values() for version in dated.versions]
    assert [source for source in sources if source_in_full(source, GLOSSARY, "sv").startswith("KL")] == []


def test_no_english_is_left_in_the_swedish_lawbook() -> None:
    versions = [version for dated in LAW.values() for version in dated.versions]
    told = {f(version, GLOSSARY, "sv") for version in versions for f in (urgency_words, source_words)}
    english = re.compile(r"\b(?:and|of|local|own|the|same|meeting|copy|agreement|acts)\b")
    assert [text for text in told if english.search(text)] == []
