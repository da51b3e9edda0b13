"""How the work grows with the text, and where the reader says that it is too much."""

import sys
from collections.abc import Callable
from io import BytesIO
from types import FrameType
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from varn.areas.decisions.reader import Unreadable, limits, read_file, read_text

from .invented import HEAD

BEGUN = f"{HEAD}§ 1 Larm\n\nBeslut\nKommunstyrelsen beslutar\n"
GROWING: dict[str, Callable[[int], str]] = {
    "clauses": lambda size: "att uppdra åt parkchefen att se över larmet senast i maj 2025\n" * size,
    "points": lambda size: "".join(f"{n % 90 + 1}. Rapport {n} godkänns.\n" for n in range(size)),
    "paragraphs apart": lambda size: "\n\n\natt uppdra " * size,
    "reports": lambda size: (
        "att parkchefen ska återkomma till nämnden\natt uppdraget ska redovisas i maj 2025\n" * size
    ),
    "one sentence": lambda size: "uppdra åt parkchefen att se över larmet senast den 31 december 2025, " * size,
    "charges": lambda size: "uppdrar åt a) parkchefen samt åt " * size,
    "recipients": lambda size: "\nBeslutet skickas till\n" + "Parknämnden\n" * size,
    "headings": lambda size: "Yrkanden\nBeslut\nVera Malm (S) yrkar\n" * size,
    "votes": lambda size: "\nOmröstning\n" + "Ja: 5 Nej: 4 Avstår: 1 " * size,
    "§§": lambda size: "".join(f"\n§ {n} Larm {n}\n\nBeslut\nLarm {n} köps.\n" for n in range(2, size)),
    "pages": lambda size: "".join(f"\f§ {n} Larm {n}\n\nBeslut\nLarm {n} köps.\n" for n in range(2, size)),
    "ends of lines": lambda size: "Ab\n" * size,
}


def calls(text: str) -> int:
    """How often a function was called while the text was read a second time, when nothing has to be prepared."""
    read_text(text)
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_text(text)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    grow = GROWING[name]
    assert calls(BEGUN + grow(400)) < 2.3 * calls(BEGUN + grow(200))


def refused(text: str) -> str:
    with pytest.raises(Unreadable) as problem:
        read_text(text)
    return problem.value.code


def test_a_text_of_a_thousand_pages_is_refused() -> None:
    assert refused(BEGUN + "x " * (limits.CHARACTERS // 2)) == "too_long"


def test_a_paragraph_as_long_as_a_book_is_refused() -> None:
    assert refused(BEGUN + "Larmet köps. " * (limits.CHARACTERS_OF_ONE // 13 + 1)) == "too_long"


def test_more_paragraphs_than_any_minutes_have_are_refused() -> None:
    many = "".join(f"§ {n}/24 Larm\n\nBeslut\nLarmet köps.\n\n" for n in range(1, limits.PARAGRAPHS + 2))
    assert refused(HEAD + many) == "too_many_paragraphs"


def test_more_clauses_than_any_decision_has_are_refused() -> None:
    assert refused(BEGUN + "att köpa larm\n" * (limits.CLAUSES + 1)) == "too_many_clauses"


def word_file(paragraphs: int) -> bytes:
    """A Word file with that many lines, made without building them one by one."""
    stored, grown = BytesIO(), BytesIO()
    Document().save(stored)
    with ZipFile(stored) as source, ZipFile(grown, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                lines = b"<w:p><w:r><w:t>Larmet. </w:t></w:r></w:p>" * paragraphs
                content = content.replace(b"<w:sectPr", lines + b"<w:sectPr", 1)
            target.writestr(name, content)
    return grown.getvalue()


@pytest.mark.parametrize("paragraphs", [limits.LINES + 1, 1_500_000])
def test_a_word_file_with_more_lines_than_any_minutes_is_refused(paragraphs: int) -> None:
    with pytest.raises(Unreadable) as problem:
        read_file(word_file(paragraphs))
    assert problem.value.code == "too_long"
