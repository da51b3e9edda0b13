"""Reading the trail of one thing. It is shown where the thing itself is, to whoever may see that."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.models import Entry


def history_of(thing: models.Model, *, viewer: Viewer) -> QuerySet[Entry]:
    """The entries about this thing, newest first; none for a reader who may not see the thing."""
    if not visible(type(thing), viewer).filter(pk=thing.pk).exists():
        return Entry.objects.none()
    kind = ContentType.objects.get_for_model(thing)
    return Entry.objects.filter(content_type=kind, object_id=thing.pk)
