"""Adding a file to a thing."""

import hashlib
import re
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.attachments import storing
from varn.mechanisms.attachments.models import Attachment
from varn.mechanisms.attachments.permissions import Permission
from varn.mechanisms.attachments.sniffing import media_type_of
from varn.mechanisms.attachments.uploads import RefusedFile, megabytes
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.moves.making import Refused

LONGEST_NAME = 200
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff/\\\\]+")


@action
def attach_to_record(*, thing: models.Model, file: Any, by: Viewer, at: datetime) -> Attachment:
    """The file belongs to a record that the reader sees, with the right to add files to what they see."""
    require(Permission.ATTACH, by=by)
    return attach(thing=thing, file=file, by=by, at=at)


@action
def attach(*, thing: models.Model, file: Any, by: Viewer, at: datetime) -> Attachment:
    """The file belongs to the thing; the same content is stored once, and what was there already is returned.

    `file` is a Django file. Called by the thing's own action, which asks for its own right; here the reader must at
    least see the thing. The file lies on disk before its row is written. Raises `Refused` for one that is empty or too
    large.
    """
    if not visible(type(thing), by).filter(pk=thing.pk).exists():
        raise PermissionDenied(Permission.ATTACH)
    content = _content(file)
    digest = hashlib.sha256(content).hexdigest()
    attachment = _there(thing, digest) or _stored(thing, _shown_name(file), content, digest, by=by, at=at)
    record(Permission.ATTACH, thing, by=by, at=at, changes={"file": (None, attachment.name)})
    return attachment


def _content(file: Any) -> bytes:
    if isinstance(file, RefusedFile):
        raise Refused(Refusal("attachments:refusal.too_large", limit=megabytes()))
    file.seek(0)
    content = bytes(file.read())
    if not content:
        raise Refused(Refusal("attachments:refusal.empty"))
    return content


def _shown_name(file: Any) -> str:
    """The name it came with, without anything that could turn it around or lead elsewhere; the end is kept."""
    name = UNPRINTABLE.sub("_", str(file.name or "")).strip(" .") or "fil"
    start, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:LONGEST_NAME]
    return f"{start[: LONGEST_NAME - len(extension) - 1]}.{extension}"


def _there(thing: models.Model, digest: str) -> Attachment | None:
    kind = ContentType.objects.get_for_model(thing)
    return Attachment.objects.filter(content_type=kind, object_id=thing.pk, sha256=digest).first()


def _stored(thing: models.Model, name: str, content: bytes, digest: str, *, by: Viewer, at: datetime) -> Attachment:
    """The file with its row. Where somebody else stored the same content at the same moment, theirs is the one."""
    stored_name = storing.write(content)
    try:
        with transaction.atomic():
            return Attachment.objects.create(
                content_type=ContentType.objects.get_for_model(thing),
                object_id=thing.pk,
                stored_name=stored_name,
                name=name,
                media_type=media_type_of(content, name),
                size=len(content),
                sha256=digest,
                uploaded_at=at,
                uploaded_by=by.name,
                account_id=by.account_id,
            )
    except IntegrityError:
        storing.remove(stored_name)
        if (attachment := _there(thing, digest)) is None:
            raise
        return attachment
    except BaseException:
        storing.remove(stored_name)
        raise
