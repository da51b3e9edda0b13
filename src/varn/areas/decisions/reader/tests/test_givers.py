"""Which body gave what a clause closes: each reference has its own, and what is not said clearly is marked."""

import pytest

from .invented import decided, read, reasons

Told = list[tuple[str | None, str]]

COUNCIL, BOARD, WELFARE, TECHNICAL = "Kommunfullmäktige", "Kommunstyrelsen", "Socialnämnden", "Tekniska nämnden"


def givers(*points: str) -> Told:
    """The body and § of each closing in minutes of Kommunstyrelsen."""
    return [(one["body"], one["paragraph"]) for one in decided(*points)["closes"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Uppdraget 2023-05-02 § 88 förklaras fullgjort.", [(BOARD, "88")]),
        (
            "att uppdragen från kommunstyrelsen 2022-01-10 § 5 och kommunfullmäktige 2022-03-14 § 40 är slutförda.",
            [(BOARD, "5"), (COUNCIL, "40")],
        ),
        (
            "att uppdragen från kommunfullmäktige 2022-01-10 § 5 och 2022-03-14 § 40 är slutförda.",
            [(COUNCIL, "5"), (COUNCIL, "40")],
        ),
        ("Uppdragen 2023-02-20 § 18 (kommunfullmäktige) avslutas.", [(COUNCIL, "18")]),
        ("Uppdraget till socialnämnden i beslut 2022-06-20 § 88 avslutas.", [(BOARD, "88")]),
        ("Kommunstyrelsens uppdrag från kommunfullmäktige 2022-06-20 § 88 avslutas.", [(COUNCIL, "88")]),
        ("Fullmäktiges uppdrag 2023-09-25 § 12 anses slutfört.", [(COUNCIL, "12")]),
        (
            "Uppdraget från KF 2023-05-02 § 88 är slutfört och uppdraget 2023-06-07 § 9 avskrivs.",
            [(COUNCIL, "88"), (BOARD, "9")],
        ),
        ("Uppdraget från KF 2023-05-02 § 88 kvarstår. Uppdraget 2023-06-07 § 9 avslutas.", [(BOARD, "9")]),
        ("§ 393/2021 avslutas.", [(BOARD, "393/2021")]),
    ],
)
def test_each_reference_has_the_body_that_is_said_to_have_given_it(words: str, expected: Told) -> None:
    assert givers(words) == expected


def test_the_lines_of_a_list_each_have_their_own_body() -> None:
    found = decided(
        "Följande uppdrag förklaras fullgjorda:\n- Kommunfullmäktige 2022-11-03 § 41 punkt 1\n"
        "- Kommunstyrelsen 2022-11-08 § 51\n- Ny plan för gator, tekniska nämnden den 3 maj 2022 § 21",
        "Redovisningen läggs till handlingarna.",
    )
    assert [(one["body"], one["paragraph"]) for one in found["closes"]] == [
        (COUNCIL, "41"),
        (BOARD, "51"),
        (TECHNICAL, "21"),
    ]
    assert reasons(found) == set()


def test_letters_below_a_point_have_no_body_of_the_next_point() -> None:
    assert givers(
        "Kommunstyrelsen förklarar följande uppdrag avslutade:\na) 2022-01-10 § 5 punkt 1\nb) 2022-02-14 § 31",
        "Uppdraget i kommunfullmäktiges beslut den 28 oktober 2021, § 10 punkt 2, bedöms vara slutfört.",
    ) == [(BOARD, "5"), (BOARD, "31"), (COUNCIL, "10")]


def test_the_lines_below_a_lead_that_names_a_body_are_of_that_body() -> None:
    words = "Följande uppdrag från socialnämnden avslutas:\n- 2022-01-10 § 5\n- kommunfullmäktige 2022-02-14 § 31"
    assert givers(words) == [(WELFARE, "5"), (COUNCIL, "31")]


def test_a_line_that_says_that_its_assignment_remains_is_not_closed() -> None:
    words = "Följande uppdrag avslutas:\n- 2022-01-10 § 5\n- 2022-02-14 § 31, som dock kvarstår till hösten"
    assert givers(words) == [(BOARD, "5")]


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ("Uppdraget från kommunstyrelsen och socialnämnden 2023-05-24 § 9 avslutas.", [None], "giver_unclear"),
        ("Uppdraget från länsstyrelsen 2023-05-24 § 9 avslutas.", [None], "giver_unclear"),
        ("Uppdraget från XYN 2023-05-24 § 9 avslutas.", [None], "giver_unclear"),
        ("Uppdraget från SN 2023-05-24 § 9 avslutas.", [WELFARE], "giver_unclear"),
        ("Följande uppdrag avslutas:\n- KF 2023-05-24 § 9\n- 2023-06-07 § 10", [COUNCIL, BOARD], "giver_unclear"),
        ("Följande uppdrag från KS och KF avslutas:\n- 2023-05-24 § 9", [None], "giver_unclear"),
        ("Uppdraget i § 61/2022 avslutas.", [BOARD], "day_not_stated"),
    ],
)
def test_what_is_not_said_clearly_is_marked(words: str, expected: list[str | None], reason: str) -> None:
    found = decided(words)
    assert [one["body"] for one in found["closes"]] == expected
    assert (f"closes[{len(expected) - 1}]", reason) in reasons(found)


def test_a_council_that_closes_what_others_gave_takes_nothing_for_its_own() -> None:
    found = read(
        "Kommunfullmäktige\n2023-11-19\n\n§ 99 Avslutade uppdrag\n\nDnr KS 2023-999\n\nKommunfullmäktiges beslut\n\n"
        "1. Följande uppdrag förklaras fullgjorda:\n- Kommunstyrelsen 2022-11-03 § 41 punkt 1\n"
        "- Kommunstyrelsen 2022-11-03 § 41 punkt 2\n- Socialnämnden 2023-02-26 § 21 punkt 1\n"
    )
    closed = [(one["body"], one["date"], one["paragraph"], one["point"]) for one in found["closes"]]
    assert closed == [
        (BOARD, "2022-11-03", "41", "1"),
        (BOARD, "2022-11-03", "41", "2"),
        (WELFARE, "2023-02-26", "21", "1"),
    ]
