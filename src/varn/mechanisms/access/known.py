"""What a reader's rights are asked in: rows found by their rights, compiled once for each kind of reader.

To say which rows are closed takes several questions within one another, and Django takes longer to write them out than
the database takes to answer. Readers with the same functions are asked about in the same words, save for their own
numbers and the moment. So the words are kept, and each reader's numbers are put in where they stand.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Expression, QuerySet

from varn.mechanisms.access.viewer import Viewer

# What stands for the reader while the words are written: a moment and numbers that no reader has.
A_MOMENT = datetime(1971, 7, 7, 12, tzinfo=UTC)
ACCOUNT, PERSON, OTHERS, UNITS = (-9_000_000_000_000 * place for place in (1, 2, 3, 4))
KEPT = 512

Build = Callable[..., QuerySet[Any, Any]]
Words = tuple[str, tuple[Any, ...]]


class Known(Expression):
    """A column of numbers that the database finds: the words of a question with the reader's own numbers in them."""

    output_field = BigIntegerField()

    def __init__(self, sql: str, params: Sequence[Any]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.sql, self.params = sql, tuple(params)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The words as they were kept."""
        return f"({self.sql})", self.params


def known(build: Build, viewer: Viewer, *about: Any) -> Known | None:
    """The numbers that `build(viewer, *about)` finds, to be asked `__in`; `None` where it can find none.

    What `build` gives depends on the viewer by their numbers, their moment and what their functions are, and on
    nothing else that changes.
    """
    numbers = _numbers(viewer)
    words = _written(build, _stands_for(viewer, numbers), about, connection.vendor, settings.ACCESS_WITHIN)
    if words is None:
        return None
    sql, params = words
    own = {standing: number for (_kind, number), standing in numbers.items()} | _moments(viewer)
    return Known(sql, [own.get(param, param) if param.__hash__ else param for param in params])


@lru_cache(maxsize=KEPT)
def _written(build: Build, viewer: Viewer, about: tuple[Any, ...], vendor: str, within: str) -> Words | None:
    """The words for this kind of reader, as this database takes them, with what says which units lie within a scope."""
    try:
        sql, params = build(viewer, *about).query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(params)


def _numbers(viewer: Viewer) -> dict[tuple[str, int | None], int]:
    """What stands for each of the viewer's numbers."""
    units = dict.fromkeys(scope.unit_id for scope in viewer.scopes)
    others = dict.fromkeys(scope.stands_in_for for scope in viewer.scopes if scope.stands_in_for is not None)
    numbers = {("unit", unit): UNITS - place for place, unit in enumerate(units)}
    numbers |= {("person", other): OTHERS - place for place, other in enumerate(others)}
    return numbers | {("account", viewer.account_id): ACCOUNT, ("person", viewer.person_id): PERSON}


def _stands_for(viewer: Viewer, numbers: dict[tuple[str, int | None], int]) -> Viewer:
    scopes = tuple(
        replace(
            scope,
            unit_id=numbers["unit", scope.unit_id],
            stands_in_for=scope.stands_in_for and numbers["person", scope.stands_in_for],
            function="",
        )
        for scope in viewer.scopes
    )
    account = None if viewer.account_id is None else ACCOUNT
    person = None if viewer.person_id is None else PERSON
    return replace(viewer, name="", at=A_MOMENT, account_id=account, person_id=person, scopes=scopes)


def _moments(viewer: Viewer) -> dict[Any, Any]:
    """The moment and the day as this database takes them, by those that stand for them."""
    ops, standing = connection.ops, replace(viewer, at=A_MOMENT)
    return {
        ops.adapt_datetimefield_value(A_MOMENT): ops.adapt_datetimefield_value(viewer.at),
        ops.adapt_datefield_value(standing.day): ops.adapt_datefield_value(viewer.day),
    }
