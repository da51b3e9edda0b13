"""Reading files: only through the thing they belong to."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.attachments.models import Attachment


def attachments_of(things: QuerySet[Any], *, viewer: Viewer) -> dict[int, list[Attachment]]:
    """The files of these things of one kind, by thing, in the order they came; those of things the reader may see."""
    seen = visible(things.model, viewer).filter(pk__in=things.values("pk"))
    kind = ContentType.objects.get_for_model(things.model)
    found: dict[int, list[Attachment]] = {}
    for attachment in Attachment.objects.filter(content_type=kind, object_id__in=seen.values("pk")):
        found.setdefault(attachment.object_id, []).append(attachment)
    return found


def attachment_seen(pk: int, *, viewer: Viewer) -> Attachment | None:
    """The file, if the reader may see the thing it belongs to; otherwise it does not exist."""
    attachment = Attachment.objects.filter(pk=pk).first()
    model = attachment.content_type.model_class() if attachment else None
    if attachment is None or model is None:
        return None
    seen = visible(model, viewer).filter(pk=attachment.object_id).exists()
    return attachment if seen else None
