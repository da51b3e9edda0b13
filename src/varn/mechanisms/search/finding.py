"""Finding: every hit has passed its own table's `visible_to(viewer)` in the SQL itself, and so has every count."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.search.engines import matching
from varn.mechanisms.search.models import Document
from varn.mechanisms.search.searchables import searchables
from varn.mechanisms.search.stems import LONGEST_QUESTION, Word, words_of


@dataclass(frozen=True, kw_only=True)
class Group:
    """The first hits of one kind, and whether there are more."""

    kind: str
    hits: tuple[Document, ...]
    has_more: bool


def find(text: str, *, viewer: Viewer, limit: int = 5, typing: bool = False) -> list[Group]:
    """The best hits of each kind the reader may see, at most `limit` of each; nothing for a text without words.

    `typing` also lets an unfinished number match ("UPP-2026-00").
    """
    if not words_of(text):
        return []
    place = Window(RowNumber(), partition_by="kind", order_by=[F("rank").asc(), F("pk").desc()])
    rows = hits(text, viewer=viewer, typing=typing).annotate(place=place).filter(place__lte=limit + 1)
    groups: dict[str, list[Document]] = {}
    for row in rows.order_by("place", "kind"):
        groups.setdefault(row.kind, []).append(row)
    order = [searchable.kind for searchable in searchables()]
    return [
        Group(kind=kind, hits=tuple(groups[kind][:limit]), has_more=len(groups[kind]) > limit)
        for kind in dict.fromkeys(order)
        if kind in groups
    ]


def hits(text: str, *, viewer: Viewer, kind: str = "", typing: bool = False) -> QuerySet[Document]:
    """The documents that hold every word of the text and that the reader may see, best first.

    Best is the thing whose reference was written, then those whose title holds all the words, then the newest.
    """
    words = words_of(text)
    if not words:
        return Document.objects.none()
    found = Document.objects.filter(_visible(viewer, kind), pk__in=matching(words, typing=typing))
    return found.defer("stems", "title_stems").annotate(rank=_rank(text, words, typing)).order_by("rank", "-pk")


def _visible(viewer: Viewer, kind: str) -> Q:
    """The condition that the thing itself lets the reader through."""
    condition = Q(pk__in=[])
    for searchable in searchables():
        if kind in ("", searchable.kind):
            seen = visible(searchable.model, viewer).filter(pk=OuterRef("object_id"))
            of_kind = Q(content_type=ContentType.objects.get_for_model(searchable.model))
            condition |= of_kind & Q(Exists(seen))
    return condition


def _rank(text: str, words: tuple[Word, ...], typing: bool) -> Case:
    reference = text[:LONGEST_QUESTION].replace("\x00", "").encode("utf-8", "ignore").decode("utf-8").strip()
    return Case(
        When(Q(reference__iexact=reference) & ~Q(reference=""), then=Value(0)),
        When(pk__in=matching(words, typing=typing, title_only=True), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
