"""Which lines of a § are its decision, in the ways that minutes announce it."""

import pytest

from .invented import assigned, clauses, read_all, reasons, section

PLAN = [("Planen antas.", None)]


@pytest.mark.parametrize(
    "heading",
    [
        "KS beslut",
        "Ks beslutar",
        "Beslut i kommunstyrelsen",
        "Kommunstyrelsen fattar följande beslut",
        "Kommunstyrelsens ställningstagande",
        "Beslutas",
        "Beslut (enhälligt)",
    ],
)
def test_a_decision_is_found_under_its_heading(heading: str) -> None:
    assert clauses(section(f"Ärendet\nEn plan finns.\n\n{heading}\n\nPlanen antas.")) == PLAN


def test_the_own_bodys_name_opens_the_decision_below_the_proposal_of_another() -> None:
    found = section(
        "ARBETSUTSKOTTETS FÖRSLAG\n\natt notera rapporten\n\nKOMMUNSTYRELSEN BESLUTAR\n\n"
        "att notera rapporten och dess bilaga\n"
    )
    assert clauses(found) == [("att notera rapporten och dess bilaga", None)]


def test_a_proposal_that_begins_with_the_bodys_name_is_no_decision() -> None:
    found = section("Förslag till beslut\nKommunstyrelsen beslutar\natt anta planen.\n\nBeslut\nÄrendet bordläggs.")
    assert clauses(found) == [("Ärendet bordläggs.", None)]


def test_what_the_body_proposes_to_the_council_is_its_decision_where_no_other_is() -> None:
    found = section(
        "Arbetsutskottets förslag till kommunstyrelsen\n\n"
        "Kommunstyrelsen föreslår att kommunfullmäktige bifaller motionen."
        "\n\nKommunstyrelsens förslag till beslut\n\nKommunfullmäktige avslår motionen."
    )
    assert clauses(found) == [("Kommunfullmäktige avslår motionen.", "Kommunfullmäktige")]


def test_leads_without_a_subject_part_what_is_proposed_from_what_is_decided() -> None:
    found = section(
        "Kommunstyrelsen beslutar\n\nföreslå kommunfullmäktige besluta\n\natt anta avgifterna,\n\n"
        "för egen del besluta\n\n"
        "att uppdra åt parkchefen att sätta upp skyltar."
    )
    assert clauses(found) == [
        ("att anta avgifterna,", "Kommunfullmäktige"),
        ("att uppdra åt parkchefen att sätta upp skyltar.", None),
    ]


def test_a_lead_with_a_condition_is_no_clause_and_its_clauses_are_marked() -> None:
    found = section(
        "Beslut\n\nKommunstyrelsen föreslår kommunfullmäktige besluta\n\natt bifalla motionen\n\n"
        "Kommunstyrelsen beslutar för egen del, under förutsättning av kommunfullmäktiges beslut,\n\n"
        "att uppdra åt parkchefen att hyra en lokal"
    )
    assert (clauses(found)[1:], ("clauses[1]", "conditional") in reasons(found)) == (
        [("att uppdra åt parkchefen att hyra en lokal", None)],
        True,
    )


@pytest.mark.parametrize("lead", ["Kommunstyrelsen beslutar följande.", "Kommunstyrelsen fattar följande beslut."])
def test_a_lead_may_end_in_a_full_stop(lead: str) -> None:
    assert clauses(section(f"Beslut\n{lead}\n1. Planen antas.")) == PLAN


def test_a_list_under_the_title_again_is_no_clause() -> None:
    found = section(
        "Beslut\nPlanen antas.\n\nSkydd av lokaler\nRapport om lås, 2024-01-15\nRapport om larm, 2024-01-17"
    )
    assert clauses(found) == PLAN


def test_clauses_are_parted_where_only_line_ends_part_them() -> None:
    found = section(
        "Beslut\nGodkänna rapporten\nGe parkchefen i uppdrag att redovisa\nkostnaden för stängsel\nAnta planen"
    )
    assert [text for text, _ in clauses(found)] == [
        "Godkänna rapporten",
        "Ge parkchefen i uppdrag att redovisa kostnaden för stängsel",
        "Anta planen",
    ]


def test_a_wrapped_line_that_begins_with_a_name_goes_on_with_its_clause() -> None:
    found = section(
        "Beslut\nKommunstyrelsen beslutar att ge uppdraget att bygga om salen åt\nNorrby Bygg AB som antas."
    )
    assert len(found["clauses"]) == 1


def test_an_assignment_names_its_clause_by_place_when_numbers_begin_anew() -> None:
    found = section(
        "Beslut\n\n1. Planen antas.\n\nKommunstyrelsen föreslår kommunfullmäktige besluta\n\n1. Taxan antas.\n"
        "2. Parkchefen får i uppdrag att sätta upp skyltar."
    )
    assert [(given["clause"], given["in_force"]) for given in found["assignments"]] == [(3, False)]


def test_a_closing_that_is_only_proposed_closes_nothing_and_is_marked() -> None:
    found = section(
        "Kommunstyrelsen föreslår kommunfullmäktige besluta\n1. Uppdraget 2023-05-04, § 9, förklaras slutfört."
    )
    assert (found["closes"], ("clauses[0]", "closes_when_adopted") in reasons(found)) == ([], True)


def test_the_body_of_other_paragraphs_is_the_body_of_one_that_names_none() -> None:
    from_text = (
        "§ 1 Val\n\nKommunfullmäktiges beslut\n\n- Valet godkänns.\n\n§ 2 Frågor\n\nÄrendebeskrivning\nInga frågor kom."
    )
    bodies = [found["body"] for found in read_all(from_text)]
    assert bodies == ["Kommunfullmäktige", "Kommunfullmäktige"]


def test_an_office_that_two_lines_of_a_decision_name_is_not_glued_to_the_line_above() -> None:
    found = section("Beslut\nPlanen antas\nParkchefen får i uppdrag att se över alla larm")
    assert assigned(found) == [("Parkchefen", "se över alla larm")]


def test_what_a_sentence_decides_in_running_text_is_no_mention() -> None:
    found = read_all(
        "Kommunfullmäktige\nProtokoll 2022-02-17\n\n§ 4 Väktare\n\nÄrendet bereddes i januari.\n\n"
        "Kommunfullmäktige beslutar att anta planen, att uppdra åt kommunstyrelsen att anställa en samordnare."
    )[0]
    assert (found["mentioned"], len(found["assignments"])) == ([], 1)
