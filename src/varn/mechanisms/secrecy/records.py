"""Which kinds of records have a level, and what stands beside one of them now."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from varn.kernel.levels import Level
from varn.mechanisms.access.guards import Guard
from varn.mechanisms.access.models import Marking
from varn.mechanisms.access.querysets import GuardedQuerySet
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import name_of


def guard_of(model: type[models.Model]) -> Guard | None:
    """The guard of a kind of record that has a level of its own; `None` for what shares another's."""
    rows: Any = model._default_manager.all()
    guards = rows.guards if isinstance(rows, GuardedQuerySet) else ()
    return next((guard for guard in guards if guard.label == model._meta.label), None)


def guarded_models() -> dict[str, type[models.Model]]:
    """Every kind of record that has a level of its own, by its name in code ("decisions:decision")."""
    return {name_of(model): model for model in apps.get_models() if guard_of(model) is not None}


def record_of(thing: Any) -> Any:
    """The record whose level a thing shares: a decision for its assignment, otherwise the thing itself."""
    guards = getattr(type(thing)._default_manager.all(), "guards", ())
    for guard in guards:
        if guard.key != "pk":
            return guard.model._base_manager.get(pk=getattr(thing, guard.key))
    return thing


def marking_of(thing: models.Model, at: datetime) -> Marking | None:
    """The marking that holds for the record; `None` for one that is internal and lies in no compartment."""
    return Marking.objects.about(thing).holding(at).select_related("compartment").first()


def level_of(thing: models.Model, at: datetime) -> Level:
    """How sensitive the record is."""
    marking = marking_of(thing, at)
    return Level.INTERNAL if marking is None else Level(marking.level)


def is_seen(thing: Any, viewer: Viewer, to: str | None = None) -> bool:
    """Whether the reader sees the record, or may do that with it."""
    seen: bool = type(thing)._default_manager.visible_to(viewer, to).filter(pk=thing.pk).exists()
    return seen


def kind_of(thing: models.Model) -> ContentType:
    """The content type of the record."""
    return ContentType.objects.get_for_model(thing)
