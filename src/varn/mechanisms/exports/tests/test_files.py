import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from varn.mechanisms.exports.cells import guarded, is_dangerous, unguarded, written
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.exports.files import csv_bytes, csv_response, file_name, xlsx_bytes, xlsx_response

VALUE = [Column("Värde", lambda row: row)]
ATTACKS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "\x00\t=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b=1",
    "'=1",
    '"=1',
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "\u22121",
    "|calc",
    "%0A=1",
    "\u202e=1",
]


def _csv(rows: list) -> list[list[str]]:
    text = csv_bytes(VALUE, rows).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def _xlsx(rows: list) -> list[list]:
    return load_workbook(io.BytesIO(xlsx_bytes(VALUE, rows))).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_in_csv_begins_as_a_formula(attack: str) -> None:
    assert _csv([attack])[1][0].startswith("'")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_in_a_workbook_becomes_a_formula_or_a_link(attack: str) -> None:
    content = xlsx_bytes(VALUE, [attack, "https://example.org", "internal:A1", "{=1+1}"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in sheet.replace(b"<formatCode", b"")
    assert b"hyperlink" not in sheet


def test_a_heading_is_guarded_like_any_cell() -> None:
    assert csv_bytes([Column("=cmd", lambda row: row)], []).decode("utf-8-sig") == '"\'=cmd"\r\n'


@given(st.text())
def test_what_is_written_as_text_never_begins_as_a_formula(text: str) -> None:
    cell = written(text)
    assert not is_dangerous(cell) or cell.startswith("'")
    assert "\x00" not in cell


def test_a_null_is_written_nowhere_and_hides_no_formula() -> None:
    assert [written(text) for text in ("\x00=1", "\x00+1", "\x00-1", "\x00@1", "\x00\t1")] == [
        "'=1", "'+1", "'-1", "'@1", "'\t1",
    ]  # fmt: skip
    assert (written("\x00ab\x00c"), guarded("\x00abc")) == ("abc", "'\x00abc")
    assert _xlsx(["\x00=1"])[1][0] == "=1"


@given(st.text())
def test_guarding_can_be_taken_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))), max_size=5))
def test_any_text_comes_back_from_a_csv(texts: list[str]) -> None:
    read = [unguarded(row[0]) for row in _csv(texts)[1:]]
    assert read == [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]


def test_the_csv_opens_in_a_swedish_excel() -> None:
    content = csv_bytes([Column("Å", lambda row: row), Column("Ä", lambda row: 1)], ["Ö"])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == '"Å";"Ä"\r\n"Ö";"1"\r\n'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-5, "-5"),
        (Decimal("-3.50"), "-3,50"),
        (0.5, "0,5"),
        (None, ""),
        (True, "Ja"),
        (False, "Nej"),
        (date(2022, 3, 1), "2022-03-01"),
        (("a", "b"), "a, b"),
        (datetime(2022, 7, 1, 12, 30, tzinfo=ZoneInfo("UTC")), "2022-07-01 14:30"),
    ],
)
def test_a_value_is_written_in_the_swedish_manner(value: object, text: str) -> None:
    with translation.override("sv"):
        assert written(value) == text


def test_numbers_and_dates_stay_typed_in_a_workbook() -> None:
    moment = datetime(2022, 7, 1, 14, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
    rows = _xlsx([-5, Decimal("1.5"), date(2022, 3, 1), moment, True, timedelta(hours=2), "-5"])
    assert [row[0] for row in rows[1:]] == [
        -5.0,
        1.5,
        date(2022, 3, 1),
        datetime(2022, 7, 1, 14, 30),
        True,
        timedelta(hours=2),
        "-5",
    ]


@pytest.mark.parametrize("number", [10**17 + 1, Decimal("0.1234567890123456789"), float("nan"), float("inf")])
def test_a_number_that_a_workbook_would_spoil_is_written_as_text(number: object) -> None:
    assert _xlsx([number])[1][0] == str(number)


def test_a_day_before_excel_began_is_written_as_text() -> None:
    assert _xlsx([date(1862, 5, 1)])[1][0] == "1862-05-01"


def test_a_text_longer_than_a_cell_is_cut_with_a_sign() -> None:
    cell = _xlsx(["å" * 40_000])[1][0]
    assert len(cell) == 32_767
    assert cell.endswith("…")


def test_fifty_thousand_rows_are_written() -> None:
    assert csv_bytes(VALUE, range(50_000)).count(b"\r\n") == 50_001
    assert load_workbook(io.BytesIO(xlsx_bytes(VALUE, range(50_000)))).get_sheet_by_index(0).height == 50_001


def test_a_csv_is_sent_while_it_is_read() -> None:
    taken = []

    def rows():
        for number in range(1000):
            taken.append(number)
            yield number

    parts = iter(csv_response(VALUE, rows(), name="lista"))
    next(parts)
    assert len(taken) < 1000


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Balanslista 2022", "Balanslista-2022.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ("a\r\nSet-Cookie: x", "a-Set-Cookie-x.csv"),
        ("Åtgärder", "Åtgärder.csv"),
        ("CON", "CON-export.csv"),
        ("", "export.csv"),
        ("x" * 300, "x" * 100 + ".csv"),
        ('a"; b', "a-b.csv"),
    ],
)
def test_a_file_name_is_safe(name: str, safe: str) -> None:
    assert file_name(name, "csv") == safe


@pytest.mark.parametrize("response_of", [csv_response, xlsx_response])
def test_a_download_is_saved_and_never_shown_or_kept(response_of) -> None:
    response = response_of(VALUE, ["x"], name="Åtgärder")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%85tg%C3%A4rder.")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
