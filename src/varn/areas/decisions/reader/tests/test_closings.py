"""Which assignments a clause closes, and which it does not."""

import pytest

from .invented import decided, section


def closed(words: str) -> list[tuple[str | None, str, str | None]]:
    return [(one["date"], one["paragraph"], one["point"]) for one in decided(words)["closes"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("att uppdraget från KF 2023-05-02 § 88 p. 3 avslutas.", [("2023-05-02", "88", "3")]),
        ("att avsluta uppdragen 2023-05-02 § 88 och 2023-06-07 § 9.", [("2023-05-02", "88"), ("2023-06-07", "9")]),
        ("att uppdragen 2023-05-02 §§ 88, 90 och 91 avslutas.", [("2023-05-02", n) for n in ("88", "90", "91")]),
        ("att stryka uppdraget 2023-05-02 § 88 från uppdragslistan.", [("2023-05-02", "88")]),
        ("att uppdragen i § 61/2022 och § 12/2023 anses slutförda.", [(None, "61/2022"), (None, "12/2023")]),
        ("Tidigare uppdrag om gräs, 2023-05-02 § 88, upphör därmed att gälla.", [("2023-05-02", "88")]),
        ("att motionen anses besvarad och uppdraget 2023-05-02 § 88 avslutat.", [("2023-05-02", "88")]),
    ],
)
def test_what_a_clause_ends_is_closed(words: str, expected: list[tuple[str | None, ...]]) -> None:
    assert [one[: len(wanted)] for one, wanted in zip(closed(words), expected, strict=True)] == expected


@pytest.mark.parametrize(
    "words",
    [
        "att ge parkchefen i uppdrag att avsluta avtalet enligt beslut 2023-05-02 § 88.",
        "att bordlägga frågan om uppdraget 2023-05-02 § 88 ska avslutas.",
        "att avslå förslaget att uppdraget 2023-05-02 § 88 avslutas.",
        "att uppdraget 2023-05-02 § 88 inte anses slutfört.",
        "att uppdraget 2023-05-02 § 88 kvarstår.",
    ],
)
def test_what_a_clause_leaves_or_begins_is_not_closed(words: str) -> None:
    assert closed(words) == []


def test_an_assignment_to_end_something_closes_nothing_that_the_background_names() -> None:
    found = section(
        "Beslut\nParkchefen får i uppdrag att avsluta avtalet.\n\nBakgrund\nUppdraget gavs 2023-05-02 § 88."
    )
    assert found["closes"] == []


def test_a_number_with_its_year_finds_its_day_in_the_background() -> None:
    found = section(
        "Beslut\nUppdraget i § 88/2023 anses slutfört.\n\nBakgrund\nKommunstyrelsen gav uppdraget 2023-05-02 § 88."
    )
    assert [(one["date"], one["paragraph"]) for one in found["closes"]] == [("2023-05-02", "88")]


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert closed("att uppdraget 2023-02-30 § 88 avslutas.") == [(None, "88", None)]
