"""Writing a comment on a thing."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models

from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.comments.models import Comment
from varn.mechanisms.comments.permissions import Permission


@action
def write_comment(*, thing: models.Model, text: str, by: Viewer, at: datetime) -> Comment:
    """The comment stands beside the thing for everyone who sees it; that it was written stands in the thing's history.

    Raises `PermissionDenied` unless the reader sees the thing and has the right to write comments.
    """
    require(Permission.WRITE, by=by)
    if not visible(type(thing), by).filter(pk=thing.pk).exists():
        raise PermissionDenied(Permission.WRITE)
    record(Permission.WRITE, thing, by=by, at=at)
    return Comment.objects.create(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        text=text,
        written_at=at,
        written_by=by.name,
        function=by.function[:300],
        account_id=by.account_id,
    )
