"""The one file that speaks to each database in its own words about full text.

The stems are made by `stems.py`, so neither database stems or splits anything itself: FTS5 is given a tokenizer that
only splits at spaces, and PostgreSQL gets its lexemes as an array. Every word carries its kind (`stems.mark`): FTS5 has
one list of things for each word of each kind and reads it from its newest end, and PostgreSQL knows how common a word
is among the things of a kind and chooses by that between its index and a walk of the newest.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.models import QuerySet
from django.db.models.query import RawQuerySet

from varn.mechanisms.search.models import Document
from varn.mechanisms.search.stems import MARK, Word, mark

# Each beginning of a word has a list of its own too, as far as FTS5 keeps them: none is put together when asked for.
BEGINNINGS = " ".join(str(MARK + letters) for letters in range(1, 32))
FTS5 = f"""
CREATE VIRTUAL TABLE search_index USING fts5(stems, content='search_document', content_rowid='id', detail=none,
    prefix='{BEGINNINGS}', tokenize="ascii tokenchars '-_.='")
"""
FTS5_OLD = "INSERT INTO search_index(search_index, rowid, stems) VALUES ('delete', old.id, old.stems);"
FTS5_NEW = "INSERT INTO search_index(rowid, stems) VALUES (new.id, new.stems);"
ON_SQLITE = (
    FTS5,
    f"CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN {FTS5_NEW} END",
    f"CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN {FTS5_OLD} END",
    f"CREATE TRIGGER search_document_changed AFTER UPDATE OF stems ON search_document BEGIN {FTS5_OLD} {FTS5_NEW} END",
)
ON_POSTGRESQL = (
    "ALTER TABLE search_document ADD COLUMN vector tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(stems, ' '), ''))) STORED",
    "CREATE INDEX search_document_vector ON search_document USING gin (vector)",
    # So many words are known by how common they are that one of which nothing is known is a rare one.
    "ALTER TABLE search_document ALTER COLUMN vector SET STATISTICS 1000",
)
UNDO_SQLITE = (
    "DROP TRIGGER search_document_added",
    "DROP TRIGGER search_document_removed",
    "DROP TRIGGER search_document_changed",
    "DROP TABLE search_index",
)
UNDO_POSTGRESQL = ("ALTER TABLE search_document DROP COLUMN vector",)
# And, or, but not.
IN_TSQUERY = (" & ", " | ", " & !")
IN_FTS5 = (" AND ", " OR ", " NOT ")
IN_SQL = (" AND ", " OR ", " AND NOT ")

Form = tuple[str, bool]
Statement = tuple[str, Sequence[Any]]


def create_index() -> RunPython:
    """A migration step: afterwards the database keeps the index of `search_document` by itself."""

    def apply(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in ON_POSTGRESQL if editor.connection.vendor == "postgresql" else ON_SQLITE:
            editor.execute(statement)

    def undo(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in UNDO_POSTGRESQL if editor.connection.vendor == "postgresql" else UNDO_SQLITE:
            editor.execute(statement)

    return RunPython(apply, undo)


def holding(
    rows: QuerySet[Document], words: Sequence[Word], *, kind: int, in_title: bool, typing: bool, are_few: bool
) -> QuerySet[Document]:
    """The rows of a kind whose title holds all of these words or, without `in_title`, whose text alone does.

    Newest first. The last word matches as a beginning; one that holds a number only while it is being typed. Where the
    rows are few, they are read; where not, SQLite walks the lists of the words from their newest end.
    """
    title, text = (_groups(words, mark(kind, in_title=place), typing) for place in (True, False))
    sides = [title] if in_title else [text, title]
    if connection.vendor == "postgresql":
        found = rows.extra(where=["search_document.vector @@ %s::tsquery"], params=[_asked(sides, IN_TSQUERY, _lexeme)])
        if are_few:
            return found.filter(content_type=kind).order_by("-pk")
        # A range and an order by both, or what it walks is all documents and not those of the kind.
        return found.filter(content_type__gte=kind, content_type__lte=kind).order_by("content_type_id", "-pk")
    if are_few:
        held = _asked(sides, IN_SQL, lambda _: "instr(' ' || search_document.stems || ' ', %s) > 0")
        forms = [_spaced(form) for side in sides for group in side for form in group]
        return rows.filter(content_type=kind).extra(where=[held], params=forms).order_by("-pk")
    walked = "search_index.rowid = search_document.id AND search_index MATCH %s"
    asked, newest = [_asked(sides, IN_FTS5, _phrase)], ["-search_index.rowid"]
    return rows.extra(tables=["search_index"], where=[walked], params=asked, order_by=newest)


def in_turn(parts: Iterable[QuerySet[Document]], *, skip: int = 0, most: int) -> Statement:
    """The rows of the first part, then those of the next; a part is not begun before it is needed."""
    sql, values = _union([part[: skip + most].query.sql_with_params() for part in parts])
    return f"{sql} LIMIT %s OFFSET %s", [*values, most, skip]


def rows_of(statements: Iterable[Statement]) -> RawQuerySet[Document]:
    """The rows of all these statements, in one."""
    return Document.objects.raw(*_union(statements))


def counted(querysets: Iterable[QuerySet[Any]], *, most: int) -> list[int]:
    """How many rows each has, counted no further than `most`, all in one statement."""
    statements = [_count(rows.order_by().values("pk")[:most]) for rows in querysets]
    if not statements:
        return []
    with connection.cursor() as cursor:
        counts = ", ".join(count for count, _ in statements)
        cursor.execute(f"SELECT {counts}", [value for _, values in statements for value in values])
        return list(cursor.fetchone())


def _count(rows: QuerySet[Any]) -> Statement:
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return "0", []
    return f"(SELECT COUNT(*) FROM ({sql}) AS counted)", values


def _union(statements: Iterable[Statement]) -> Statement:
    parts = [(f"SELECT * FROM ({sql}) AS part", values) for sql, values in statements]
    return " UNION ALL ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _groups(words: Sequence[Word], mark: str, typing: bool) -> list[list[Form]]:
    """For each word the forms it may match as, marked, each with whether it is only the beginning."""
    return [
        [(f"{mark}{text}", begun) for text, begun in _forms(word, last=place == len(words), typing=typing)]
        for place, word in enumerate(words, start=1)
    ]


def _forms(word: Word, *, last: bool, typing: bool) -> list[Form]:
    if word.numeric:
        return [(word.text, last and typing)]
    return [(word.stem, False), (word.text, last)]


def _asked(sides: Sequence[list[list[Form]]], signs: tuple[str, str, str], said: Callable[[Form], str]) -> str:
    """What asks for one form of every word, and for none that also has what the second side asks for."""
    and_, or_, but_not = signs
    asked = [and_.join(f"({or_.join(map(said, group))})" for group in side) for side in sides]
    return but_not.join(f"({side})" for side in asked)


def _lexeme(form: Form) -> str:
    quoted = form[0].replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'{':*' if form[1] else ''}"


def _phrase(form: Form) -> str:
    quoted = form[0].replace('"', '""')
    return f'"{quoted}"{" *" if form[1] else ""}'


def _spaced(form: Form) -> str:
    return f" {form[0]}{'' if form[1] else ' '}"
