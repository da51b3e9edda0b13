"""The traps met in real minutes, one by one, in words of our own."""

from typing import Any

import pytest

from varn.areas.decisions.reader import as_json, read_text

HEAD = "Kommunstyrelsen\nProtokoll nr 3\nSammanträdesdatum: 2024-03-13\n\n"


def read(text: str) -> dict[str, Any]:
    (only,) = [as_json(paragraph) for paragraph in read_text(text)]
    return only


def decided(*points: str, more: str = "") -> dict[str, Any]:
    lines = "\n".join(f"{number}. {point}" for number, point in enumerate(points, start=1))
    return read(f"{HEAD}§ 40 Skydd av lokaler\nDnr KS 2024-11\n\nBeslut\n{lines}\n\n{more}")


def offices(found: dict[str, Any]) -> list[str]:
    return [given["assignee"] for given in found["assignments"]]


def due(found: dict[str, Any]) -> list[tuple[str, str | None, str] | None]:
    deadlines = [given["deadline"] for given in found["assignments"]]
    return [(one["text"], one["date"], one["kind"]) if one else None for one in deadlines]


def test_a_deadline_in_a_later_clause_belongs_to_the_assignment_before_it() -> None:
    found = decided(
        "Fastighetschefen får i uppdrag att byta larm.", "Uppdraget ska återrapporteras senast 30 september 2024."
    )
    assert due(found) == [("senast 30 september 2024", "2024-09-30", "day")]


def test_a_deadline_for_a_named_point_belongs_to_that_point() -> None:
    found = decided(
        "Fastighetschefen får i uppdrag att byta larm.",
        "Ekonomichefen får i uppdrag att se över kostnaden.",
        "Uppdraget enligt punkt 1 redovisas senast 2024-06-01.",
    )
    assert due(found) == [("senast 2024-06-01", "2024-06-01", "day"), None]


def test_several_assignments_of_other_cases_are_closed_by_date_number_and_point() -> None:
    found = decided(
        "Redovisning av kommunstyrelsens uppdrag 2023-09-20 § 121 punkt 1 och 3, om stängsel, förklaras fullgjord.",
        "Uppdraget från kommunfullmäktige den 14 juni 2022, § 60, anses slutfört.",
    )
    assert [(one["body"], one["date"], one["paragraph"], one["point"]) for one in found["closes"]] == [
        ("Kommunstyrelsen", "2023-09-20", "121", "1"),
        ("Kommunstyrelsen", "2023-09-20", "121", "3"),
        ("Kommunfullmäktige", "2022-06-14", "60", None),
    ]


def test_what_is_only_noted_is_not_closed() -> None:
    assert decided("Redovisning av uppdrag 2023-09-20 § 121 antecknas.")["closes"] == []


def test_a_closed_assignment_is_not_given_anew() -> None:
    found = decided("Uppdraget 2022-05-11 § 9, att senast under 2023 se över låsen, förklaras fullgjort.")
    assert found["assignments"] == []


def test_the_minority_decides_a_remission() -> None:
    found = read(
        "Kommunfullmäktige\nProtokoll nr 2\nSammanträdesdatum: 2024-02-26\n\n§ 12 Väktare i parken\nBeslut\n"
        "Ärendet återremitteras till kommunstyrelsen.\n\nOmröstning\nVid omröstning avges 43 ja-röster för att avgöra "
        "ärendet idag och 38 nej-röster för återremiss.\n"
    )
    assert (
        [clause["text"] for clause in found["clauses"]],
        [(vote["ja"], vote["nej"]) for vote in found["votes"]],
    ) == (
        ["Ärendet återremitteras till kommunstyrelsen."],
        [(43, 38)],
    )


def test_an_assignment_proposed_to_the_council_is_not_yet_in_force() -> None:
    found = read(
        f"{HEAD}§ 41 Policy\nBeslut\n1. Kommunchefen får i uppdrag att informera nämnderna.\n"
        "Kommunstyrelsen föreslår att kommunfullmäktige beslutar:\n"
        "Socialnämnden får i uppdrag att utbilda personalen.\n"
    )
    assert [(given["assignee"], given["in_force"]) for given in found["assignments"]] == [
        ("Kommunchefen", True),
        ("Socialnämnden", False),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Motionen om att ge kommunchefen i uppdrag att sätta upp kameror avslås.",
        "Yrkandet att förvaltningen får i uppdrag att bygga staket avslås.",
        "Motionen anses besvarad med hänvisning till att förvaltningen redan får i uppdrag att se över saken.",
        "Kommunchefen bemyndigas att underteckna avtalet.",
        "Säkerhetschefen får delegation att besluta om larm.",
        "Greta Ask (C) entledigas från uppdraget som nämndeman.",
        "Informationen om förvaltningens uppdrag noteras.",
    ],
)
def test_refusals_delegations_and_offices_are_no_assignments(words: str) -> None:
    assert decided(words)["assignments"] == []


