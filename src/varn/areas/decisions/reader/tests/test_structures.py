"""Structures that an examiner who had not seen the rules found unread, in words of our own."""

import pytest

from .invented import HEAD, assigned, clauses, decided, due, movers, read, section


def test_a_remission_may_charge_those_it_goes_to() -> None:
    found = decided("Ärendet återremitteras till parknämnden som får i uppdrag att räkna om kostnaden.")
    assert assigned(found) == [("parknämnden", "räkna om kostnaden")]


def test_a_remission_with_a_list_is_one_clause() -> None:
    found = section(
        "Beslut\nÄrendet återremitteras till parknämnden som får i uppdrag att:\n"
        "a) räkna om kostnaden,\nb) höra grannarna.\n"
    )
    assert (len(found["clauses"]), [who for who, _ in assigned(found)]) == (1, ["parknämnden"])


def test_a_deadline_for_what_is_to_be_done_belongs_to_the_assignment_before_it() -> None:
    found = section(
        "Beslut\nParkchefen får i uppdrag att pröva larm i parken. Försöket ska genomföras senast maj 2025."
    )
    assert due(found) == [("senast maj 2025", "2025-05-31")]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        (
            "Parkavdelningen ska årligen, senast den 28 februari, lämna en sammanställning till nämnden.",
            "Parkavdelningen",
        ),
        ("Park AB återkommer till kommunstyrelsen kvartal 1 2025 i enlighet med skrivelsen.", "Park AB"),
    ],
)
def test_an_obligation_to_report_is_an_assignment(words: str, who: str) -> None:
    assert [name for name, _ in assigned(decided(words))] == [who]


def closed(found: dict[str, object]) -> list[tuple[str, str, str | None]]:
    return [(one["date"], one["paragraph"], one["point"]) for one in found["closes"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Uppdraget 2022-04-21 § 6 till parknämnden, att bygga om, förklaras inte fullgjort.", []),
        ("att anse uppdragen 2022-11-23, § 97 och § 98, fullgjorda", [("97", None), ("98", None)]),
        ("att uppdraget 2022-03-12, § 54, anses slutbehandlat", [("54", None)]),
    ],
)
def test_closings_are_read_number_by_number(words: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(number, point) for _, number, point in closed(decided(words))] == expected


def test_a_closing_keeps_its_point_where_the_background_gives_the_day() -> None:
    found = section(
        "Beslut\nUppdraget i § 112/2020 punkt 3 förklaras avslutat.\n\n"
        "Bakgrund\nKommunstyrelsen gav 2020-11-24 § 112 i uppdrag att bygga om.\n"
    )
    assert closed(found) == [("2020-11-24", "112", "3")]


def test_the_own_decision_stands_below_that_of_another_body() -> None:
    found = section(
        "ARBETSUTSKOTTET BESLUTAR\n\natt notera rapporten.\n\n---\n\nLarmen är gamla.\n\n"
        "KOMMUNSTYRELSEN BESLUTAR\n\natt köpa larm"
    )
    assert clauses(found) == [("att köpa larm", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yrkanden\nBo Alm (C) instämmer med Vera Malm (M) som yrkar bifall.", ["Bo Alm (C)", "Vera Malm (M)"]),
        (
            "Arbetsutskottets förslag\natt köpa larm\n\nUnder överläggningen föreslår Vera Malm (M) att avvakta.",
            ["Vera Malm (M)"],
        ),
        ("Yrkanden\nVera Malm (M) yrkar, med instämmande av Bo Alm (C), bifall.", ["Vera Malm (M)"]),
    ],
)
def test_movers_are_found_in_other_orders_of_words(text: str, expected: list[str]) -> None:
    assert movers(section(f"{text}\n\nKommunstyrelsens beslut\nLarm köps.")) == expected


def test_a_second_number_in_the_head_is_no_title() -> None:
    found = read(f"{HEAD}Kf § 84\nKs § 142      Dnr 76/2006-610\n\nMotion om larm\n\nBeslut\nLarm köps.\n")
    assert (found["paragraph"], found["title"], found["diarienummer"]) == ("84", "Motion om larm", "76/2006")


@pytest.mark.parametrize(
    ("line", "recipients"),
    [
        ("Parkchefen\n\n---Under behandlingen ajournerar ordföranden mötet i tio minuter.", ["Parkchefen"]),
        ("Parkchefen\n\nJusteras                Vid protokollet", ["Parkchefen"]),
        (
            "Parkförbundet Västra Norrby län, Vera Malm, löneenheten",
            ["Parkförbundet Västra Norrby län", "Vera Malm", "löneenheten"],
        ),
        ("Säkerhetschef, Vera Malm", ["Säkerhetschef, Vera Malm"]),
    ],
)
def test_recipients_end_where_something_else_begins(line: str, recipients: list[str]) -> None:
    assert section(f"Beslut\nLarm köps.\n\nBeslutet skickas till\n{line}\n")["recipients"] == recipients


def test_the_head_of_the_pages_is_no_recipient_where_no_page_break_is_left() -> None:
    head = "Region Norrby\nRegionstyrelsen\n\nPROTOKOLL\nDatum: 2024-03-13\nSida {}\n\n"
    sent = "Beslut\nLarm köps.\n\nBeslutet skickas till\nParkchefen\n\n"
    found = read(f"{head.format(3)}§ 5 Larm\n\n{sent}{head.format(4)}Bakgrund\nLarmen är gamla.\n")
    assert found["recipients"] == ["Parkchefen"]


def test_a_heading_over_a_sentence_ends_the_documents() -> None:
    found = section("Handling\nKarta\n\nInformation\n\nOrdföranden informerar om larmen.\n\nBeslut\nLarm köps.")
    assert found["basis"] == ["Karta"]


def test_an_enclosure_stays_with_its_letter() -> None:
    found = section(
        "Underlag\nVerkets remiss daterad 30 september 2023. Handling 2: Karta över parken\n\nBeslut\nLarm köps."
    )
    assert found["basis"] == ["Verkets remiss daterad 30 september 2023. Handling 2: Karta över parken"]


def test_a_numbered_point_is_a_clause_whatever_it_says() -> None:
    assert len(decided("Larm köps.", "Paragrafen justeras omedelbart.")["clauses"]) == 2
