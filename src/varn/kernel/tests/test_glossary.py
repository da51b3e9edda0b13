import os
import re
from pathlib import Path

import pytest

from varn.kernel.glossary import GLOSSARY, Form, Glossary, GlossaryError, Kind, UnknownWord
from varn.kernel.lawbook import Counting, RuleKind
from varn.kernel.levels import Level, Tier
from varn.kernel.references import Reference

REPOSITORY = Path(__file__).parents[4]
EXAMPLES = Path(os.environ.get("VARN_EXAMPLES", REPOSITORY.parent / "shared" / "examples"))
DESIGNED = EXAMPLES.parent / "design" / "domain.md"

TEA = """
["tea:cup"]
kind = "model"
sv = "kopp"
sv_definite = "koppen"
sv_plural = "koppar"
en = "cup"
en_plural = "cups"
series = "KOP"
note_sv = "Något att dricka ur."
note_en = "Something to drink from."

["tea:cup.empty"]
kind = "state"
sv = "tom"
en = "empty"

["tea:refusal.too_hot"]
kind = "refusal"
sv = "Teet är {grader} grader och koppen är {state}."
en = "The tea is {grader} degrees and the cup is {state}."
"""


def load(folder: Path, **files: str) -> Glossary:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return Glossary.load(folder)


@pytest.fixture
def tea(tmp_path: Path) -> Glossary:
    return load(tmp_path, tea=TEA)


@pytest.mark.parametrize(
    ("language", "form", "word"),
    [
        ("sv", Form.SINGULAR, "kopp"),
        ("sv", Form.DEFINITE, "koppen"),
        ("sv", Form.PLURAL, "koppar"),
        ("en", Form.SINGULAR, "cup"),
        ("en", Form.DEFINITE, "cup"),
        ("en", Form.PLURAL, "cups"),
        ("sv-se", Form.SINGULAR, "kopp"),
        ("en-GB", Form.PLURAL, "cups"),
    ],
)
def test_a_word_is_found_in_its_language_and_form(tea: Glossary, language: str, form: Form, word: str) -> None:
    assert tea.word("tea:cup", language, form) == word


def test_a_word_is_explained(tea: Glossary) -> None:
    assert tea.explanation("tea:cup", "en") == "Something to drink from."
    assert tea.explanation("tea:cup.empty", "sv") == ""


@pytest.mark.parametrize(("key", "language"), [("tea:saucer", "sv"), ("tea:cup", "fi")])
def test_an_unknown_word_is_refused(tea: Glossary, key: str, language: str) -> None:
    with pytest.raises(UnknownWord):
        tea.word(key, language)
    with pytest.raises(UnknownWord):
        tea.explanation(key, language)


def test_a_form_that_nobody_wrote_is_unknown(tea: Glossary) -> None:
    with pytest.raises(UnknownWord, match="plural"):
        tea.word("tea:cup.empty", "sv", Form.PLURAL)


def test_a_refusal_is_a_sentence_with_its_values_and_words(tea: Glossary) -> None:
    said = tea.sentence("tea:refusal.too_hot", "sv", {"grader": 90, "state": "tea:cup.empty"})
    assert said == "Teet är 90 grader och koppen är tom."


def test_a_series_and_its_thing_find_each_other(tea: Glossary) -> None:
    assert tea.series("tea:cup") == "KOP"
    assert tea.key_of_series("KOP") == "tea:cup"


def test_a_thing_without_references_has_no_series(tea: Glossary) -> None:
    with pytest.raises(UnknownWord):
        tea.series("tea:cup.empty")
    with pytest.raises(UnknownWord):
        tea.key_of_series("FAT")


