"""The one file that speaks to each database in its own words about full text.

The stems are made by `stems.py`, so neither database stems or splits anything itself: FTS5 is given a tokenizer that
only splits at spaces, and PostgreSQL gets its lexemes as an array.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import RawQuerySet

from varn.mechanisms.search.models import Document
from varn.mechanisms.search.stems import Word

COLUMNS = "title_stems, stems"
FTS5 = f"""
CREATE VIRTUAL TABLE search_index USING fts5({COLUMNS}, content='search_document', content_rowid='id',
    tokenize="ascii tokenchars '-_'")
"""
FTS5_OLD = (
    f"INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.id, old.title_stems, old.stems);"
)
FTS5_NEW = f"INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.id, new.title_stems, new.stems);"
ON_SQLITE = (
    FTS5,
    f"CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN {FTS5_NEW} END",
    f"CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN {FTS5_OLD} END",
    f"CREATE TRIGGER search_document_changed AFTER UPDATE OF {COLUMNS} ON search_document "
    f"BEGIN {FTS5_OLD} {FTS5_NEW} END",
)
ON_POSTGRESQL = tuple(
    statement
    for column, vector in (("title_stems", "title_vector"), ("stems", "vector"))
    for statement in (
        f"ALTER TABLE search_document ADD COLUMN {vector} tsvector GENERATED ALWAYS AS "
        f"(array_to_tsvector(array_remove(string_to_array({column}, ' '), ''))) STORED",
        f"CREATE INDEX search_document_{vector} ON search_document USING gin ({vector})",
    )
)
UNDO_SQLITE = (
    "DROP TRIGGER search_document_added",
    "DROP TRIGGER search_document_removed",
    "DROP TRIGGER search_document_changed",
    "DROP TABLE search_index",
)
UNDO_POSTGRESQL = tuple(f"ALTER TABLE search_document DROP COLUMN {vector}" for vector in ("title_vector", "vector"))


def create_index() -> RunPython:
    """A migration step: afterwards the database keeps the index of `search_document` by itself."""

    def apply(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in ON_POSTGRESQL if editor.connection.vendor == "postgresql" else ON_SQLITE:
            editor.execute(statement)

    def undo(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in UNDO_POSTGRESQL if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
            editor.execute(statement)

    return RunPython(apply, undo)


def together(parts: Iterable[QuerySet[Document]]) -> RawQuerySet[Document]:
    """The rows of all the parts in one statement, each part with its own order and limit."""
    statements: list[str] = []
    values: list[Any] = []
    for part in parts:
        with suppress(EmptyResultSet):
            statement, given = part.query.sql_with_params()
            statements.append(f"SELECT * FROM ({statement}) AS part{len(statements)}")
            values += given
    nothing = "SELECT id FROM search_document WHERE 1 = 0"
    return Document.objects.raw(" UNION ALL ".join(statements) or nothing, values)


def matching(words: Sequence[Word], *, typing: bool = False, title_only: bool = False) -> RawSQL:
    """The condition that a document holds all of these words (`words` is not empty).

    The last word matches as a beginning; one that holds a number only while it is being typed.
    """
    groups = [_forms(word, last=place == len(words), typing=typing) for place, word in enumerate(words, start=1)]
    if connection.vendor == "postgresql":
        vector = "title_vector" if title_only else "vector"
        question = " & ".join(f"({' | '.join(_lexeme(*form) for form in group)})" for group in groups)
        return RawSQL(f"search_document.{vector} @@ %s::tsquery", [question], output_field=BooleanField())
    question = " AND ".join(f"({' OR '.join(_phrase(*form) for form in group)})" for group in groups)
    column = "title_stems" if title_only else "stems"
    found = "search_document.id IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)"
    return RawSQL(found, [f"{column} : ({question})"], output_field=BooleanField())


def _forms(word: Word, *, last: bool, typing: bool) -> list[tuple[str, bool]]:
    """The forms one word may match as, each with whether it is only the beginning."""
    if word.numeric:
        return [(word.text, last and typing)]
    return [(word.stem, False), (word.text, last)]


def _lexeme(text: str, beginning: bool) -> str:
    quoted = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'{':*' if beginning else ''}"


def _phrase(text: str, beginning: bool) -> str:
    quoted = text.replace('"', '""')
    return f'"{quoted}"{" *" if beginning else ""}'