def test_an_assignment_of_reasoning_or_motion_is_only_mentioned() -> None:
    found = decided(
        "Motionen avslås.", more="Ärendet\nMotionären vill att socialnämnden får i uppdrag att anställa en vakt.\n"
    )
    assert (found["assignments"], len(found["mentioned"])) == ([], 1)


def test_a_decision_repeated_as_a_proposal_is_read_once() -> None:
    words = "Kommunstyrelsen ger kommunchefen i uppdrag att byta lås."
    found = decided(words, more=f"Förslag till beslut\n{words}\n\nBeslutsgång\nOrdföranden finner bifall.\n")
    assert [clause["text"] for clause in found["clauses"]] == [words]


def test_statutes_are_neither_cases_nor_paragraphs() -> None:
    found = decided(
        "Taxan antas med stöd av lag (2003:778) om skydd mot olyckor.",
        more="Ärendet\nEnligt 4 kap.\n2 § och 10§ lagen (2010:800), SFS 2022:276, gäller följande.\n"
        "”1 § Taxa får tas ut.”\n",
    )
    assert (found["paragraph"], found["related"], len(found["clauses"])) == ("40", [], 1)


def test_recipients_are_read_past_page_furniture() -> None:
    found = decided(
        "Taxan antas.",
        more="Beslutet skickas till:\nSamtliga nämnder\n\nJusterande          Utdragsbestyrkande\n\n12 (40)\n\n"
        "Kommunstyrelsen\n\nProtokoll nr 3\nSammanträdesdatum: 2024-03-13\n\nSäkerhetschef, Vera Lind\n"
        "KF Handling 2024 nr 8\n",
    )
    assert found["recipients"] == ["Samtliga nämnder", "Säkerhetschef, Vera Lind", "KF Handling 2024 nr 8"]


def test_the_body_itself_can_be_a_recipient() -> None:
    found = decided("Taxan antas.", more="Expedieras till\nKommunstyrelsen\nEkonomiavdelningen\n\n12 (40)\n")
    assert found["recipients"] == ["Kommunstyrelsen", "Ekonomiavdelningen"]


def test_an_empty_list_of_recipients_stays_empty() -> None:
    assert decided("Taxan antas.", more="Beslutet skickas till:\n–\n")["recipients"] == []


@pytest.mark.parametrize(
    ("words", "text", "day", "kind"),
    [
        ("senast 30 juni 2024 se över larmen", "senast 30 juni 2024", "2024-06-30", "day"),
        ("senast den 30 juni 2024 se över larmen", "senast den 30 juni 2024", "2024-06-30", "day"),
        ("senast 2024-06-30 se över larmen", "senast 2024-06-30", "2024-06-30", "day"),
        ("senast kvartal 3 2024 se över larmen", "senast kvartal 3 2024", "2024-09-30", "quarter"),
        ("under kvartal 1 år 2026 se över larmen", "under kvartal 1 år 2026", "2026-03-31", "quarter"),
        ("se över larmen under tredje kvartalet 2024", "under tredje kvartalet 2024", "2024-09-30", "quarter"),
        ("till kompletteringsbudget 1 2025 se över larmen", "till kompletteringsbudget 1 2025", None, "event"),
        ("i samband med delårsrapporten se över larmen", "i samband med delårsrapporten", None, "event"),
        ("årligen se över larmen", "årligen", None, "recurring"),
        ("skyndsamt se över larmen under 2025", "skyndsamt se över larmen under 2025", "2025-12-31", "year"),
        ("se över larmen våren 2027", "våren 2027", None, "vague"),
        ("se över larmen senast våren 2027", "senast våren 2027", None, "vague"),
        ("snarast se över larmen", "snarast", None, "vague"),
        ("under 2024 se över larmen", "under 2024", "2024-12-31", "year"),
        ("senast i maj 2024 se över larmen", "senast i maj 2024", "2024-05-31", "month"),
        ("senast den 1 maj se över larmen", "senast den 1 maj", "2024-05-01", "day"),
        ("före utgången av 2024 se över larmen", "före utgången av 2024", "2024-12-31", "day"),
        ("inom tre månader se över larmen", "inom tre månader", "2024-06-13", "day"),
    ],
)
def test_the_words_of_a_deadline_are_kept_beside_its_days(words: str, text: str, day: str | None, kind: str) -> None:
    assert due(decided(f"Kommunchefen får i uppdrag att {words}.")) == [(text, day, kind)]


