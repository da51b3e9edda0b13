"""Reading files: only through the thing they belong to."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.attachments.models import Attachment


def attachments_of(thing: models.Model, *, viewer: Viewer) -> QuerySet[Attachment]:
    """The thing's files in the order they came; none for a reader who may not see the thing."""
    if not visible(type(thing), viewer).filter(pk=thing.pk).exists():
        return Attachment.objects.none()
    return Attachment.objects.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


def attachment_seen(pk: int, *, viewer: Viewer) -> Attachment | None:
    """The file, if the reader may see the thing it belongs to; otherwise it does not exist."""
    attachment = Attachment.objects.filter(pk=pk).first()
    model = attachment.content_type.model_class() if attachment else None
    if attachment is None or model is None:
        return None
    seen = visible(model, viewer).filter(pk=attachment.object_id).exists()
    return attachment if seen else None
