"""What the law keeps secret from a person: the cases against them, and all that stands beside or under those."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from varn.mechanisms.access.guards import in_conflict, outside
from varn.mechanisms.access.models import Account, Marking, Subject
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.extracts.declared import kept_about_people, model_of

DEEPEST = 4
Things = Mapping[type[models.Model], set[int]]


def kept_from(viewer: Viewer) -> Things:
    """The numbers of the things that this person must not learn of through an extract, by their model.

    They are the cases of which the person is or has been a subject, or stands in the line of command over one, and
    what lies in compartments where they are no member; with every row below these. Never the person themselves.
    """
    found: dict[type[models.Model], set[int]] = defaultdict(set)
    named = Subject.objects.filter(in_conflict(viewer) | Q(person_id=viewer.person_id))
    marked = Marking.objects.holding(viewer.at).filter(outside(viewer))
    for rows in (named, marked):
        for kind, number in rows.values_list("content_type", "object_id"):
            model = ContentType.objects.get_for_id(kind).model_class()
            if model is not None and not _is_people(model):
                found[model].add(number)
    _with_what_lies_below(found)
    return dict(found)


def secret_kinds() -> list[int]:
    """The content types of rows that are secret altogether: and so is what is noted of them."""
    secret = [model_of(kept) for kept in kept_about_people().values() if kept.secret]
    return [ContentType.objects.get_for_model(model).pk for model in secret]


def _with_what_lies_below(found: dict[type[models.Model], set[int]]) -> None:
    frontier = {model: set(numbers) for model, numbers in found.items()}
    for _ in range(DEEPEST):
        below: dict[type[models.Model], set[int]] = defaultdict(set)
        for model, numbers in frontier.items():
            for child, name in _pointing_at(model):
                rows = child._base_manager.filter(**{f"{name}__in": numbers}).values_list("pk", flat=True)
                below[child] |= set(rows) - found[child]
        frontier = {child: numbers for child, numbers in below.items() if numbers}
        for child, numbers in frontier.items():
            found[child] |= numbers


def _pointing_at(model: type[models.Model]) -> Iterable[tuple[type[models.Model], str]]:
    for child in apps.get_models():
        for field in child._meta.concrete_fields:
            if field.related_model is model and not _is_people(child):
                yield child, field.name


def _is_people(model: type[models.Model]) -> bool:
    return model is Account or model._meta.label == "organisation.Person"
