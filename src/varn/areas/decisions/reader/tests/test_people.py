"""Who moved what, under the headings and in the shapes that minutes use, and votes listed by name."""

import pytest

from .invented import movers, reasons, section

DECIDED = "Beslut\nPlanen antas.\n\n"


@pytest.mark.parametrize(
    "heading",
    [
        "Förslag på mötet",
        "Ärendets behandling under mötet",
        "Förslag på dagens sammanträde",
        "Yrkanden under mötet",
        "Yrkande/n",
        "Ärendets behandling vid sammanträdet",
        "Vid sammanträdet",
        "Under ärendets behandling",
        "Inlägg och yrkanden",
        "Anföranden",
        "Förslag",
        "Ledamöternas förslag",
        "Förslag till beslut",
        "Överläggning i kommunstyrelsen",
        "Kommunstyrelsens beslutsordning",
    ],
)
def test_a_mover_is_found_under_the_heading(heading: str) -> None:
    assert movers(section(f"{DECIDED}{heading}\nVera Malm (S) yrkar bifall till förslaget.")) == ["Vera Malm (S)"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Vera Malm m.fl. (S) yrkar avslag.", ["Vera Malm m.fl. (S)"]),
        ("Vera Malm (S) – bifall till motionen", ["Vera Malm (S)"]),
        ("Vera Malm (S) yrkar bifall till planen\nOle Lid (M) yrkar avslag", ["Vera Malm (S)", "Ole Lid (M)"]),
        ("Av Vera Malm (S) yrkas att ärendet bordläggs.", ["Vera Malm (S)"]),
        ("Avslag yrkas av Vera Malm (S).", ["Vera Malm (S)"]),
        ("Vera Malm, S, yrkar avslag.", ["Vera Malm, S"]),
    ],
)
def test_a_mover_is_found_in_the_shape(line: str, expected: list[str]) -> None:
    assert movers(section(f"{DECIDED}Yrkanden\n{line}")) == expected


def test_motions_in_the_committee_are_not_motions_in_the_board() -> None:
    found = section(
        f"{DECIDED}Arbetsutskottets beslutsordning\n\nYrkanden\nOle Lid (M) yrkar avslag.\n\n"
        "Kommunstyrelsens beslutsordning\n\n"
        "Yrkanden\nVera Malm (S) yrkar bifall."
    )
    assert movers(found) == ["Vera Malm (S)"]


MEMBERS = ["Vera Malm (S)", "Ole Lid (M)", "Siv Ek (C)", "Ulf Rot (V)"]
MARKED = [
    "Ledamot             Ja    Nej   Avstår",
    "Vera Malm (S)       X",
    "Ole Lid (M)               X",
    "Siv Ek (C)          X",
    "Ulf Rot (V)                     X",
]


@pytest.mark.parametrize(
    "lines",
    [
        MARKED,
        ["Ledamot\tJa\tNej\tAvstår", *("Vera Malm (S)\tX", "Ole Lid (M)\t\tX", "Siv Ek (C)\tX", "Ulf Rot (V)\t\t\tX")],
        [f"{name}   {said}" for name, said in zip(MEMBERS, ("Ja", "Nej", "Ja", "Avstår"), strict=True)],
    ],
)
def test_a_list_of_votes_without_a_sum_is_counted_and_marked(lines: list[str]) -> None:
    found = section(f"{DECIDED}Omröstningslista\n" + "\n".join(lines))
    (vote,) = found["votes"]
    assert (vote["ja"], vote["nej"], vote["avstar"], ("votes[0]", "counted_in_the_list") in reasons(found)) == (
        2,
        1,
        1,
        True,
    )


def test_marks_that_stand_under_no_heading_are_not_counted() -> None:
    lines = [MARKED[0], *(f"{name} X" for name in MEMBERS)]
    assert section(f"{DECIDED}Omröstningslista\n" + "\n".join(lines))["votes"] == []
