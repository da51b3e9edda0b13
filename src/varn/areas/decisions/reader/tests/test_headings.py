"""Headings that no table holds word for word: they are known by how they are put together."""

import pytest

from .invented import assigned, clauses, movers, section

POINTS = "1. Planen antas.\n2. Parkchefen får i uppdrag att följa den."
CLAUSES = [("Planen antas.", None), ("Parkchefen får i uppdrag att följa den.", None)]


@pytest.mark.parametrize(
    "heading",
    [
        "Beslut i kommunstyrelsen 2024-03-13",
        "Kommunstyrelsens beslut (2024-03-13)",
        "Kommunstyrelsens slutliga beslut",
        "Kommunstyrelsen beslutar enhälligt",
        "Beslut – kommunstyrelsen",
        "Beslut efter omröstning",
    ],
)
def test_a_decision_is_headed_in_many_ways(heading: str) -> None:
    assert clauses(section(f"Bakgrund\nParken är mörk.\n\n{heading}\n{POINTS}")) == CLAUSES


@pytest.mark.parametrize(
    "heading",
    [
        "Kopia på beslutet till",
        "Beslutsexpediering till",
        "Sändlista för beslutet",
        "Utdrag ur protokollet till",
        "Protokollet ska sändas till",
        "Beslutet är expedierat till",
        "För kännedom",
        "Till",
    ],
)
def test_recipients_are_headed_in_many_ways(heading: str) -> None:
    below = section(f"Beslut\n{POINTS}\n\n{heading}\nParkchefen\nTekniska nämnden")
    beside = section(f"Beslut\n{POINTS}\n\n{heading}: Parkchefen, tekniska nämnden")
    assert (below["recipients"], beside["recipients"]) == (
        ["Parkchefen", "Tekniska nämnden"],
        ["Parkchefen", "tekniska nämnden"],
    )


@pytest.mark.parametrize(
    "heading",
    ["Beslutsunderlag/bilagor", "Tillhörande handlingar", "Handling i ärendet", "Bilagor till ärendet", "Referenser"],
)
def test_documents_are_headed_in_many_ways(heading: str) -> None:
    found = section(f"Beslut\n{POINTS}\n\n{heading}\nTjänsteskrivelse 2024-03-01\nKarta över parken")
    assert found["basis"] == ["Tjänsteskrivelse 2024-03-01", "Karta över parken"]


@pytest.mark.parametrize(
    "heading",
    ["Förslag/yrkanden", "Dagens behandling", "Muntliga yrkanden", "Yrkanden i ärendet", "Deltagare i debatten"],
)
def test_motions_are_headed_in_many_ways(heading: str) -> None:
    found = section(f"Beslut\n{POINTS}\n\n{heading}\nSven Ask (S) yrkar att parkchefen får i uppdrag att så gräs.")
    assert (movers(found), clauses(found)) == (["Sven Ask (S)"], CLAUSES)


@pytest.mark.parametrize(
    "heading",
    ["Tidigare instanser", "Motivering till återremissen", "Parkens framtida skötsel", "Motivering: Så är det."],
)
def test_a_heading_below_the_points_ends_the_decision(heading: str) -> None:
    found = section(f"Beslut\n{POINTS}\n\n{heading}\nTekniska nämnden får i uppdrag att så gräs.")
    assert (clauses(found), len(assigned(found))) == (CLAUSES, 1)


@pytest.mark.parametrize("heading", ["Arbetsutskottets beslut 2024-02-20 § 9", "Kommunstyrelsen 2024-02-27 § 21"])
def test_what_another_meeting_decided_is_no_clause_of_this_one(heading: str) -> None:
    found = section(f"Beslut\n{POINTS}\n\n{heading}\n\natt ge parkchefen i uppdrag att så gräs.")
    assert (clauses(found), len(assigned(found))) == (CLAUSES, 1)


def test_a_decision_may_open_with_how_it_came_about() -> None:
    found = section("Gräset är torrt.\n\nEfter omröstning beslutar kommunstyrelsen\n\natt så gräs,\natt köpa frö.")
    assert clauses(found) == [("att så gräs,", None), ("att köpa frö.", None)]


def test_text_follows_its_heading_on_the_line() -> None:
    found = section(
        "Beslut: Planen antas.\nSammanfattning: Parken är mörk.\nFörslag på mötet: Sven Ask (S) yrkar bifall.\n"
        "Expedieras till: Parkchefen"
    )
    assert (clauses(found), movers(found), found["recipients"]) == (
        [("Planen antas.", None)],
        ["Sven Ask (S)"],
        ["Parkchefen"],
    )


def test_a_line_drawn_below_the_clauses_ends_the_decision() -> None:
    found = section(
        "Kommunstyrelsen beslutar\n\natt så gräs.\n\n_ _ _ _ _\n\nNämnden gav parkchefen i uppdrag att mäta.\n\n"
        "Under överläggningen yrkar Sven Ask (S) bifall.\n\nExp:  Parkchefen"
    )
    assert (clauses(found), movers(found), found["recipients"]) == (
        [("att så gräs.", None)],
        ["Sven Ask (S)"],
        ["Parkchefen"],
    )


def test_a_list_of_votes_below_the_recipients_holds_no_recipients() -> None:
    found = section(
        "Beslut\nPlanen antas.\n\nSkickas till\nParkchefen\n\nOmröstningslista nr 1\n\nLedamot   Ja   Nej\nSven Ask   X"
    )
    assert found["recipients"] == ["Parkchefen"]
