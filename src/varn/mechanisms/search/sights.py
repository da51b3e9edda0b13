"""What a reader sees of what can be searched, and how much that is: it decides from which end the hits are read."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.mechanisms.access.querysets import sees_every, visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.search.engines import counted
from varn.mechanisms.search.models import Document
from varn.mechanisms.search.searchables import Searchable

# Whoever sees no more of a kind than this is served from what they see, and others from what holds the words.
FEW = 500
SHOWN = ("kind", "object_id", "title", "reference", "shown", "url")


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What the reader sees of one kind: its content type, and the things that passed their own `visible_to`."""

    kind: int
    things: QuerySet[Any]
    are_few: bool

    def documents(self) -> QuerySet[Document]:
        """The documents of the things (and of others with the same numbers; who asks says the kind)."""
        passed = Exists(self.things.filter(pk=OuterRef("object_id")))
        seen = Q(object_id__in=self.things.values("pk")) if self.are_few else Q(passed)
        return Document.objects.filter(seen).only(*SHOWN)


def sights(asked: tuple[Searchable, ...], viewer: Viewer) -> list[Sight]:
    """What the reader sees of the kinds asked for, save those of which it is nothing.

    Takes one statement, and none for a reader who sees everything.
    """
    seen = {ContentType.objects.get_for_model(one.model).pk: visible(one.model, viewer) for one in asked}
    every = {ContentType.objects.get_for_model(one.model).pk for one in asked if sees_every(viewer, one.model)}
    narrowed = {kind: things for kind, things in seen.items() if kind not in every}
    sizes = dict.fromkeys(seen, FEW + 1) | dict(zip(narrowed, counted(narrowed.values(), most=FEW + 1), strict=True))
    return [Sight(kind=kind, things=seen[kind], are_few=size <= FEW) for kind, size in sizes.items() if size]
