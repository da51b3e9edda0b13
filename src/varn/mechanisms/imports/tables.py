"""Reading a file into a table of text: CSV in the encodings and with the separators that offices use, and XLSX."""

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine
from django.conf import settings

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.attachments.uploads import megabytes
from varn.mechanisms.exports.cells import unguarded
from varn.mechanisms.imports.limits import MOST_COLUMNS, MOST_ROWS, SLACK, formulas_within_limits
from varn.mechanisms.moves.making import Refused

LONGEST_CELL = 10_000
SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*?\bname=\"(?P<name>[^\"]*)\"[^>]*?\br:id=\"(?P<id>[^\"]+)\"")
RELATION = re.compile(r"<Relationship\b(?=[^>]*?\bId=\"(?P<id>[^\"]+)\")(?=[^>]*?\bTarget=\"(?P<target>[^\"]+)\")")
UNREADABLE = (
    python_calamine.CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
SEPARATORS = ";\t,|"
BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The cells of a file as text: the headings and the number of their row, then each row that is not empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(content: bytes) -> Sheet:
    """The table in the file, whatever its name. Raises `Refused` with the reason for anything that is none."""
    if len(content) > settings.UPLOAD_LIMIT:
        raise _refused("too_large", limit=megabytes())
    if not content.strip():
        raise _refused("empty_file")
    if content.startswith(b"%PDF"):
        raise _refused("not_a_table")
    rows = _rows_of_workbook(content) if content.startswith(b"PK\x03\x04") else _rows_of_text(content)
    filled = [(number, _trimmed(cells)) for number, cells in rows]
    filled = [(number, cells) for number, cells in filled if cells]
    if not filled:
        raise _refused("empty_file")
    if len(filled) - 1 > MOST_ROWS:
        raise _refused("too_many_rows", limit=MOST_ROWS)
    _, headings = filled[0]
    if len(headings) > MOST_COLUMNS:
        raise _refused("not_a_table")
    if len(filled) == 1:
        raise _refused("only_headings")
    return Sheet(headings=headings, rows=tuple(filled[1:]))


def _rows_of_text(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    text = _decoded(content)
    lines = text.split("\n", 1)
    separator = None
    if lines[0].strip().lower().startswith("sep=") and len(lines) == 2:
        separator, text = lines[0].strip()[4:5] or None, lines[1]
    separator = separator or _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    first = 2 if len(lines) == 2 and text is lines[1] else 1
    rows = []
    try:
        for number, cells in enumerate(reader, start=first):
            if number > MOST_ROWS + SLACK:
                raise _refused("too_many_rows", limit=MOST_ROWS)
            rows.append((number, tuple(_text_cell(cell, number) for cell in cells)))
    except csv.Error as error:
        raise _refused("broken_row", row=reader.line_num) from error
    return rows


def _decoded(content: bytes) -> str:
    """The text in UTF-8, UTF-16 or the older Western encoding of Windows."""
    try:
        if content[:2] in BYTE_ORDER:
            return content.decode(BYTE_ORDER[content[:2]])
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text or sum(sign < " " and sign not in "\t\r\n\f" for sign in text[:5000]) > 0 or "\ufffd" in text:
        raise _refused("not_a_table")
    return text


def _separator(text: str) -> str:
    """The separator that stands most often in the first line that is not empty, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = Counter(sign for sign in re.sub(r'"[^"]*"', "", first) if sign in SEPARATORS)
    return max(SEPARATORS, key=lambda sign: (counts[sign], -SEPARATORS.index(sign)))


def _text_cell(cell: str, row: int) -> str:
    text = cell.strip().strip("\ufeff\u200b")
    if text.startswith(("=", "\uff1d")):
        raise _refused("formula_in_row", row=row)
    return unguarded(text)[:LONGEST_CELL]


def _rows_of_workbook(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of the first sheet that is shown. How far its cells reach was asked before anything is laid out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            formulas = formulas_within_limits(archive)
            part = _first_shown(archive)
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            sheet = book.get_sheet_by_name(_name_of_first_shown(book))
            merged = sheet.merged_cell_ranges or []
            cells = sheet.to_python(skip_empty_area=False)
    except UNREADABLE as error:
        raise _refused("not_a_table") from error
    if part in formulas:
        raise _refused("formulas", cell=formulas[part])
    rows = [(number, tuple(_typed_cell(cell) for cell in row)) for number, row in enumerate(cells, start=1)]
    _refuse_merged_headings(rows, merged)
    return rows


def _first_shown(archive: zipfile.ZipFile) -> str:
    """The part that holds the first sheet that is shown."""
    book = archive.read("xl/workbook.xml").decode("utf-8")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    targets = {match["id"]: match["target"] for match in RELATION.finditer(relations)}
    shown = [match for match in SHEET.finditer(book) if 'state="hidden"' not in match[0]]
    target = targets[shown[0]["id"]].removeprefix("/").removeprefix("xl/")
    if f"xl/{target}" not in archive.namelist() or not target.lower().endswith(".xml"):
        raise KeyError(target)
    return f"xl/{target}"


def _name_of_first_shown(book: python_calamine.CalamineWorkbook) -> str:
    visible = [each.name for each in book.sheets_metadata if str(each.visible).endswith("Visible")]
    return next((name for name in [*visible, *book.sheet_names] if name in book.sheet_names), "")


def _refuse_merged_headings(rows: list[tuple[int, tuple[str, ...]]], merged: list[Any]) -> None:
    heading = next((number for number, cells in rows if any(cells)), 1)
    for (top, left), (bottom, right) in merged:
        if top <= heading - 1 <= bottom and (left, top) != (right, bottom):
            raise _refused("merged_headings")


def _typed_cell(cell: Any) -> str:
    """The cell as text, the same whether it was typed as text or as a number or a date in the workbook."""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return unguarded(str(cell).replace("\x00", "").strip())[:LONGEST_CELL]


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells without the empty ones at the end."""
    last = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[:last]


def _refused(reason: str, **values: object) -> Refused:
    return Refused(Refusal(f"imports:refusal.{reason}", **values))
