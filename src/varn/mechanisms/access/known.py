"""What a reader's rights are asked in: rows found by their rights, compiled once for each kind of reader.

To say which rows are closed takes several questions within one another, and Django takes longer to write them out than
the database takes to answer. Readers with the same functions are asked about in the same words, save for their own
numbers and the moment. So the words are kept, and each reader's numbers are put in where they stand.

Where they stand is not guessed. The words are written twice, for two readers of the kind who have no number in common:
what is the same for both is the question's own, and what differs must be a number or moment of the one where the other
has theirs. Anything else is `NotByNumbers`, at the first time that it is asked.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Expression, F, QuerySet

from varn.mechanisms.access.viewer import Scope, Viewer

KEPT = 512
THE_ROW = "{the row}"
# Numbers that no row has, and that are not the same.
NO_ROW, NO_OTHER = 0, -1

Build = Callable[..., QuerySet[Any, Any]]
# What a blank in the words is filled with: whose number, and which of several.
Name = tuple[str, int]
Words = tuple[str, tuple[Any, ...]]


class NotByNumbers(RuntimeError):
    """What is built of a reader depends on more than their numbers, their moment and what their functions are."""


@dataclass(frozen=True)
class Blank:
    """A place in the words where each reader's own stands."""

    name: Name


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """One of the two for whom the words are written: a moment, and below what all of their numbers lie."""

    at: datetime
    below: int


ONE = StandIn(at=datetime(1971, 7, 7, 12, tzinfo=UTC), below=-9_000_000_000_000)
OTHER = StandIn(at=datetime(1973, 3, 9, 15, tzinfo=UTC), below=-8_000_000_000_000)


class Known(Expression):
    """A column of numbers that the database finds: the words of a question with the reader's own numbers in them."""

    output_field = BigIntegerField()

    def __init__(self, sql: str, params: Sequence[Any]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.sql, self.params = sql, tuple(params)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The words as they were kept."""
        return f"({self.sql})", self.params


class TheRow(Expression):
    """In a question about one row at a time, the place where that row's number comes in; see `Found`."""

    output_field = BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The place, to be filled in where the question is asked."""
        return THE_ROW, ()


class Found(Expression):
    """Whether a question about one row at a time finds the row whose number stands in this field; never one of none.

    It is asked as an equality because PostgreSQL takes few things to be equal and most to be null: asked whether the
    question finds nothing it would expect that of hardly any row, and plan what follows for one.
    """

    output_field = BooleanField()

    def __init__(self, question: Known, field: str) -> None:
        super().__init__(output_field=BooleanField())
        self.question, self.row = question, F(field)

    def get_source_expressions(self) -> list[Any]:
        """The field, which the query that asks knows by a name of its own."""
        return [self.row]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """The field as the query knows it."""
        (self.row,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The words with the field where the row comes in."""
        field, _ = compiler.compile(self.row)
        found = self.question.sql.replace(THE_ROW, field)
        return f"(COALESCE(({found}), {NO_ROW}) = COALESCE({field}, {NO_OTHER}))", self.question.params


def known(build: Build, viewer: Viewer, *about: Any) -> Known | None:
    """The numbers that `build(viewer, *about)` finds, to be asked `__in` or by `Found`; `None` where it can find none.

    What `build` gives depends on the viewer by their numbers, their moment and what their functions are, and on
    nothing else that changes.
    """
    within = (settings.ACCESS_WITHIN, settings.ACCESS_LINE)
    words = _written(build, _as(ONE, viewer), about, connection.vendor, within)
    if words is None:
        return None
    sql, params = words
    own = _own(viewer)
    return Known(sql, [own[param.name] if isinstance(param, Blank) else param for param in params])


@lru_cache(maxsize=KEPT)
def _written(build: Build, one: Viewer, about: tuple[Any, ...], vendor: str, within: tuple[str, str]) -> Words | None:
    """The words for this kind of reader, as this database takes them, with what says what lies within a scope."""
    other = _as(OTHER, one)
    try:
        (sql, params), (same_sql, others) = (build(each, *about).query.sql_with_params() for each in (one, other))
    except EmptyResultSet:
        return None
    if sql != same_sql or len(params) != len(others):
        raise NotByNumbers(build.__qualname__)
    theirs = _own(other)
    blanks = {(value, theirs[name]): name for name, value in _own(one).items()}
    return sql, tuple(_asked(build, pair, blanks) for pair in zip(params, others, strict=True))


def _asked(build: Build, pair: tuple[Hashable, Hashable], blanks: Mapping[tuple[Any, Any], Name]) -> Any:
    """What the words hold in one place: the question's own, or a blank for what is each reader's."""
    one, other = pair
    if one == other:
        return one
    try:
        return Blank(blanks[pair])
    except (KeyError, TypeError) as error:
        raise NotByNumbers(f"{build.__qualname__}: {one!r}") from error


def _own(viewer: Viewer) -> dict[Name, Any]:
    """The viewer's numbers, and the moment and the day as this database takes them, each by what it is called."""
    own: dict[Name, Any] = {("unit", place): unit for place, unit in enumerate(_units(viewer))}
    own |= {("other", place): other for place, other in enumerate(_others(viewer))}
    own |= {("account", 0): viewer.account_id, ("person", 0): viewer.person_id}
    own["moment", 0] = connection.ops.adapt_datetimefield_value(viewer.at)
    own["day", 0] = connection.ops.adapt_datefield_value(viewer.day)
    return own


def _units(viewer: Viewer) -> list[int]:
    return list(dict.fromkeys(scope.unit_id for scope in viewer.scopes))


def _others(viewer: Viewer) -> list[int]:
    """The people for whom the viewer stands in, beside themselves."""
    others = dict.fromkeys(scope.stands_in_for for scope in viewer.scopes)
    return [other for other in others if other is not None and other != viewer.person_id]


def _as(stand_in: StandIn, viewer: Viewer) -> Viewer:
    """The stand-in with just such functions as the viewer has, who is nobody where the viewer is nobody."""
    account, person, *numbers = range(stand_in.below, stand_in.below + 2 + 2 * len(viewer.scopes))
    units = dict(zip(_units(viewer), numbers, strict=False))
    people = dict(zip(_others(viewer), reversed(numbers), strict=False)) | {viewer.person_id: person, None: None}

    def scope_of(scope: Scope) -> Scope:
        number, stood_for = units[scope.unit_id], people[scope.stands_in_for]
        return replace(scope, unit_id=number, stands_in_for=stood_for, function="")

    return replace(
        viewer,
        name="",
        at=stand_in.at,
        account_id=None if viewer.account_id is None else account,
        person_id=people[viewer.person_id],
        scopes=tuple(scope_of(scope) for scope in viewer.scopes),
    )
