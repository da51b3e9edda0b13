"""Reading the trail. What it says of one thing is shown where the thing itself is, to whoever may see that."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from varn.mechanisms.access.querysets import may, visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.models import Entry


def history_of(thing: models.Model, *, viewer: Viewer) -> QuerySet[Entry]:
    """The entries about this thing, newest first; none for a reader who may not see the thing.

    What its model names as `confided` (verbs, each with a permission) is told only to whoever has that for the thing.
    """
    if not visible(type(thing), viewer).filter(pk=thing.pk).exists():
        return Entry.objects.none()
    kind = ContentType.objects.get_for_model(thing)
    confided = [verb for verb, to in getattr(type(thing), "confided", {}).items() if not may(viewer, to, thing)]
    return Entry.objects.filter(content_type=kind, object_id=thing.pk).exclude(verb__in=confided)


def latest_entry_of(thing: models.Model) -> int:
    """The number of the last entry about this thing, by which it is known whether something was done to it; 0 for none.

    Says only that, and needs no viewer.
    """
    kind = ContentType.objects.get_for_model(thing)
    about = Entry.objects.filter(content_type=kind, object_id=thing.pk)
    return about.order_by("-pk").values_list("pk", flat=True).first() or 0


def latest_entry() -> int:
    """The number of the last entry in the trail; 0 while it is empty."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def is_done_since(entry: int, *, apps: Collection[str]) -> bool:
    """Whether anything was done to a thing of these apps after that entry.

    Says it for a database with one writer at a time: elsewhere an entry may come to stand among earlier ones.
    """
    return Entry.objects.filter(pk__gt=entry, content_type__app_label__in=apps).exists()