def test_a_deadline_over_two_years_is_one_interval() -> None:
    found = decided("Kommunchefen får i uppdrag att införa rutinen under 2024 och vara helt klar senast till 2025.")
    deadline = found["assignments"][0]["deadline"]
    assert (deadline["text"], deadline["from"], deadline["to"]) == (
        "under 2024 och vara helt klar senast till 2025",
        "2024-01-01",
        "2024-12-31",
    )


def test_a_day_of_an_old_contract_is_no_deadline() -> None:
    found = decided(
        "Kommunstyrelsen ger inköpschefen i uppdrag att upphandla larm.", more="Ärendet\nAvtalet löper ut 2024-07-31.\n"
    )
    assert due(found) == [None]


def test_a_word_divided_by_the_print_is_made_whole() -> None:
    found = decided(
        "Kommunlednings-\nförvaltningen får i uppdrag att se över säker\u00ad\nhetsskyddet i barn- och\nskolhus."
    )
    assert found["clauses"][0]["text"] == (
        "Kommunledningsförvaltningen får i uppdrag att se över säkerhetsskyddet i barn- och skolhus."
    )


def test_a_date_broken_over_a_line_is_made_whole() -> None:
    found = decided("Taxan antas.", more="Beslutsunderlag\n- Motion om larm, inkommen 2022-11-\n     10\n")
    assert found["basis"] == ["Motion om larm, inkommen 2022-11-10"]


def test_a_comma_list_of_offices_is_parted_and_a_person_with_title_is_not() -> None:
    found = decided(
        "Taxan antas.", more="Expedieras till\nKommunstyrelsen, tekniska nämnden och socialnämnden\nRektor, Ida Ek\n"
    )
    assert found["recipients"] == ["Kommunstyrelsen", "tekniska nämnden", "socialnämnden", "Rektor, Ida Ek"]


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Kommunchefen får i uppdrag att byta lås.", "Kommunchefen"),
        ("Kommunchefen ges i uppdrag att byta lås.", "Kommunchefen"),
        ("Kommunstyrelsen ger kommunchefen i uppdrag att byta lås.", "kommunchefen"),
        ("Kommunstyrelsen uppdrar åt kommunchefen att byta lås.", "kommunchefen"),
        ("Kommunstyrelsen beslutar att uppdra till kommunchefen att byta lås.", "kommunchefen"),
        ("Kommunchefen uppdras att byta lås.", "Kommunchefen"),
        ("Det uppdras åt kommunchefen att byta lås.", "kommunchefen"),
        ("Kommunchefen åläggs att byta lås.", "Kommunchefen"),
        ("Med anledning av rapporten får kommunchefen i uppdrag att byta lås.", "kommunchefen"),
        ("Rapporten godkänns och kommunchefen får i uppdrag att byta lås.", "kommunchefen"),
        ("Kommunstyrelsen lämnar i uppdrag till kommunchefen att byta lås.", "kommunchefen"),
        ("Ge kommunchefen i uppdrag att byta lås.", "kommunchefen"),
        ("Kommunchefen får, i samråd med polisen, i uppdrag att byta lås.", "Kommunchefen"),
        ("Kommunchefen ska återkomma till kommunstyrelsen med en plan.", "Kommunchefen"),
        (
            "Barn- och utbildningsnämnden samt socialnämnden får i uppdrag att byta lås.",
            "Barn- och utbildningsnämnden samt socialnämnden",
        ),
    ],
)
def test_an_assignment_is_found_in_every_wording(words: str, office: str) -> None:
    assert offices(decided(words)) == [office]


def test_what_is_uncertain_is_marked_for_a_person() -> None:
    found = decided("Kommunchefen får i uppdrag att senast den 1 maj byta lås.")
    assert {"field": "assignments[0].deadline", "reason": "year_not_stated"} in found["uncertain"]
