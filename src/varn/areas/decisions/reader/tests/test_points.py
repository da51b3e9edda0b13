"""How clauses are parted, who reports by when, and how recipients stand beside each other."""

import pytest

from .invented import HEAD, assigned, clauses, decided, due, movers, read_all, section


def test_a_point_keeps_the_list_below_it() -> None:
    found = section("Beslut\n1. Parkchefen får i uppdrag att:\n- så gräs\n- köpa frö\n2. Planen antas.")
    assert [text for text, _ in clauses(found)] == [
        "Parkchefen får i uppdrag att: - så gräs - köpa frö",
        "Planen antas.",
    ]


def test_points_under_a_point_are_clauses() -> None:
    found = section("Beslut\n1. Planen antas.\n1.1 Parkchefen får i uppdrag att så gräs.\n2. Kartan antas.")
    assert ([who for who, _ in assigned(found)], len(found["clauses"])) == (["Parkchefen"], 3)


def test_infinitives_below_att_are_clauses() -> None:
    found = section("Beslut\nKommunstyrelsen beslutar att\nanta planen,\nge parkchefen i uppdrag att så gräs.")
    assert [text for text, _ in clauses(found)] == ["anta planen,", "ge parkchefen i uppdrag att så gräs."]


def test_a_report_on_the_way_is_an_assignment_of_its_own() -> None:
    found = decided("att uppdra åt VD att så gräs,", "att VD ska lämna en skriftlig lägesrapport i september 2024.")
    assert due(found) == [None, ("i september 2024", "2024-09-30")]


def test_a_report_on_what_has_its_own_deadline_is_an_assignment_of_its_own() -> None:
    found = decided(
        "att ge parkchefen i uppdrag att så gräs innan årsskiftet,",
        "att parkchefen i februari 2025 återrapporterar till nämnden.",
    )
    assert [(who, deadline) for (who, _), deadline in zip(assigned(found), due(found), strict=True)] == [
        ("parkchefen", ("innan årsskiftet", "2024-12-31")),
        ("parkchefen", ("i februari 2025", "2025-02-28")),
    ]


def test_a_report_on_what_waits_for_a_deadline_tells_that_deadline() -> None:
    found = decided("att ge parkchefen i uppdrag att så gräs,", "att parkchefen ska redovisa det senast 2024-09-01.")
    assert due(found) == [("senast 2024-09-01", "2024-09-01")]


def test_one_who_was_given_money_is_not_charged_with_the_report() -> None:
    assert assigned(decided("att föreningen ska lämna slutredovisning senast 2024-12-31.")) == []


def test_a_meeting_of_a_month_has_that_month() -> None:
    found = decided("att ge parkchefen i uppdrag att redovisa läget till nämndens sammanträde i maj.")
    assert due(found) == [("till nämndens sammanträde i maj", "2024-05-31")]


def test_the_week_of_a_year_is_not_the_year() -> None:
    assert due(decided("att ge parkchefen i uppdrag att så gräs senast 2024-W45.")) == [None]


def test_one_consulted_is_not_charged() -> None:
    found = decided("att parkchefen, i samråd med grannarna, får i uppdrag att så gräs.")
    assert [who for who, _ in assigned(found)] == ["parkchefen"]


def test_members_who_move_together_in_running_text_are_movers() -> None:
    found = section(
        "Parken är mörk.\n\nAnna Ek (m) och Bo Lind (c) föreslår att kommunstyrelsen beslutar enligt förslaget.\n\n"
        "Kommunstyrelsen beslutar\n\natt anta planen."
    )
    assert movers(found) == ["Anna Ek (m)", "Bo Lind (c)"]


def test_the_chair_who_proposes_in_the_procedure_is_no_mover() -> None:
    found = section("Beslut\nÄrendet bordläggs.\n\nBeslutsgång\nOrdföranden föreslår att ärendet bordläggs.")
    assert movers(found) == []


def test_recipients_beside_each_other_are_two() -> None:
    found = section("Beslut\nPlanen antas.\n\nSkickas till\nParkchefen          Tekniska nämnden")
    assert found["recipients"] == ["Parkchefen", "Tekniska nämnden"]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Chefer ges, var och en inom sitt område, i uppdrag att så gräs.", "Chefer"),
        ("Motionen bifalls på så sätt att parknämnden får i uppdrag att så gräs.", "parknämnden"),
    ],
)
def test_who_is_charged_is_told_apart_from_what_surrounds_it(words: str, who: str) -> None:
    assert [name for name, _ in assigned(decided(words))] == [who]


def test_two_deadlines_for_two_things_are_not_one() -> None:
    found = decided("VD får i uppdrag att så gräs senast den 31 maj 2024 och köpa träd senast den 30 juni 2024.")
    assert due(found) == [("senast den 31 maj 2024", "2024-05-31")]


def test_several_months_end_with_the_last_of_them() -> None:
    assert due(decided("VD får i uppdrag att så gräs under maj och juni 2024.")) == [
        ("under maj och juni 2024", "2024-06-30")
    ]


def test_where_a_lower_body_treated_the_matter_is_no_paragraph() -> None:
    found = read_all(
        f"{HEAD}KS § 40  Skydd av lokaler\n\nBeslut\nPlanen antas.\n\nÄrendets gång\n\nAU § 160/2024\n\n"
        "Beskrivning av ärendet\n\nGräset är torrt.\n\nSkickas till\nParkchefen\n"
    )
    assert [(one["paragraph"], one["recipients"]) for one in found] == [("40", ["Parkchefen"])]


def test_points_below_one_who_is_charged_keep_each_its_own_deadline() -> None:
    found = section(
        "Beslut\nKommunstyrelsen beslutar att ge VD i uppdrag\natt så gräs,\natt köpa träd senast 2024-06-30,\n"
        "att mäta parken.\n\nKommunstyrelsen beslutar vidare att kartan antas."
    )
    assert (len(found["clauses"]), due(found)) == (4, [None, ("senast 2024-06-30", "2024-06-30"), None])


def test_a_deadline_in_the_lead_is_that_of_all_its_points() -> None:
    found = section("Beslut\nVD får i uppdrag att senast 2024-06-30:\n1. så gräs\n2. köpa träd")
    assert due(found) == [("senast 2024-06-30", "2024-06-30")] * 2


def test_a_list_below_one_who_is_charged_without_the_word_charges_with_each() -> None:
    found = section("Beslut\nKommunstyrelsen uppdrar åt VD\natt så gräs,\natt köpa träd senast 2024-06-30.")
    assert [given["assignee"] for given in found["assignments"]] == ["VD", "VD"]


def test_what_is_to_be_reported_belongs_to_the_task() -> None:
    found = decided("att VD ska lämna en lägesrapport vid varje styrelsemöte.")
    assert (assigned(found), due(found)) == (
        [("VD", "lämna en lägesrapport vid varje styrelsemöte")],
        [("vid varje styrelsemöte", None)],
    )
