"""Every row of the scratch database as it stands before anything is asked, and whose it is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, models

from varn.kernel.planting import MARK

# What lies in no plot: the municipality itself, and those who ask.
GROUND = "ground"
Rows = dict[int | str, tuple[object, ...]]


class How(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row that was added, changed or taken away. `plots` are those whose rows it is or hangs on."""

    model: str
    pk: object
    how: How
    plots: frozenset[str]
    row: Mapping[str, Any]


class Ledger:
    """The rows of all models of the product, and in which plot each was planted."""

    def __init__(self) -> None:
        self.models = {model._meta.db_table: model for model in apps.get_models() if _is_ours(model)}
        self.rows: dict[str, Rows] = {}
        self.owners: dict[tuple[str, object], str] = {}

    def claim(self, plot: str) -> None:
        """What has come since the last claim lies in this plot."""
        for table, model in self.models.items():
            now = _rows(model)
            before = self.rows.get(table, {})
            self.owners |= {(table, pk): plot for pk in now.keys() - before.keys()}
            self.rows[table] = now

    def changes(self, tables: Collection[str]) -> tuple[Change, ...]:
        """What stands otherwise in these tables than when it was last claimed."""
        return tuple(
            change for table in sorted(tables) if table in self.models for change in self._changes(self.models[table])
        )

    def as_changes(self, *names: str) -> tuple[Change, ...]:
        """The rows of these models as if each had just come."""
        found = [(table, model) for table, model in self.models.items() if model.__name__ in names]
        return tuple(
            Change(model=model.__name__, pk=pk, how=How.ADDED, plots=frozenset(), row=row)
            for table, model in found
            for pk, values in self.rows[table].items()
            for row in [dict(zip(_names(model), values, strict=True))]
        )

    def owner(self, model: type[models.Model], pk: object) -> str:
        """The plot in which the row lies."""
        return self.owners.get((model._meta.db_table, pk), "")

    def texts_without_canaries(self, unplanted: Mapping[str, str]) -> list[str]:
        """The fields of text in which no row holds a canary, though nobody has said why."""
        return [
            name
            for table, model in self.models.items()
            for field in texts(model)
            for name in [f"{model.__name__}.{field.name}"]
            if not {name, model.__name__} & unplanted.keys()
            if not _holds(self.rows[table].values(), [each.name for each in _fields(model)].index(field.name))
        ]

    def _changes(self, model: type[models.Model]) -> Iterable[Change]:
        table = model._meta.db_table
        before, now = self.rows[table], _rows(model)
        for pk in before.keys() | now.keys():
            if before.get(pk) != now.get(pk):
                how = How.ADDED if pk not in before else How.CHANGED if pk in now else How.REMOVED
                row = dict(zip(_names(model), now.get(pk) or before[pk], strict=True))
                plots = frozenset(filter(None, self._plots(model, pk, row)))
                yield Change(model=model.__name__, pk=pk, how=how, plots=plots, row=row)

    def _plots(self, model: type[models.Model], pk: object, row: Mapping[str, Any]) -> Iterable[str]:
        """Where the row lies itself, or else where those lie that it points at."""
        own = self.owner(model, pk)
        if own:
            return [own]
        found = [
            self.owner(field.related_model, row[field.attname])
            for field in _fields(model)
            if field.is_relation and isinstance(field.related_model, type)
        ]
        kind = row.get("content_type_id")
        of = ContentType.objects.get_for_id(kind).model_class() if isinstance(kind, int) else None
        return [*found, self.owner(of, row.get("object_id"))] if of else found


def texts(model: type[models.Model]) -> list[models.Field]:
    """The fields in which words can stand."""
    kinds = models.CharField | models.TextField | models.JSONField
    return [field for field in _fields(model) if isinstance(field, kinds) and not field.choices]


def _is_ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("varn.")


def _fields(model: type[models.Model]) -> list[models.Field]:
    return list(model._meta.concrete_fields)


def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in _fields(model)]


def _rows(model: type[models.Model]) -> Rows:
    """The rows as the database holds them, unconverted: they are compared far more often than they are read."""
    query = model._base_manager.order_by().values_list("pk", *_names(model)).query
    chunks = query.get_compiler(DEFAULT_DB_ALIAS).execute_sql()
    return {row[0]: tuple(row[1:]) for chunk in chunks for row in chunk}


def _holds(rows: Iterable[tuple[object, ...]], place: int) -> bool:
    return any(MARK in str(row[place]).lower() for row in rows)
