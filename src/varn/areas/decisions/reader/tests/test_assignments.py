"""Who is charged with what and by when, in the shapes that minutes use."""

import pytest

from .invented import assigned, decided, due, reasons, section

ONE = [("parkchefen", "se över larmen")]


@pytest.mark.parametrize(
    "words",
    [
        "att därutöver uppdra till parkchefen att se över larmen",
        "att samtidigt uppdra åt parkchefen att se över larmen",
        "att därutöver ge parkchefen i uppdrag att se över larmen",
        "ge parkchefen i särskilt uppdrag att se över larmen",
        "Uppdrag till parkchefen: se över larmen.",
        "att uppdraga åt parkchefen att se över larmen",
        "att uppdra på parkchefen att se över larmen",
        "att parkchefen får fortsatt uppdrag att se över larmen",
        "att parkchefen ges ett tilläggsuppdrag att se över larmen",
        "att parkchefen därmed får i uppdrag att se över larmen",
    ],
)
def test_words_around_the_verb_hide_no_assignment(words: str) -> None:
    assert assigned(section(f"Beslut\n{words}")) == ONE


def test_an_assignment_may_lack_its_att() -> None:
    assert assigned(decided("Parkchefen får i uppdrag se över larmen.")) == [("Parkchefen", "se över larmen")]


@pytest.mark.parametrize(
    "words",
    [
        "Uppdra åt a) parkchefen att se över larmen, och b) IT-chefen att byta kort",
        "Kommunstyrelsen uppdrar åt parkchefen att se över larmen samt åt IT-chefen att byta kort",
        "Uppdra åt parkchefen att se över larmen, åt IT-chefen att byta kort",
    ],
)
def test_one_verb_may_charge_several(words: str) -> None:
    assert assigned(decided(words)) == [*ONE, ("IT-chefen", "byta kort")]


def test_an_assignment_that_is_closed_is_not_given() -> None:
    assert assigned(decided("Uppdrag till parkchefen att se över larmen avslutas.")) == []


@pytest.mark.parametrize(
    "later",
    [
        "Avtalsförslaget ska presenteras för kommunstyrelsen senast den 26 oktober 2024.",
        "Kartan ska läggas fram senast den 26 oktober 2024.",
        "Kostnadsberäkningen ska vara klar senast den 26 oktober 2024.",
    ],
)
def test_a_deadline_for_what_is_made_belongs_to_the_assignment(later: str) -> None:
    assert due(decided("Parkchefen får i uppdrag att ta fram ett avtal.", later)) == [
        ("senast den 26 oktober 2024", "2024-10-26")
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("se över larmen innan årets slut 2024", ("innan årets slut 2024", "2024-12-31")),
        ("se över larmen i slutet av 2024", ("i slutet av 2024", "2024-12-31")),
        ("se över larmen senast 241001", ("senast 241001", "2024-10-01")),
        (
            "se över larmen och återkomma senast till kommunfullmäktige i juni 2024",
            ("senast till kommunfullmäktige i juni 2024", "2024-06-30"),
        ),
        ("se över larmen senast den sista augusti 2024", ("senast den sista augusti 2024", "2024-08-31")),
        ("se över larmen före augusti månads utgång 2024", ("före augusti månads utgång 2024", "2024-08-31")),
        ("se över larmen senast den 1:a oktober 2024", ("senast den 1:a oktober 2024", "2024-10-01")),
        ("se över larmen senast 1.10.2024", ("senast 1.10.2024", "2024-10-01")),
        ("se över larmen senast 2024.10.01", ("senast 2024.10.01", "2024-10-01")),
        ("se över larmen senast tertial 2, 2024", ("senast tertial 2, 2024", "2024-08-31")),
        ("se över larmen under åren 2025–2026", ("under åren 2025–2026", "2026-12-31")),
        ("redovisa larmen i april varje år", ("i april varje år", None)),
        ("redovisa larmen senast den 15 i varje månad", ("senast den 15 i varje månad", None)),
        ("redovisa larmen vid nästa sammanträde", ("vid nästa sammanträde", None)),
        ("ta fram en budget för oktober 2024", None),
        ("ta fram en plan för åren 2025–2026", None),
        ("redovisa kostnaden för andra kvartalet 2024", None),
        ("köpa lås för 241001 kronor", None),
        ("hålla kostnaden under 241001 kronor", None),
    ],
)
def test_a_time_is_a_deadline_only_where_the_words_make_it_one(words: str, expected: tuple[str, str] | None) -> None:
    assert due(decided(f"Parkchefen får i uppdrag att {words}.")) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("redovisa läget andra kvartalet 2024", ("andra kvartalet 2024", "2024-06-30")),
        ("se över larmen och återrapportera oktober 2024", ("oktober 2024", "2024-10-31")),
        ("se över larmen, klart slutet av 2024", ("slutet av 2024", "2024-12-31")),
        ("se över larmen. Uppdraget redovisas per den 31 augusti 2024", ("per den 31 augusti 2024", "2024-08-31")),
    ],
)
def test_a_bare_time_after_a_word_of_reporting_is_a_deadline_to_confirm(words: str, expected: tuple[str, str]) -> None:
    found = decided(f"Parkchefen får i uppdrag att {words}.")
    assert (due(found), ("assignments[0].deadline", "time_without_a_word") in reasons(found)) == ([expected], True)
