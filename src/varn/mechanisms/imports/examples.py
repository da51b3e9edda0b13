"""The file to start from: the headings of one kind of import, and one example row."""

from varn.mechanisms.exports.columns import Column
from varn.mechanisms.imports.importer import ImportColumn, Importer
from varn.mechanisms.ui.words import language


def example_columns(importer: Importer) -> list[Column]:
    """The importer's columns with their headings in the reader's language."""
    return [_column(column) for column in importer.columns]


def example_rows(importer: Importer) -> list[dict[str, str]]:
    """One row that shows how each column is written."""
    return [{column.key: column.example for column in importer.columns}]


def _column(column: ImportColumn) -> Column:
    title = column.sv if language() == "sv" else column.en
    return Column(title, lambda row: row[column.key])
