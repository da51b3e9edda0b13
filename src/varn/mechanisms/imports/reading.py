"""From the cells of a file to rows by column."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.imports.importer import ImportColumn, Row
from varn.mechanisms.imports.tables import Sheet, read_sheet
from varn.mechanisms.moves.making import Refused


def read_rows(content: bytes, columns: Sequence[ImportColumn]) -> list[Row]:
    """The rows of the file by the columns' keys, with their numbers in the file.

    Raises `Refused` for a file that is no table, and for headings that are unknown, missing or there twice.
    """
    sheet = read_sheet(content)
    keys = _keys(sheet.headings, columns)
    return [_row(number, cells, keys, sheet) for number, cells in sheet.rows]


def folded(heading: str) -> str:
    """A heading as it is compared: small letters, one space between words, no mark of being required."""
    text = unicodedata.normalize("NFC", heading).casefold()
    return re.sub(r"[\s_\-./]+", " ", text).strip(" *:")


def _keys(headings: tuple[str, ...], columns: Sequence[ImportColumn]) -> list[str]:
    known = {folded(name): column.key for column in columns for name in (column.sv, column.en, *column.synonyms)}
    unknown = [heading for heading in headings if heading and folded(heading) not in known]
    if unknown:
        names = ", ".join(column.sv for column in columns)
        raise Refused(Refusal("imports:refusal.unknown_columns", columns=", ".join(unknown), known=names))
    keys = [known.get(folded(heading), "") for heading in headings]
    twice = [key for key, count in Counter(key for key in keys if key).items() if count > 1]
    if twice:
        names = ", ".join(column.sv for column in columns if column.key in twice)
        raise Refused(Refusal("imports:refusal.column_twice", columns=names))
    missing = [column.sv for column in columns if column.required and column.key not in keys]
    if missing:
        raise Refused(Refusal("imports:refusal.missing_columns", columns=", ".join(missing)))
    return keys


def _row(number: int, cells: tuple[str, ...], keys: list[str], sheet: Sheet) -> Row:
    stray = [cell for place, cell in enumerate(cells) if cell and (place >= len(keys) or not keys[place])]
    if stray:
        raise Refused(Refusal("imports:refusal.cell_without_heading", row=number, text=stray[0][:60]))
    values = {key: cells[place] if place < len(cells) else "" for place, key in enumerate(keys) if key}
    return Row(number=number, values=values)
