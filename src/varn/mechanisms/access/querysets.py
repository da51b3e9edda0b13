"""The one way a query starts: `visible_to(viewer)`."""

from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from varn.kernel.levels import Level
from varn.mechanisms.access.guards import ABOVE_INTERNAL, Guard
from varn.mechanisms.access.known import Known, known
from varn.mechanisms.access.viewer import Scope, Viewer

M = TypeVar("M", bound=models.Model)


class GuardedQuerySet(models.QuerySet[M]):
    """Rows that are seen where scope, level, compartment and no conflict all hold. Here is where the four meet.

    `in_scope` is the first of them, as each table has it. `guards` name the records whose level, compartment and
    subjects the rows share.
    """

    read: ClassVar[str]
    guards: ClassVar[tuple[Guard, ...]] = ()

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The rows this reader may see, or, with `to`, those they may do that with."""
        seen = self.in_scope(viewer, to)
        if viewer.is_system or not self.guards or seen.query.is_empty():
            return seen
        return seen.filter(*self.open_to(viewer), *self.done_within(viewer, to))

    def in_scope(self, viewer: Viewer, to: str | None = None) -> Self:
        """The rows that the reader's scopes hold."""
        raise NotImplementedError

    def reaching(self, viewer: Viewer, row: Any) -> QuerySet[Any]:
        """The row with the number in the outer query's field, if the reader's scopes hold it."""
        return self.in_scope(viewer).filter(pk=row)

    def seen_alone(self, viewer: Viewer, row: Any) -> QuerySet[Any]:
        """The row with the number in the outer query's field, if the reader may see it."""
        return self.reaching(viewer, row).filter(*self.open_to(viewer))

    def open_to(self, viewer: Viewer) -> list[Q]:
        """The conditions that no level, compartment or conflict closes the row to the reader."""
        return [guard.open_to(viewer, self.read) for guard in self.guards]

    def done_within(self, viewer: Viewer, to: str | None) -> list[Q]:
        """What is done to a sensitive record is done by a function that opens it: never from an overview."""
        if to is None or to == self.read or viewer.narrowed(Level.SEALED) == viewer:
            return []
        model: Any = self.model
        allowed = [(level, model._default_manager.in_scope(viewer.narrowed(level), to)) for level in ABOVE_INTERNAL]
        return [
            ~Q(**{f"{guard.key}__in": guard.sensitive(level, viewer)}) | Q(pk__in=rows.order_by().values("pk"))
            for guard in self.guards
            for level, rows in allowed
        ]

    def sees_every(self, viewer: Viewer) -> bool:
        """Whether the reader's scopes leave no row of the table out."""
        return viewer.is_system or any(scope.everything for scope in viewer.scopes_for(self.read))


class ScopedQuerySet(GuardedQuerySet[M]):
    """Rows that lie in units. A reader sees a row when one of their scopes holds its unit.

    `read` is the permission that opens a row; `unit_path` leads from the row to its unit. A row that lies in several
    units overrides `in_units`.
    """

    unit_path: ClassVar[str] = "unit"

    def in_scope(self, viewer: Viewer, to: str | None = None) -> Self:
        """The rows whose unit one of the reader's scopes holds."""
        permission = to or self.read
        scopes = viewer.scopes_for(permission)
        if viewer.is_system or any(scope.everything for scope in scopes):
            return self
        units = units_for(viewer, permission) if scopes else None
        return self.none() if units is None else self.filter(self.in_units(units))

    def in_units(self, units: Any) -> Q:
        """The condition that a row lies in one of these units (their ids, as the database finds them)."""
        return Q(**{f"{self.unit_path}__in": units})


