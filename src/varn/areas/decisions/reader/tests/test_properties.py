"""What holds for any text: it is read or refused, invents no day, and every value stands where it is said to stand."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from varn.areas.decisions.reader import Paragraph, Unreadable, as_json, read_file, read_text

from .spans import broken_spans

LINES = sorted(
    {line for path in (Path(__file__).parent / "layouts").glob("*.txt") for line in path.read_text().split("\n")}
)
shuffled_minutes = st.lists(st.sampled_from(LINES), min_size=1, max_size=60).map("\n".join)
any_text = st.text(alphabet=st.characters(codec="utf-8"), max_size=400)
soup = st.lists(
    st.sampled_from(
        [
            "§ 4",
            "Beslut",
            "\n",
            "får i uppdrag att",
            "senast",
            "2024-02-30",
            "241001",
            "uppdrar åt",
            "samt åt",
            "a)",
            "redovisas",
            "oktober 2024",
            "Ja  Nej",
            "X",
            "den 31 april",
            " att ",
            "1.",
            "\f",
            "\t",
            "(S)",
            "yrkar",
            ",",
            "uppdrag",
            "förklaras fullgjort",
            "§ 12 punkt 1",
            "Skickas till",
            "kvartal 9 2024",
            "\u00ad",
            "-",
        ]
    ),
    max_size=80,
).map(" ".join)


def read(text: str) -> list[Paragraph]:
    try:
        return read_text(text)
    except Unreadable:
        return []


@settings(max_examples=150, deadline=None)
@given(st.one_of(any_text, shuffled_minutes, soup))
def test_any_text_is_read_or_refused_and_every_place_holds_its_value(text: str) -> None:
    assert [path for paragraph in read(text) for path in broken_spans(as_json(paragraph))] == []


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = read_file(content)
    except Unreadable:
        found = []
    assert all(paragraph.text for paragraph in found)


@settings(max_examples=150, deadline=None)
@given(st.one_of(shuffled_minutes, soup))
def test_every_year_of_a_deadline_stands_in_the_text_or_follows_from_the_meeting(text: str) -> None:
    for paragraph in read(text):
        stated = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}", text)}
        stated |= {2000 + int(day[:2]) for day in re.findall(r"(?<!\d)\d{6}(?!\d)", text)}
        derivable = stated | {year - 1 for year in stated}
        derivable |= {paragraph.day.year, paragraph.day.year + 1} if paragraph.day else set()
        deadlines = [one.deadline for one in paragraph.assignments if one.deadline]
        assert {day.year for one in deadlines for day in (one.first, one.last) if day} <= derivable


@settings(max_examples=150, deadline=None)
@given(shuffled_minutes)
def test_every_assignee_and_recipient_stands_in_the_text(text: str) -> None:
    for paragraph in read(text):
        folded = " ".join(paragraph.text.split())
        names = [one.assignee for one in paragraph.assignments] + [one.text for one in paragraph.recipients]
        assert [name for name in names if name not in folded] == []
