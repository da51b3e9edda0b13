"""Keeping the index: called by an action after its change, in the same transaction."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now

from varn.mechanisms.search.models import Document
from varn.mechanisms.search.searchables import Searchable, searchable_of, searchables
from varn.mechanisms.search.stems import mark, marked, stems_of

AT_A_TIME = 500
LONGEST_SHOWN = 600
OVERWRITTEN = ["kind", "title", "reference", "shown", "url", "stems", "updated_at"]


def index(*things: models.Model) -> None:
    """The things are found as they now are."""
    _write(_document(thing, searchable_of(thing)) for thing in things)


def forget(*things: models.Model) -> None:
    """The things are no longer found."""
    for thing in things:
        Document.objects.filter(content_type=_kind(type(thing)), object_id=thing.pk).delete()


def reindex() -> int:
    """Everything that can be searched is found as it now is, and nothing else. Returns how many rows that is."""
    count = 0
    for searchable in searchables():
        rows = searchable.model._base_manager.order_by("pk")
        rows = rows.select_related(*searchable.related) if searchable.related else rows
        count += _write(_document(row, searchable) for row in rows.iterator(chunk_size=AT_A_TIME))
        gone = Document.objects.filter(content_type=_kind(searchable.model))
        gone.exclude(object_id__in=searchable.model._base_manager.values("pk")).delete()
    Document.objects.exclude(content_type__in=[_kind(searchable.model) for searchable in searchables()]).delete()
    return count


def _document(thing: models.Model, searchable: Searchable) -> Document:
    title, body, reference = searchable.title(thing), searchable.body(thing), searchable.reference(thing)
    kind, heading = _kind(type(thing)), f"{reference} {title}"
    in_title = marked(stems_of(heading), mark(kind.pk, in_title=True))
    in_text = marked(stems_of(f"{heading}\n{body}"), mark(kind.pk))
    return Document(
        content_type=kind,
        object_id=thing.pk,
        kind=searchable.kind,
        title=title[:300],
        reference=reference[:80],
        shown=" ".join((searchable.shows(thing) if searchable.shows else body).split())[:LONGEST_SHOWN],
        url=searchable.url(thing),
        stems=f"{in_title} {in_text}",
        updated_at=Now(),
    )


def _write(documents: Iterable[Document]) -> int:
    batch: list[Document] = []
    count = 0
    for document in documents:
        batch.append(document)
        if len(batch) == AT_A_TIME:
            count += _store(batch)
            batch = []
    return count + _store(batch)


def _store(batch: list[Document]) -> int:
    Document.objects.bulk_create(
        batch, update_conflicts=True, unique_fields=["content_type", "object_id"], update_fields=OVERWRITTEN
    )
    return len(batch)


def _kind(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)
