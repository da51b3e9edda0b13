"""Reading notices and the outbox."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from varn.mechanisms.access.querysets import sees
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.notices.models import Mail, Notice
from varn.mechanisms.notices.permissions import Permission

MOST_COUNTED = 99


def notices(*, viewer: Viewer) -> QuerySet[Notice]:
    """The reader's own notices, newest first, without those about things the reader may no longer see."""
    own = Notice.objects.filter(account_id=viewer.account_id) if viewer.account_id else Notice.objects.none()
    kinds = own.order_by().exclude(content_type=None).values_list("content_type", flat=True).distinct()
    return own.filter(_visible(kinds, viewer))


def unread_count(*, viewer: Viewer) -> int:
    """How many notices the reader has not read, counted to `MOST_COUNTED` + 1."""
    if viewer.account_id is None:
        return 0
    unread = Notice.objects.filter(account_id=viewer.account_id, read_at=None)
    about = list(unread.order_by().values_list("content_type", flat=True).distinct())
    if not about:
        return 0
    shown = unread.filter(_visible([kind for kind in about if kind is not None], viewer))
    return shown.order_by()[: MOST_COUNTED + 1].count()


def settled(rows: Iterable[Notice]) -> set[int]:
    """Which of these notices wait for nothing any more, as far as their things say so themselves.

    A thing that can be waited for has `settles(kind)`: whether a notice of this kind about it is a matter of the past.
    """
    about: dict[int, list[Notice]] = defaultdict(list)
    for notice in rows:
        if notice.content_type_id is not None:
            about[notice.content_type_id].append(notice)
    return {notice.pk for kind, notices in about.items() for notice in _settled_of(kind, notices)}


def mails(*, viewer: Viewer) -> QuerySet[Mail]:
    """The outbox, newest first, for those who may read it; the bodies are not for reading."""
    return Mail.objects.defer("body") if viewer.may(Permission.READ_MAIL) else Mail.objects.none()


def _settled_of(kind: int, rows: list[Notice]) -> Iterator[Notice]:
    model: Any = ContentType.objects.get_for_id(kind).model_class()
    if model is None or not hasattr(model, "settles"):
        return
    things = model._base_manager.in_bulk({notice.object_id for notice in rows})
    for notice in rows:
        thing = things.get(notice.object_id)
        if thing is not None and thing.settles(notice.kind):
            yield notice


def _visible(kinds: Iterable[int], viewer: Viewer) -> Q:
    """The condition that the thing a notice is about, if it is about one, lets the reader through."""
    condition = Q(content_type=None)
    for kind in kinds:
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            condition |= Q(content_type=kind) & Q(sees(viewer, model, row="object_id"))
    return condition