class ChildQuerySet(models.QuerySet[M]):
    """Rows that belong to a parent and are seen exactly when it is. `parent` is the name of the foreign key."""

    parent: ClassVar[str]

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The rows whose parent this reader may see, or, with `to`, may do that with."""
        model: Any = self.model._meta.get_field(self.parent).related_model
        return self.filter(**{f"{self.parent}__in": visible(model, viewer, to)})


class OpenQuerySet(models.QuerySet[M]):
    """Rows of a public register (functions, offices): who may read it anywhere may read all of it.

    It is everybody's, so it is changed only by who holds the right over the whole municipality. `open_to` are the other
    permissions that ask no more than reading does.
    """

    read: ClassVar[str]
    open_to: ClassVar[tuple[str, ...]] = ()

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """All rows, or, with `to`, those the reader may do that with; none for others."""
        if to in (None, self.read, *self.open_to):
            return self if viewer.may(to or self.read) else self.none()
        return self if viewer.may_everywhere(str(to)) else self.changed_by(viewer, str(to))

    def changed_by(self, viewer: Viewer, to: str) -> Self:
        """The rows that a reader without the right over the whole municipality may do this with."""
        return self.none()


class PlacedOpenQuerySet(OpenQuerySet[M]):
    """Rows of a public register that lie in units: also changed by those whose scope holds the unit."""

    unit_path: ClassVar[str] = "unit"

    def changed_by(self, viewer: Viewer, to: str) -> Self:
        """The rows whose unit lies in the reader's scope."""
        scopes = viewer.scopes_for(to)
        return self.filter(**{f"{self.unit_path}__in": units_within(scopes, viewer)}) if scopes else self.none()


def visible(model: type[M], viewer: Viewer, to: str | None = None) -> QuerySet[M]:
    """The rows of a model that is not known beforehand, as its own `visible_to` gives them."""
    manager: Any = model._default_manager
    rows: QuerySet[M] = manager.visible_to(viewer, to)
    return rows


def sees(viewer: Viewer, model: type[M], *, row: str) -> Exists:
    """The condition that the reader may see the row of this model whose id stands in the outer query's field `row`.

    PostgreSQL first gathers the rows of a reader who sees a part of them. Where all are seen it is asked about a range
    of one id, so that it looks up each row instead.
    """
    rows: Any = model._default_manager.all()
    if sees_every(viewer, model):
        rows = rows.visible_to(viewer).filter(pk__gte=OuterRef(row), pk__lte=OuterRef(row))
    elif isinstance(rows, GuardedQuerySet):
        rows = rows.seen_alone(viewer, OuterRef(row))
    else:
        rows = rows.visible_to(viewer).filter(pk=OuterRef(row))
    return Exists(rows)


def closed_to(viewer: Viewer, rows: Any) -> list[QuerySet[Any]]:
    """Those of the rows that a level, a compartment or a conflict closes to the reader, for each that does."""
    conditions = rows.open_to(viewer)
    return [rows.exclude(condition) for condition in conditions]


def sees_every(viewer: Viewer, model: type[models.Model]) -> bool:
    """Whether the reader's scopes leave no row of this model out, so that few are closed to them, if any."""
    rows: Any = model._default_manager.all()
    if isinstance(rows, GuardedQuerySet):
        return rows.sees_every(viewer)
    return not rows.visible_to(viewer).query.has_filters()


def units_within(scopes: tuple[Scope, ...], viewer: Viewer) -> QuerySet[Any]:
    """The ids of the units that lie within the scopes on the viewer's day."""
    units: QuerySet[Any] = import_string(settings.ACCESS_WITHIN)(scopes=scopes, day=viewer.day)
    return units


def units_for(viewer: Viewer, permission: str) -> Known | None:
    """The ids of the units in which the reader holds the permission, to be asked `__in`; `None` for none."""
    return known(_units_for, viewer, permission)


def _units_for(viewer: Viewer, permission: str) -> QuerySet[Any]:
    return units_within(viewer.scopes_for(permission), viewer).order_by()


def may(viewer: Viewer, permission: str, thing: models.Model) -> bool:
    """Whether the reader may do this with this row: the same question as seeing it, asked with that permission."""
    return visible(type(thing), viewer, permission).filter(pk=thing.pk).exists()