@pytest.mark.parametrize(
    ("found", "instead", "why"),
    [
        ('sv = "kopp"\n', "", "lacks"),
        ('en = "cup"', 'en = ""', "lacks"),
        ("sv_plural", "sv_plurals", "unknown"),
        ('kind = "state"', 'kind = "mood"', "no known kind"),
        ('"tea:cup.empty"', '"tea:cup:empty"', "not how a state is named"),
        ('"tea:cup"', '"tea"', "not how a model is named"),
        ('"tea:cup"', '"Tea:cup"', "not how a model is named"),
    ],
)
def test_a_term_that_cannot_hold_is_refused(tmp_path: Path, found: str, instead: str, why: str) -> None:
    with pytest.raises(GlossaryError, match=why):
        load(tmp_path, tea=TEA.replace(found, instead, 1))


def test_a_key_has_its_words_in_one_file_only(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="already has its words"):
        load(tmp_path, coffee=TEA, tea=TEA)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"tea\.toml"):
        load(tmp_path, tea=TEA + TEA)


def test_two_things_may_not_share_a_series(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="both number"):
        load(tmp_path, coffee=TEA.replace("tea:", "coffee:"), tea=TEA)


def test_every_model_has_the_forms_that_headings_need() -> None:
    models = [term for term in GLOSSARY.values() if term.kind is Kind.MODEL]
    assert [term.key for term in models if not (term.sv_definite and term.sv_plural and term.en_plural)] == []


def test_every_model_state_and_move_is_explained_in_both_languages() -> None:
    explained = (Kind.MODEL, Kind.STATE, Kind.MOVE, Kind.FUNCTION, Kind.LEVEL)
    terms = [term for term in GLOSSARY.values() if term.kind in explained]
    assert [term.key for term in terms if not (term.note_sv and term.note_en)] == []


def test_buttons_and_sentences_begin_with_a_capital_and_words_do_not() -> None:
    for term in GLOSSARY.values():
        initials = term.sv[0] + term.en[0]
        if term.kind in (Kind.MOVE, Kind.PERMISSION, Kind.REFUSAL):
            assert initials.isupper(), term.key
        elif term.kind in (Kind.MODEL, Kind.STATE):
            assert initials.islower(), term.key


def test_a_refusal_names_the_same_values_in_both_languages() -> None:
    values = re.compile(r"{\w+}")
    refusals = [term for term in GLOSSARY.values() if term.kind is Kind.REFUSAL]
    assert [term.key for term in refusals if values.findall(term.sv) != values.findall(term.en)] == []


def test_every_series_can_be_printed() -> None:
    for term in GLOSSARY.values():
        if term.series:
            assert Reference.parse(str(Reference(series=term.series, year=2026, number=1))).series == term.series


def test_every_level_tier_and_kind_of_rule_has_its_word() -> None:
    keys = [f"level.{level.key}" for level in Level] + [f"tier.{tier}" for tier in Tier]
    keys += [f"rule_kind.{kind}" for kind in RuleKind] + [f"counting.{counting}" for counting in Counting]
    assert [key for key in keys if key not in GLOSSARY] == []


@pytest.mark.skipif(not DESIGNED.exists(), reason=f"the designed glossary is not there: {DESIGNED}")
def test_every_word_of_the_designed_glossary_is_found_again() -> None:
    known = {word.lower() for term in GLOSSARY.values() for word in (term.sv, term.en, term.abbreviation, term.note)}
    text = " | ".join(sorted(known))
    table = DESIGNED.read_text(encoding="utf-8").partition("# (a) Glossary")[2].partition("\n# (b)")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", table, flags=re.MULTILINE)[1:]
    rows = [row for row in rows if set(row[0]) != set("- ")]
    assert len(rows) > 100
    missing = [word for swedish, _ in rows for word in words_of(swedish) if word not in text]
    assert missing == []


def words_of(cell: str) -> list[str]:
    """The words of one cell, which parts them by commas, strokes and brackets, and shortens what two words share."""
    parts = re.split(r"\s*[,/()]\s*", cell.lower().replace("”", "").replace('"', ""))
    return [part.strip("- ") for part in parts if part.strip("- ")]
