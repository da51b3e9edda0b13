"""Writing a list as CSV or XLSX. Rows may be any iterable; they are taken one at a time."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import isfinite
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import xlsxwriter
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from varn.mechanisms.exports.cells import is_dangerous, plain, written
from varn.mechanisms.exports.columns import Column

Response = TypeVar("Response", HttpResponse, StreamingHttpResponse)

BOM = "\ufeff"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_EXCEL_DAY = date(1900, 3, 1)
MOST_DIGITS = 15
ROWS_AT_A_TIME = 200
RESERVED_NAMES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


def csv_bytes(columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """The list as CSV that a Swedish Excel opens with a double click: UTF-8 with BOM, semicolons, every cell quoted."""
    return b"".join(_csv_parts(columns, rows))


def xlsx_bytes(columns: Sequence[Column], rows: Iterable[Any], *, name: str = "") -> bytes:
    """The list as a workbook with one sheet of this name: typed numbers and dates, no formula, no link, the heading
    frozen.
    """
    written_file = io.BytesIO()
    with TemporaryDirectory(dir=settings.HOME, prefix="export-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(written_file, options)
        _fill(book, book.add_worksheet(sheet_name(name)), columns, rows)
        book.close()
    return written_file.getvalue()


def csv_response(columns: Sequence[Column], rows: Iterable[Any], *, name: str) -> StreamingHttpResponse:
    """The list as a CSV download that is written while it is read."""
    response = StreamingHttpResponse(_csv_parts(columns, rows), content_type="text/csv; charset=utf-8")
    return _as_download(response, file_name(name, "csv"))


def xlsx_response(columns: Sequence[Column], rows: Iterable[Any], *, name: str) -> HttpResponse:
    """The list as a workbook to download."""
    return _as_download(
        HttpResponse(xlsx_bytes(columns, rows, name=name), content_type=XLSX_TYPE), file_name(name, "xlsx")
    )


def file_name(name: str, extension: str) -> str:
    """A file name that is safe on every system: letters, digits, hyphen and underscore, at most 100 signs."""
    text = unicodedata.normalize("NFC", str(name))
    text = re.sub(r"[^\w-]+", "-", text).strip("-_")[:100].strip("-_") or "export"
    if RESERVED_NAMES.fullmatch(text):
        text = f"{text}-export"
    return f"{text}.{extension}"


def sheet_name(name: str) -> str:
    """A name that a sheet may have: without the signs that a spreadsheet forbids, at most 31 signs."""
    return re.sub(r"[\[\]:*?/\\]+", " ", name).strip(" '")[:31].strip(" '") or "Export"


def _csv_parts(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    buffer.write(BOM)
    writer.writerow([written(column.title) for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([written(column.value(row)) for column in columns])
        if number % ROWS_AT_A_TIME == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    part = buffer.getvalue().encode("utf-8")
    buffer.seek(0)
    buffer.truncate()
    return part


def _fill(book: xlsxwriter.Workbook, sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Any]) -> None:
    formats = _formats(book)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        title = plain(column.title)
        sheet.set_column(place, place, min(max(len(str(title)) + 2, 14), 50))
        sheet.write_string(0, place, str(title), formats["heading"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write(sheet, last, place, plain(column.value(row)), formats)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    return {
        "heading": book.add_format({"bold": True, "quote_prefix": True}),
        "text": book.add_format({"quote_prefix": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "duration": book.add_format({"num_format": "[h]:mm"}),
    }


def _write(sheet: Worksheet, row: int, place: int, cell: Any, formats: dict[str, Format]) -> None:
    """The cell holds the value in its own type; text that looks like a formula is marked as text for good."""
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, int | float | Decimal) and _fits_a_number(cell):
        sheet.write_number(row, place, cell)
    elif isinstance(cell, datetime) and cell.date() >= FIRST_EXCEL_DAY:
        sheet.write_datetime(row, place, cell, formats["moment"])
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= FIRST_EXCEL_DAY:
        sheet.write_datetime(row, place, cell, formats["day"])
    elif isinstance(cell, timedelta):
        sheet.write_datetime(row, place, cell, formats["duration"])
    else:
        text = str(cell)
        sheet.write_string(row, place, text, formats["text"] if is_dangerous(text) else None)


def _fits_a_number(cell: int | float | Decimal) -> bool:
    """Whether a spreadsheet keeps the number exactly: longer ones are written as text, digit by digit."""
    if isinstance(cell, float):
        return isfinite(cell)
    return isfinite(cell) and len(str(cell).strip("-").replace(".", "")) <= MOST_DIGITS


def _as_download(response: Response, name: str) -> Response:
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
