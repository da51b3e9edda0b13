"""The one file that speaks to each database in its own words about full text.

The stems are made by `stems.py`, so neither database stems or splits anything itself: FTS5 is given a tokenizer that
only splits at spaces, and PostgreSQL gets its lexemes as an array. Every word carries its kind (`stems.mark`): FTS5 has
one list of things for each word of each kind and reads it from its newest end, and PostgreSQL knows which words of a
kind are common: then the newest things are walked, and otherwise its index is asked.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import Any

from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.models import F, QuerySet
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

# PostgreSQL walks to what at least so great a part of all documents hold. It counts the common words now and then.
COMMON = 0.005
SECONDS_KEPT = 600
KNOWN = """
SELECT word, part FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known(word, part)
WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'vector' AND word IS NOT NULL
"""

Form = tuple[str, bool]
Side = list[list[Form]]
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
    rows are few, they are read. If not, SQLite walks the lists of the words from their newest end, and PostgreSQL the
    newest rows or, where the words are not common, what its index finds.
    """
    title, text = (_side(words, mark(kind, in_title=place), typing) for place in (True, False))
    sides = [title] if in_title else [text, title]
    if connection.vendor == "postgresql":
        return _in_postgresql(rows, sides, kind, are_few)
    if are_few:
        held = _asked(sides, IN_SQL, lambda _: "instr(' ' || search_document.stems || ' ', %s) > 0")
        forms = [_spaced(form) for side in sides for group in side for form in group]
        return rows.filter(content_type=kind).extra(where=[held], params=forms).order_by("-pk")
    walked = "search_index.rowid = search_document.id AND search_index MATCH %s"
    asked, newest = [_asked(sides, IN_FTS5, _phrase)], ["-search_index.rowid"]
    return rows.extra(tables=["search_index"], where=[walked], params=asked, order_by=newest)


def _in_postgresql(rows: QuerySet[Document], sides: Sequence[Side], kind: int, are_few: bool) -> QuerySet[Document]:
    asked = [_asked(sides, IN_TSQUERY, _lexeme)]
    if are_few or not _are_common(sides):
        # An order that no index has, so that nothing is walked.
        found = rows.extra(where=["search_document.vector @@ %s::tsquery"], params=asked)
        return found.filter(content_type=kind).order_by((F("pk") + 0).desc())
    # A condition that no index answers; a range and an order by both, so that the kind is walked and not everything.
    found = rows.extra(where=["(search_document.vector @@ %s::tsquery) IS TRUE"], params=asked)
    return found.filter(content_type__gte=kind, content_type__lte=kind).order_by("content_type_id", "-pk")


def _are_common(sides: Sequence[Side]) -> bool:
    """Whether so many hold the words, less those who also hold the other side's, that the newest are soon met."""
    known = caches["memory"].get_or_set("search.known", _counted_words, SECONDS_KEPT) or []
    first, *others = (prod(min(1.0, sum(_part(form, known) for form in group)) for group in side) for side in sides)
    return first - sum(others) >= COMMON


def _counted_words() -> list[tuple[str, float]]:
    """The common words of the index in order, each with the part of all documents that held it when last counted."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        return sorted(cursor.fetchall())


def _part(form: Form, known: Sequence[tuple[str, float]]) -> float:
    text, is_begun = form
    place, part = bisect_left(known, (text,)), 0.0
    while place < len(known) and (known[place][0].startswith(text) if is_begun else known[place][0] == text):
        part += known[place][1]
        place += 1
    return part


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


def _side(words: Sequence[Word], mark: str, typing: bool) -> Side:
    """For each word the forms it may match as, marked, each with whether it is only the beginning."""
    return [
        [(f"{mark}{text}", begun) for text, begun in _forms(word, last=place == len(words), typing=typing)]
        for place, word in enumerate(words, start=1)
    ]


def _forms(word: Word, *, last: bool, typing: bool) -> list[Form]:
    if word.numeric:
        return [(word.text, last and typing)]
    return [(word.stem, False), (word.text, last)]


def _asked(sides: Sequence[Side], signs: tuple[str, str, str], said: Callable[[Form], str]) -> str:
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
