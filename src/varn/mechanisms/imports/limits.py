"""How large a table may be, and asking a workbook for it before anything of it is laid out in memory.

A workbook of a kilobyte can name a cell in its last row and column; whoever lays the table out then asks for all that
lies between. So the parts are unpacked as a stream and counted, and the places of the cells are read from it.
"""

import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.attachments.uploads import megabytes
from varn.mechanisms.moves.making import Refused

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_PLACES = 5_000_000
MOST_UNPACKED = 400 * 1024 * 1024
# Rows that are empty, or stand above the headings, are no rows of the table.
SLACK = 1_000
BEYOND_ANY = 2**62
AT_A_TIME = 256 * 1024
LETTERS_IN_COLUMN = 3


def formulas_within_limits(archive: zipfile.ZipFile) -> dict[str, str]:
    """The first cell with a formula of each part that has one. Raises `Refused` where any part passes the limits.

    Every part in XML is read, whatever the workbook says that its sheets are called. One that cannot be read, or that
    declares entities, is not read by anybody else either.
    """
    members = archive.infolist()
    if len({member.filename.lower() for member in members}) < len(members):
        raise _refused("not_a_table")
    unpacked, formulas = 0, {}
    for member in members:
        # What the archive says of a part's size is not believed: it is read to its real end.
        member.file_size = BEYOND_ANY
        bounds = _Bounds() if member.filename.lower().endswith(".xml") else None
        with archive.open(member) as part:
            while block := part.read(AT_A_TIME):
                unpacked += len(block)
                if unpacked > MOST_UNPACKED:
                    raise _refused("too_large", limit=megabytes())
                if bounds is not None:
                    bounds.feed(block)
        if bounds is not None and bounds.formula:
            formulas[member.filename] = bounds.formula
    return formulas


@dataclass(kw_only=True)
class _Bounds:
    """How far the cells of one part have reached so far. A cell that holds nothing takes no place."""

    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0
    cell: tuple[int, int] | None = None
    name: str = ""
    formula: str = ""
    parser: Any = field(default_factory=expat.ParserCreate)

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = _refuse_doctype

    def feed(self, block: bytes) -> None:
        """The block is read on from where the last one ended."""
        try:
            self.parser.Parse(block, False)
        except expat.ExpatError as error:
            raise _refused("not_a_table") from error

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "row":
            self.row = _number(said.get("r", "")) or self.row + 1
            self.column = 0
        elif kind == "c":
            self.name = said.get("r", "")
            self.row, self.column = _place(self.name) or (self.row, self.column + 1)
            self.cell = (self.row, self.column)
        elif self.cell is not None:
            self._fill(kind)

    def _fill(self, kind: str) -> None:
        if kind == "f":
            self.formula = self.formula or self.name
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows > MOST_ROWS + SLACK or self.rows * self.columns > MOST_PLACES:
            raise _refused("too_many_rows", limit=MOST_ROWS)
        if self.columns > MOST_COLUMNS:
            raise _refused("too_many_columns", limit=MOST_COLUMNS)

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            self.cell = None


def _place(name: str) -> tuple[int, int] | None:
    """The row and the column of a cell's name ("B7"), `None` where it has none."""
    letters = name.rstrip("0123456789")
    row = _number(name[len(letters) :])
    if not letters and not row:
        return None
    if not row or not 0 < len(letters) <= LETTERS_IN_COLUMN or not letters.isascii() or not letters.isalpha():
        raise _refused("not_a_table")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return row, column


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _refuse_doctype(*_declared: object) -> None:
    raise _refused("not_a_table")


def _refused(reason: str, **values: object) -> Refused:
    return Refused(Refusal(f"imports:refusal.{reason}", **values))
