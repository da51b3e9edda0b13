"""Reading comments: only through the thing they stand beside."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.comments.models import Comment


def comments_on(thing: models.Model, *, viewer: Viewer) -> QuerySet[Comment]:
    """The comments on a thing the reader may see, first to last; none for other readers."""
    seen = visible(type(thing), viewer).filter(pk=thing.pk)
    kind = ContentType.objects.get_for_model(thing)
    return Comment.objects.filter(content_type=kind, object_id__in=seen.values("pk"))
