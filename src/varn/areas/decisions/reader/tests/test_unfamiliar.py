"""Heads, sections and lists in the shapes that an examiner found the reader not to know."""

import pytest

from .invented import HEAD, clauses, decided, due, movers, read, read_all, section


def test_a_paragraph_that_tells_what_was_done_before_is_no_clause() -> None:
    found = section(
        "Beslut\n\nKommunstyrelsen beslutar att återremittera ärendet.\n\n"
        "Ylva Ek (C) har i en motion föreslagit att grindar målas.\nTekniska nämnden har avstyrkt motionen. "
        "Arbetsutskottet föreslår att motionen avslås."
    )
    assert [text for text, _ in clauses(found)] == ["Kommunstyrelsen beslutar att återremittera ärendet."]


@pytest.mark.parametrize(
    "words",
    [
        "Den plan som tekniska nämnden har lämnat antas.",
        "Den plan tekniska nämnden har tagit fram antas.",
        "Kommunstyrelsen har behandlat frågan och beslutar att staketet rivs.",
    ],
)
def test_a_paragraph_that_goes_on_to_decide_is_a_clause(words: str) -> None:
    found = section(f"Beslut\n\nKommunstyrelsen godkänner rapporten.\n\n{words}")
    assert [text for text, _ in clauses(found)] == ["Kommunstyrelsen godkänner rapporten.", words]


def test_subheads_between_the_entries_of_a_table_of_contents_open_no_paragraph() -> None:
    found = read_all(
        "Kommunstyrelsen\nProtokoll nr 3\nSammanträdesdatum: 2024-03-13\n\nInnehållsförteckning\n\n§ 7 Dagordning\n"
        "Beslutspunkter\n§ 8 Grindar i parken\nInformationsärenden\n§ 9 Läget i parken\n\n"
        "§ 7 Dagordning\n\nFöljande punkt utgår:\nStaket.\n\nKommunstyrelsens beslut\nDagordningen fastställs.\n\n"
        "§ 8 Grindar i parken\n\nKommunstyrelsens beslut\nPlanen antas.\n\n"
        "§ 9 Läget i parken\n\nKommunstyrelsens beslut\nInformationen noteras.\n"
    )
    assert [(one["paragraph"], [text for text, _ in clauses(one)]) for one in found] == [
        ("7", ["Dagordningen fastställs."]),
        ("8", ["Planen antas."]),
        ("9", ["Informationen noteras."]),
    ]


def test_a_heading_of_two_names_for_motions_ends_the_basis() -> None:
    found = decided(
        "Planen antas.",
        more="Beslutsunderlag\nRapport om grindar\nYrkanden/förslag till beslut på sammanträdet\n"
        "Ylva Ek yrkar bifall till planen.\nOlle Alm yrkar avslag på planen.\n",
    )
    assert (found["basis"], movers(found)) == (["Rapport om grindar"], ["Ylva Ek", "Olle Alm"])


def test_anybodys_proposal_to_decide_ends_the_basis() -> None:
    found = decided(
        "Planen antas.", more="Underlag för beslut\nRapport om grindar\n\nParkvårds förslag till beslut\n1. Nej.\n"
    )
    assert found["basis"] == ["Rapport om grindar"]


def test_appendices_under_a_heading_of_preparation_are_basis() -> None:
    found = section(
        "Beredning\nBilaga KS 2024/40/1, skrivelse från parkchefen\nBilaga KS 2024/40/2, karta\n\n"
        "Parkchefen föredrar ärendet.\n\nBeslut\nPlanen antas."
    )
    assert found["basis"] == ["Bilaga KS 2024/40/1, skrivelse från parkchefen", "Bilaga KS 2024/40/2, karta"]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Dnr KS-2024-00417  Dpl 01", "KS-2024-00417"),
        ("Vårt diarienummer: TN 2024/0341 214", "TN 2024/0341"),
        ("Dnr 01422-2024", "01422-2024"),
        ("Dnr KS 2024/00456-1.4.1", "KS 2024/00456"),
    ],
)
def test_a_case_number_with_a_plan_code_leaves_the_title_whole(printed: str, number: str) -> None:
    found = read(f"{HEAD}§ 7 {printed}\nGrindar i parken\n\nBeslut\nPlanen antas.\n")
    assert (found["diarienummer"], found["title"]) == (number, "Grindar i parken")


