"""Reading files: only through the thing they belong to."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from varn.mechanisms.access.querysets import sees, visible
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
    """The file, if the reader may see the thing it belongs to; otherwise it does not exist.

    It is asked for with everything beside which files lie, so that what is not the reader's is asked for in the same
    words as what does not exist.
    """
    beside = Q(pk__in=[])
    for kind in Attachment.objects.order_by().values_list("content_type", flat=True).distinct():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            beside |= Q(content_type=kind) & Q(sees(viewer, model, row="object_id"))
    return Attachment.objects.filter(beside, pk=pk).first()
