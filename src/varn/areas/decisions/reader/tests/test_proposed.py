"""What is only proposed to another body is never read as in force, and what the body decides itself always is."""

from typing import Any

import pytest

from .invented import clauses, read, reasons, section

COUNCIL = "Kommunfullmäktige"
BOARD = "Kommunstyrelsen"
CHARGE = "att uppdra åt parkchefen att måla grindarna"
LEADS = [
    "Kommunstyrelsen hemställer att kommunfullmäktige beslutar",
    "Kommunstyrelsen hemställer hos kommunfullmäktige att besluta",
    "Kommunstyrelsen hemställer hos kommunfullmäktige att kommunfullmäktige beslutar",
    "Kommunstyrelsen beslutar hemställa att kommunfullmäktige",
    "Kommunstyrelsen beslutar för egen del att föreslå kommunfullmäktige besluta",
    "Kommunstyrelsen rekommenderar kommunfullmäktige",
    "Kommunstyrelsen föreslår, att kommunfullmäktige beslutar",
    "Kommunstyrelsen tillstyrker förslaget och föreslår att kommunfullmäktige beslutar",
    "Kommunstyrelsen överlämnar ärendet till kommunfullmäktige med förslag",
    "Kommunfullmäktige föreslås besluta",
]


def of_committee(text: str) -> dict[str, Any]:
    head = "Kommunstyrelsens arbetsutskott\nProtokoll nr 3\nSammanträdesdatum: 2024-03-13\n\n"
    return read(f"{head}§ 40 Grindar i parken\nDnr KS 2024-11\n\n{text}\n")


def force(found: dict[str, Any]) -> list[bool]:
    return [given["in_force"] for given in found["assignments"]]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize(
    "form",
    ["Beslut\n{lead}\natt anta taxan, samt\n{charge}.", "Beslut\n\n{lead}\n\natt anta taxan\n\n{charge}"],
    ids=["lines", "gaps"],
)
def test_every_clause_below_a_lead_that_proposes_is_a_proposal(lead: str, form: str) -> None:
    found = section(form.format(lead=lead, charge=CHARGE))
    assert ([to for _, to in clauses(found)], force(found)) == ([COUNCIL, COUNCIL], [False])


@pytest.mark.parametrize("lead", LEADS)
def test_a_proposal_in_one_sentence_is_not_in_force(lead: str) -> None:
    assert force(section(f"Beslut\n{lead} {CHARGE}.")) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Kommunstyrelsens arbetsutskotts förslag till beslut\nParkchefen får i uppdrag att måla grindarna.",
        "Arbetsutskottets förslag till beslut\nKommunstyrelsen beslutar\natt uppdra åt parkchefen att måla grindarna",
        "Arbetsutskottets förslag till kommunstyrelsen\n1. Parkchefen får i uppdrag att måla grindarna.",
        "Arbetsutskottets beslut\nKommunstyrelsen beslutar att parkchefen får i uppdrag att måla grindarna.",
    ],
)
def test_what_a_committee_proposes_to_its_board_is_not_in_force(text: str) -> None:
    found = of_committee(text)
    assert ([to for _, to in clauses(found)], force(found)) == ([BOARD], [False])


def test_a_proposal_whose_heading_names_no_body_is_marked() -> None:
    found = of_committee("Arbetsutskottets förslag till beslut\nGrindarna målas.")
    assert ("clauses[0]", "addressee_not_stated") in reasons(found)


def test_a_committees_proposal_to_another_board_stands_alone_as_its_decision() -> None:
    found = of_committee("Arbetsutskottets förslag till tekniska nämnden\n1. Grindarna målas.\n2. Staketet rivs.")
    assert clauses(found) == [("Grindarna målas.", "Tekniska nämnden"), ("Staketet rivs.", "Tekniska nämnden")]


def test_what_is_proposed_to_the_body_itself_is_no_decision_of_it() -> None:
    assert section("Förslag till beslut i kommunstyrelsen\nGrindarna målas.")["clauses"] == []


def test_the_bodys_own_decision_below_its_proposal_is_in_force_and_conditional() -> None:
    found = section(
        "Kommunstyrelsens förslag till beslut i kommunfullmäktige\n\natt anta taxan.\n\n"
        f"Kommunstyrelsens eget beslut under förutsättning av kommunfullmäktiges beslut ovan\n\n{CHARGE}."
    )
    assert ([to for _, to in clauses(found)], force(found), ("clauses[1]", "conditional") in reasons(found)) == (
        [COUNCIL, None],
        [True],
        True,
    )


@pytest.mark.parametrize(
    ("words", "in_force"),
    [
        (
            "Kommunstyrelsen godkänner planen och rekommenderar kommunfullmäktige att ge parkchefen i uppdrag att måla",
            False,
        ),
        ("Kommunstyrelsen godkänner planen och föreslår att kommunfullmäktige uppdrar åt parkchefen att måla", False),
        (
            "Kommunstyrelsen föreslår kommunfullmäktige anta planen. Kommunstyrelsen uppdrar åt parkchefen att måla",
            True,
        ),
        ("Kommunstyrelsen godkänner planen som föreslås och uppdrar åt parkchefen att måla", True),
    ],
)
def test_only_what_follows_a_proposal_in_its_sentence_waits_for_the_council(words: str, in_force: bool) -> None:
    assert force(section(f"Beslut\n{words}.")) == [in_force]


def test_a_proposal_passed_on_is_made_to_the_body_that_decides() -> None:
    found = of_committee(
        f"Beslut\nArbetsutskottet föreslår kommunstyrelsen föreslå kommunfullmäktige besluta\n{CHARGE}"
    )
    assert (clauses(found), force(found)) == ([(CHARGE, COUNCIL)], [False])
