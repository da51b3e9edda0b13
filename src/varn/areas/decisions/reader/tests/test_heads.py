"""Number, title and case number of a §, in every form that minutes print them."""

import pytest

from .invented import HEAD, read


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Dnr KS 2021-1028", "KS 2021-1028"),
        ("Ärendenummer SLK-2025-00682", "SLK-2025-00682"),
        ("Ärendenummer SLK-2023-00012:3", "SLK-2023-00012:3"),
        ("1440/22", "1440/22"),
        ("SBN/2025:74", "SBN/2025:74"),
        ("KS KF/2023:120", "KS KF/2023:120"),
        ("Diarienummer 00160/2023", "00160/2023"),
        ("Diarienummer 00160/20233.2.5.", "00160/2023"),
        ("2025.489 KS", "2025.489 KS"),
        ("KSKF/2014:408", "KSKF/2014:408"),
        ("KU.2018.6", "KU.2018.6"),
        ("Dnr 2020-000298", "2020-000298"),
        ("Diarienr 22KS123", "22KS123"),
        ("", None),
    ],
)
def test_a_case_number_is_read_in_every_form(printed: str, number: str | None) -> None:
    found = read(f"{HEAD}§ 7 {printed}\nTaxa för larm\nBeslut\nTaxan antas.\n")
    assert (found["diarienummer"], found["title"]) == (number, "Taxa för larm")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("§ 393", "393"),
        ("§393", "393"),
        ("KS § 33", "33"),
        ("Kf §8", "8"),
        ("SBN § 39", "39"),
        ("§ 63/20", "63/20"),
        ("63/20", "63/20"),
        ("§ 1005", "1005"),
        ("§ 45.", "45"),
        ("§ 45/2024", "45/2024"),
        ("Paragraf 45", "45"),
        ("Au § 41   Ks § 63", "63"),
        ("Ks § 63   Au § 41", "63"),
        ("Au § 41\nKs § 63", "63"),
    ],
)
def test_a_paragraph_number_is_read_in_every_form(printed: str, number: str) -> None:
    found = read(f"{HEAD}{printed} Taxa för larm\n\nBeslut\nTaxan antas.\n")
    assert (found["paragraph"], found["title"]) == (number, "Taxa för larm")


def test_a_cut_excerpt_without_number_is_still_read() -> None:
    found = read("Taxa för larm\nDnr KS 2024-11\n\nBeslut\nTaxan antas.\n")
    assert (found["paragraph"], found["title"], found["diarienummer"]) == (None, "Taxa för larm", "KS 2024-11")
