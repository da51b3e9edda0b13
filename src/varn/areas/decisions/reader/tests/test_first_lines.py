"""What the first lines of minutes and of a § say: who met, when, and the number, title and case number."""

import pytest

from varn.areas.decisions.reader import Unreadable

from .invented import HEAD, read, read_all

BELOW = "\n\nBeslut\nPlanen antas.\n\nBakgrund\nParken är mörk.\n"


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        ("Protokoll från kommunstyrelsens sammanträde den 13 mars 2024", "Kommunstyrelsen"),
        ("Protokoll för Kommunstyrelsen\n2024-03-13 kl. 13:00", "Kommunstyrelsen"),
        ("Protokoll KS 2024-03-13", "Kommunstyrelsen"),
        ("Kommunstyrelsen (KS)\n2024-03-13", "Kommunstyrelsen"),
        ("Kommunstyrelsen     Justerat protokoll     2024-03-13", "Kommunstyrelsen"),
        ("Gemensam nämnd för parker\nProtokoll 2024-03-13", "Gemensam nämnd för parker"),
        ("Styrelsen för Park AB\nProtokoll 2024-03-13", "Styrelsen för Park AB"),
        ("PARK AB\nProtokoll från styrelsemöte\nDatum: 2024-03-13", "Styrelsen för Park AB"),
    ],
)
def test_body_and_day_stand_in_the_first_lines(lines: str, body: str) -> None:
    found = read(f"{lines}\n\n§ 5 Plan för parken{BELOW}")
    assert (found["body"], found["date"]) == (body, "2024-03-13")


@pytest.mark.parametrize(
    "lines",
    [
        "Ärende 9\n§ 5 Plan för parken KS-2024-11",
        "§ 5: Plan för parken\nDnr KS-2024-11",
        "5 § Plan för parken\nDnr KS-2024-11",
        "Plan för parken\n§ 5 KS-2024-11",
        "3. Plan för parken\n§ 5 Dnr KS-2024-11",
        "§ 5\nRubrik: Plan för parken\nDnr: KS-2024-11",
    ],
)
def test_number_title_and_case_number_stand_in_any_order(lines: str) -> None:
    found = read(f"{HEAD}{lines}{BELOW}")
    assert (found["paragraph"], found["title"], found["diarienummer"]) == ("5", "Plan för parken", "KS-2024-11")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("KS 2024/0011-104", "KS 2024/0011"),
        ("KS/2024:11-1.2.3", "KS/2024:11"),
        ("97.0188-288", "97.0188"),
        ("B 2015-000311", "B 2015-000311"),
        ("TN/233/2022", "TN/233/2022"),
        ("KS-2024-11", "KS-2024-11"),
        ("KS 2024-1028", "KS 2024-1028"),
    ],
)
def test_a_code_of_the_filing_plan_is_no_part_of_the_case_number(printed: str, number: str) -> None:
    found = read(f"{HEAD}§ 5  Plan för parken  Dnr {printed}{BELOW}")
    assert (found["title"], found["diarienummer"]) == ("Plan för parken", number)


def test_several_numbers_over_one_matter_are_one_paragraph() -> None:
    text = f"{HEAD}§§ 5-7 Val\n\nBeslut\n5. Anna Ek väljs.\n6. Bo Lind väljs.\n\n§ 8 Plan{BELOW}"
    found = read_all(text)
    assert [(one["paragraph"], len(one["clauses"])) for one in found] == [("5-7", 2), ("8", 1)]


def test_a_title_may_stand_under_its_label_below_the_decision() -> None:
    found = read(f"{HEAD}§ 5\nBeslut         Planen antas.\nÄrende         Plan för parken\n")
    assert found["title"] == "Plan för parken"


@pytest.mark.parametrize(
    "text",
    [
        "Lag om parker\n\n1 § Denna lag gäller parker.\n\n2 § Med park avses gräs.\n\n3 § Kommunen klipper gräset.\n",
        "Reglemente för parknämnden\n\n§ 1 Ändamål\nNämnden sköter parker.\n\n§ 2 Ledamöter\nNämnden har nio.\n",
    ],
)
def test_rules_are_no_minutes(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_all(text)
    assert refused.value.code == "not_minutes"
