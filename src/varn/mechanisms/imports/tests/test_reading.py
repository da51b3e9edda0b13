"""Files as offices make them, and files that are none."""

import io
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.exports.files import csv_bytes, xlsx_bytes
from varn.mechanisms.imports import limits, tables
from varn.mechanisms.imports.importer import ImportColumn
from varn.mechanisms.imports.reading import read_rows
from varn.mechanisms.imports.values import day_of, number_of, truth_of
from varn.mechanisms.moves.making import Refused

COLUMNS = (
    ImportColumn(key="code", sv="Kod", en="Code", synonyms=("enhets-kod",), required=True),
    ImportColumn(key="name", sv="Namn", en="Name", required=True),
    ImportColumn(key="day", sv="Från och med", en="From"),
)

ONE = [Column("Kod", lambda row: row)]


def _read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, dict(row.values)) for row in read_rows(content, COLUMNS)]


def _refusal(content: bytes) -> str:
    with pytest.raises(Refused) as error:
        read_rows(content, COLUMNS)
    refusal = error.value.refusal
    assert GLOSSARY.sentence(refusal.key, "sv", refusal.values)
    return refusal.key.removeprefix("imports:refusal.")


def _workbook(write, sheets: tuple[str, ...] = ("Blad1",)) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        write(book, *(book.add_worksheet(name) for name in sheets))
    return held.getvalue()


EXPECTED = [(2, {"code": "21", "name": "Åkers förskola"}), (3, {"code": "22", "name": 'Ö; "norr"'})]
TEXT = 'Kod;Namn\r\n21;Åkers förskola\r\n22;"Ö; ""norr"""\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    assert _read(TEXT.encode(encoding)) == EXPECTED


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = f'Kod{separator}Namn\n1{separator}"a;b,c{separator}d"\n'
    assert _read(text.encode()) == [(2, {"code": "1", "name": f"a;b,c{separator}d"})]


def test_the_line_that_tells_excel_the_separator_is_no_row() -> None:
    assert _read(b"sep=,\nKod,Namn\n1,a\n") == [(3, {"code": "1", "name": "a"})]


@pytest.mark.parametrize("heading", ["kod;namn", "KOD ;  Namn*", "Code;Name", "Enhets_kod;NAMN:", "enhets kod;name"])
def test_a_heading_may_be_swedish_english_or_a_synonym(heading: str) -> None:
    assert _read(f"{heading}\n1;a\n".encode()) == [(2, {"code": "1", "name": "a"})]


def test_empty_rows_are_passed_over_and_the_numbers_stay_those_of_the_file() -> None:
    assert [number for number, _ in _read(b"\n;;\nKod;Namn\n\n1;a\n;\n2;b\n")] == [5, 7]


def test_a_short_row_has_empty_cells() -> None:
    assert _read("Kod;Namn;Från och med\n1;a\n".encode()) == [(2, {"code": "1", "name": "a", "day": ""})]


def test_a_workbook_says_the_same_as_the_csv_whatever_the_types_of_its_cells() -> None:
    def write(book, sheet) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, heading in enumerate(("Kod", "Namn", "Från och med")):
            sheet.write(2, place, heading)
        sheet.write_row(3, 0, [1010, "a"])
        sheet.write_datetime(3, 2, datetime(2022, 3, 1), day)
        sheet.write_row(4, 0, ["0021", True, "2022-03-01"])

    assert _read(_workbook(write)) == [
        (4, {"code": "1010", "name": "a", "day": "2022-03-01"}),
        (5, {"code": "0021", "name": "ja", "day": "2022-03-01"}),
    ]


def test_only_the_first_sheet_that_is_shown_is_read() -> None:
    def write(book, hidden, shown, other) -> None:
        hidden.write_formula(0, 0, "=1+1")
        shown.write_row(0, 0, ["Kod", "Namn"])
        shown.write_row(1, 0, ["1", "a"])
        other.write_formula(0, 0, "=1+1")
        shown.activate()
        shown.set_first_sheet()
        hidden.hide()

    assert _read(_workbook(write, ("Dold", "Enheter", "Annat"))) == [(2, {"code": "1", "name": "a"})]


# Without the sign that stands for letters already lost: a file that holds it is refused.
LETTERS = st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufffd")


