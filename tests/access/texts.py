"""The texts that records hold, and which of them hold some words."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

AREAS = ("organisation", "decisions", "attachments")
# Texts that the canary cannot sit in: what everybody may read of units, bodies, offices and functions, ...
PUBLIC = {"Unit", "UnitPeriod", "Body", "Office", "Function", "Requirement"}
# ... what the product itself writes, the names of everybody together ("samtliga nämnder"), and who did it, ...
WRITTEN = {"reference", "state", "kind", "key", "sha256", "token_hash", "stored_name", "media_type", "ground", "law"}
TOGETHER = {"group"}
NAMES = {"uploaded_by", "interpreted_by", "acknowledged_by", "done_by", "author", "assignee", "for_body"}
# ... and numbers.
NUMBERS = {"number", "paragraph", "purpose"}


def texts_of(row: models.Model) -> dict[str, str]:
    """What stands in each field of text, and in each that holds values by name."""
    return {field.name: str(getattr(row, field.name)) for field in _fields_of(type(row))}


def where_it_is_missing(words: str) -> list[str]:
    """The fields of text in the areas' records in which no row holds the words, though one could."""
    return [
        f"{model.__name__}.{field.name}"
        for area in AREAS
        for model in apps.get_app_config(area).get_models()
        for field in _fields_of(model)
        if model.__name__ not in PUBLIC and field.name not in WRITTEN | TOGETHER | NAMES | NUMBERS
        if not model._base_manager.filter(**{f"{field.name}__icontains": words}).exists()
    ]


def _fields_of(model: type[models.Model]) -> Iterator[models.Field]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices:
            yield field
