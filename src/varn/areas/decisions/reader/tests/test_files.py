"""Files of every kind: what is read, and the sentence that refuses the rest."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import typst
from docx import Document
from pypdf import PdfReader, PdfWriter

from varn.areas.decisions.reader import Unreadable, as_json, read_file
from varn.areas.decisions.reader.errors import SENTENCES
from varn.areas.decisions.reader.files import LIMIT_MB

MINUTES = """Kommunstyrelsen
Protokoll nr 3
Sammanträdesdatum: 2024-03-13

§ 40 Säkerhet i öppna förskolan
Dnr KS 2024-11

Beslut
1. Rapporten antecknas.
2. Kommunchefen får i uppdrag att se över låsen senast 2024-09-30.

Beslutsunderlag
Tjänsteskrivelse 2024-02-01

Beslutet skickas till
Förskolechefen
Ärendets akt
"""
EXPECTED = (
    "40",
    "Säkerhet i öppna förskolan",
    ["Rapporten antecknas.", "Kommunchefen får i uppdrag att se över låsen senast 2024-09-30."],
    ["Förskolechefen", "Ärendets akt"],
)


def essence(content: bytes) -> tuple[str, str, list[str], list[str]]:
    (found,) = [as_json(paragraph) for paragraph in read_file(content)]
    return found["paragraph"], found["title"], [clause["text"] for clause in found["clauses"]], found["recipients"]


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as problem:
        read_file(content)
    return problem.value.code


def pdf(text: str) -> bytes:
    escaped = text.replace("§", "\\u{a7}").replace("-", "\\-").replace("\n\n", "\n\n\\ \n").replace("\n", " \\\n")
    return typst.compile(escaped.encode())


def word(build: object) -> bytes:
    document = Document()
    build(document)
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_is_read_in_every_encoding_and_line_end(encoding: str, line_end: str) -> None:
    assert essence(MINUTES.replace("\n", line_end).encode(encoding)) == EXPECTED


def test_a_pdf_is_read_by_its_text_layer() -> None:
    assert essence(pdf(MINUTES)) == EXPECTED


def test_a_word_file_is_read_with_the_numbers_of_its_lists() -> None:
    def build(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Sidhuvud som inte hör till paragrafen"
        for line in ("Kommunstyrelsen 2024-03-13", "§ 40 Säkerhet i öppna förskolan", "Dnr KS 2024-11", "Beslut"):
            document.add_paragraph(line)
        document.add_paragraph("Rapporten antecknas.", style="List Number")
        document.add_paragraph(EXPECTED[2][1], style="List Number")
        document.add_paragraph("Beslutet skickas till")
        table = document.add_table(rows=2, cols=1)
        table.cell(0, 0).text, table.cell(1, 0).text = EXPECTED[3]

    content = word(build)
    (found,) = read_file(content)
    assert (essence(content), [clause.number for clause in found.clauses]) == (EXPECTED, [1, 2])
    assert "Sidhuvud" not in found.text


def test_a_path_is_read_like_its_content(tmp_path: Path) -> None:
    path = tmp_path / "protokoll.txt"
    path.write_text(MINUTES, encoding="utf-8")
    assert read_file(path) == read_file(MINUTES.encode())


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stor.pdf"
    with path.open("wb") as file:
        file.truncate(2 * LIMIT_MB * 1024 * 1024)
    with pytest.raises(Unreadable) as problem:
        read_file(path)
    assert problem.value.code == "too_large"


def test_content_above_the_limit_is_refused() -> None:
    assert refused(b"%PDF" + bytes(LIMIT_MB * 1024 * 1024)) == "too_large"


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refused(content) == "empty"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, bytes(range(1, 9)) * 400])
def test_a_binary_file_is_refused(content: bytes) -> None:
    assert refused(content) == "binary"


def test_a_text_that_is_no_minutes_is_refused() -> None:
    assert refused("Hej!\nTack för senast, vi ses på fredag.\n".encode()) == "not_minutes"


@pytest.mark.parametrize("content", [b"%PDF-1.7\nskrap", pdf(MINUTES)[:400]])
def test_a_broken_pdf_is_refused(content: bytes) -> None:
    assert refused(content) == "pdf_broken"


def test_a_pdf_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(MINUTES))))
    writer.encrypt("hemligt", algorithm="AES-256")
    stored = BytesIO()
    writer.write(stored)
    assert refused(stored.getvalue()) == "pdf_encrypted"


def test_a_scanned_pdf_without_text_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    stored = BytesIO()
    writer.write(stored)
    assert refused(stored.getvalue()) == "pdf_without_text"


def test_a_broken_word_file_is_refused() -> None:
    assert refused(word(lambda document: document.add_paragraph("§ 1"))[:900]) == "docx_broken"


def test_a_word_file_without_its_parts_is_refused() -> None:
    stored = BytesIO()
    with ZipFile(stored, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert refused(stored.getvalue()) == "docx_broken"


def test_a_word_file_with_a_password_is_refused() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "docx_encrypted"


def test_an_archive_that_is_no_word_file_is_refused() -> None:
    stored = BytesIO()
    with ZipFile(stored, "w") as archive:
        archive.writestr("bild.png", b"x")
    assert refused(stored.getvalue()) == "binary"


def test_a_word_file_that_unpacks_without_end_is_refused() -> None:
    stored = BytesIO()
    with ZipFile(stored, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(220):
                part.write(bytes(1024 * 1024))
    assert refused(stored.getvalue()) == "docx_too_large"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_has_a_whole_sentence_in_both_languages(code: str) -> None:
    problem = Unreadable(code, limit=LIMIT_MB)
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in (problem.swedish, problem.english))