def test_a_case_number_below_recipients_ends_them() -> None:
    found = read(
        f"{HEAD}§ 7 Grindar i parken\n\nDelges: Tekniska nämnden, Ekonomiavdelningen\n\nDnr 24KS114\n\n"
        "Beslut\nPlanen antas.\n"
    )
    assert (found["diarienummer"], found["recipients"]) == ("24KS114", ["Tekniska nämnden", "Ekonomiavdelningen"])


@pytest.mark.parametrize(
    "line",
    ["Justerare ______________     Ordförande ______________", "Ordförandes signatur ____     Utdragsbestyrkande ____"],
)
def test_lines_to_sign_on_are_no_recipients(line: str) -> None:
    found = decided("Planen antas.", more=f"Skickas till\nParkavdelningen\n\n{line}\n")
    assert found["recipients"] == ["Parkavdelningen"]


@pytest.mark.parametrize(
    ("line", "recipients"),
    [
        ("Miljödepartementet, tekniska nämnden, akten", ["Miljödepartementet", "tekniska nämnden", "akten"]),
        ("Parkkontoret, Norrby Energi AB,\nLokalpolisområde Norrby", None),
        ("Parkkontoret, Trafikanterna, Norrby Energi AB", ["Parkkontoret", "Trafikanterna", "Norrby Energi AB"]),
    ],
)
def test_a_comma_list_is_parted_where_one_part_is_no_committee(line: str, recipients: list[str] | None) -> None:
    found = decided("Planen antas.", more=f"Beslutet skickas till: {line}\n")
    assert found["recipients"] == (recipients or ["Parkkontoret", "Norrby Energi AB", "Lokalpolisområde Norrby"])


def test_the_time_in_the_head_of_an_extract_is_the_day_of_the_meeting() -> None:
    (found,) = read_all(
        "PROTOKOLLSUTDRAG\nRegionstyrelsen § 1-21\nTid: 2024-01-16, kl 13:00-16:45\nPlats: Sal A\n\n"
        "§ 5\nGrindar\n\nBeslut\nPlanen antas.\n"
    )
    assert found["date"] == "2024-01-16"


def test_a_line_that_is_only_a_date_belongs_to_the_document_above() -> None:
    found = decided("Planen antas.", more="Underlag\nRapport 2024-01-02\nBeskrivning av grindar, utkast\n2024-02-10\n")
    assert found["basis"] == ["Rapport 2024-01-02", "Beskrivning av grindar, utkast 2024-02-10"]


@pytest.mark.parametrize(
    ("task", "text"),
    [
        ("hålla grindarna låsta till och med den 31 december 2024", None),
        ("yttra sig till och med den 31 december 2024", "till och med den 31 december 2024"),
    ],
)
def test_how_long_something_lasts_is_no_deadline(task: str, text: str | None) -> None:
    found = due(decided(f"Parkchefen får i uppdrag att {task}."))
    assert [one[0] if one else None for one in found] == [text]


def test_a_vote_told_in_the_discussion_is_found() -> None:
    found = decided(
        "Planen antas.",
        more="Överläggning\nYlva Ek (C) yrkar bifall.\n\nOmröstning begärs. Ja-röst för planen, nej-röst för avslag.\n"
        "Omröstningen utfaller med 9 ja-röster och 2 nej-röster.\n",
    )
    assert [(one["ja"], one["nej"]) for one in found["votes"]] == [(9, 2)]