@given(
    st.lists(
        st.tuples(*[st.text(alphabet=LETTERS, min_size=1, max_size=20)] * 2),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=40, deadline=None)
def test_what_was_exported_can_be_imported(pairs: list[tuple[str, str]]) -> None:
    columns = [Column("Kod", lambda pair: pair[0]), Column("Namn", lambda pair: pair[1])]
    pairs = [
        pair
        for pair in pairs
        if not any(part.startswith(("=", "＝")) or part.strip("\ufeff\u200b") != part for part in pair)
    ]
    expected = [(number, {"code": code, "name": name}) for number, (code, name) in enumerate(pairs, start=2)]
    if expected:
        assert _read(csv_bytes(columns, pairs)) == expected
        assert _read(xlsx_bytes(columns, pairs)) == expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_file"),
        (b"  \n ", "empty_file"),
        (b";;;\n", "empty_file"),
        (b"Kod;Namn\n", "only_headings"),
        (b"Kod;Namn;Hej\n1;a;b", "unknown_columns"),
        (b"Kod\n1", "missing_columns"),
        (b"Kod;Namn;code\n1;a;2", "column_twice"),
        (b"Kod;Namn\n1;a;b", "cell_without_heading"),
        (b'Kod;Namn\n1;"a\n2;b', "broken_row"),
        (b"Kod;Namn\n1;=1+1", "formula_in_row"),
        (b"%PDF-1.7\nKod;Namn\n", "not_a_table"),
        (b"%PDF-1.7\n\x00\x01", "not_a_table"),
        (b"PK\x03\x04hej", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_a_table"),
        (bytes(range(256)), "not_a_table"),
        (b"\xff\xfe\x00", "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    assert _refusal(content) == reason


def test_formulas_in_a_workbook_are_refused_with_the_first_cell() -> None:
    def write(book, sheet) -> None:
        sheet.write_row(0, 0, ["Kod", "Namn"])
        sheet.write_row(1, 0, ["1", "a"])
        sheet.write_formula(2, 1, '=A2&"x"', None, "1x")

    with pytest.raises(Refused) as error:
        read_rows(_workbook(write), COLUMNS)
    assert (error.value.refusal.key, error.value.refusal.values) == ("imports:refusal.formulas", {"cell": "B3"})


def test_merged_headings_are_refused_but_merged_cells_elsewhere_are_not() -> None:
    def headings(book, sheet) -> None:
        sheet.merge_range(0, 0, 0, 1, "Kod")
        sheet.write_row(1, 0, ["1", "a"])

    def below(book, sheet) -> None:
        sheet.write_row(0, 0, ["Kod", "Namn"])
        sheet.write_row(1, 0, ["1", "a"])
        sheet.merge_range(3, 0, 3, 1, "2")

    assert _refusal(_workbook(headings)) == "merged_headings"
    assert len(_read(_workbook(below))) == 2


def test_a_workbook_of_another_kind_is_no_table() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert _refusal(held.getvalue()) == "not_a_table"


def test_what_is_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert _refusal(b"x" * 1001) == "too_large"
    assert _refusal(b"Kod;Namn\n" + b"1;a\n" * 4) == "too_many_rows"
    assert _refusal(b";" * 300 + b"\nx") in ("not_a_table", "only_headings", "unknown_columns")


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 1000)
    assert _refusal(xlsx_bytes([Column("Kod", lambda row: row)], ["x"])) == "too_large"


def _far(cell: str) -> bytes:
    """A workbook with its table at the top left and one cell far away."""
    held, row = io.BytesIO(), "".join(sign for sign in cell if sign.isdigit())
    far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(ONE, ["x"]))) as source, zipfile.ZipFile(held, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", far.encode())
            archive.writestr(name, part)
    return held.getvalue()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("XFD1048576", "too_many_rows"),
        ("A1048576", "too_many_rows"),
        ("J200000", "too_many_rows"),
        ("CZ100000", "too_many_rows"),
        ("XFD3", "too_many_columns"),
        ("A99999999999", "not_a_table"),
        ("ABCDEFG3", "not_a_table"),
    ],
)
def test_one_cell_far_away_is_refused_before_anything_is_laid_out(cell: str, reason: str) -> None:
    tracemalloc.start()
    assert _refusal(_far(cell)) == reason
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


def test_cells_without_names_are_counted_in_their_order() -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 201 + b"</row></sheetData>"
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(ONE, ["x"]))) as source, zipfile.ZipFile(held, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(b"</sheetData>", row))
    assert _refusal(held.getvalue()) == "too_many_columns"


def test_a_workbook_that_declares_entities_is_no_table() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(ONE, ["x"]))) as source, zipfile.ZipFile(held, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY e "x">]><worksheet', 1)
            archive.writestr(name, part)
    assert _refusal(held.getvalue()) == "not_a_table"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_any_file_is_read_or_refused_in_words(content: bytes) -> None:
    with suppress(Refused):
        assert all(row.number > 1 for row in read_rows(content, COLUMNS))


@pytest.mark.parametrize("text", ["2022-03-01", "20220301", "2022/3/1", "1.3.2022", "01/03/2022", "2022-03-01 00:00"])
def test_a_day_may_be_written_in_several_ways(text: str) -> None:
    assert day_of(text) == (date(2022, 3, 1), None)


@pytest.mark.parametrize("text", ["2022-02-30", "igår", "44621", "2022-03", "0000-01-01"])
def test_what_is_no_day_says_so(text: str) -> None:
    assert day_of(text)[1].key == "imports:refusal.not_a_day"


def test_an_empty_cell_is_no_fault() -> None:
    assert (day_of(" "), number_of(""), truth_of("")) == ((None, None), (None, None), (False, None))


@pytest.mark.parametrize(("text", "number"), [("0,5", "0.5"), ("1 000,25", "1000.25"), ("50 %", "0.5"), ("-3", "-3")])
def test_a_number_may_be_written_the_swedish_way(text: str, number: str) -> None:
    assert str(number_of(text)[0]) == number


@pytest.mark.parametrize("text", ["halv", "1,2,3", "NaN", "inf", "%"])
def test_what_is_no_number_says_so(text: str) -> None:
    assert number_of(text)[1].key == "imports:refusal.not_a_number"


def test_yes_and_no_are_read_in_both_languages() -> None:
    assert [truth_of(text)[0] for text in ("Ja", "yes", "x", "nej", "No", "kanske")] == [
        True,
        True,
        True,
        False,
        False,
        None,
    ]
