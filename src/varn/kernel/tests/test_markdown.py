from dataclasses import replace
from datetime import date

from varn.kernel.glossary import GLOSSARY, Glossary, Kind, Term
from varn.kernel.lawbook import LAW, DatedRule, Lawbook
from varn.kernel.markdown import glossary_markdown, lawbook_markdown


def test_every_term_stands_in_the_word_list_once() -> None:
    table = glossary_markdown(GLOSSARY)
    assert [key for key in GLOSSARY if table.count(f"| `{key}` |") != 1] == []


def test_the_word_list_has_a_heading_for_each_kind_that_has_terms() -> None:
    table = glossary_markdown(Glossary({"tea": Term(key="tea", kind=Kind.TERM, sv="te", en="tea", note="a|b")}))
    assert table == (
        "# Glossary\n\n## Term\n\n"
        "| Key | Swedish | English | Note |\n| --- | --- | --- | --- |\n| `tea` | te | tea | a\\|b |\n"
    )


def test_every_version_of_every_rule_stands_in_the_table() -> None:
    table = lawbook_markdown(LAW)
    for rule_id in LAW:
        assert table.count(f"| {rule_id} | {LAW[rule_id].rule.title_en} |") == len(LAW[rule_id].versions)


def test_a_row_tells_value_source_mark_and_that_nobody_has_checked_it() -> None:
    row = (
        "| D15 | Protokollet justeras | 2018-01-01 | 14 dagar | kalendertid | KL 5:69, 6:35 | V1 | inte kontrollerad |"
    )
    assert row in lawbook_markdown(LAW, GLOSSARY, "sv")


def test_a_checked_row_tells_when_and_by_whom() -> None:
    checked = replace(LAW["D15"].versions[-1], checked_date=date(2026, 11, 1), checked_by="kommunjuristen")
    law = Lawbook({"D15": DatedRule(rule=checked.rule, versions=(checked,))}, LAW.marks)
    assert "| 2026-11-01, kommunjuristen |" in lawbook_markdown(law)


def test_the_marks_are_explained_below() -> None:
    assert f"| V2 | {LAW.marks['V2'].en} |" in lawbook_markdown(LAW)
