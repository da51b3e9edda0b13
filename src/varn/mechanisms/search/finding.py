"""Finding: every hit has passed its own table's `visible_to(viewer)` in the SQL itself, and so has every count."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.search.engines import matching, together
from varn.mechanisms.search.models import Document
from varn.mechanisms.search.searchables import Searchable, searchables
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
    groups: dict[str, dict[int, Document]] = {}
    newest_first = sorted(together(_parts(text, viewer, limit + 1, typing)), key=attrgetter("pk"), reverse=True)
    for row in sorted(newest_first, key=attrgetter("rank")):
        groups.setdefault(row.kind, {}).setdefault(row.pk, row)
    order = [searchable.kind for searchable in searchables()]
    return [
        Group(kind=kind, hits=tuple(groups[kind].values())[:limit], has_more=len(groups[kind]) > limit)
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
    found = Document.objects.filter(_visible(viewer, kind), matching(words, typing=typing))
    return found.defer("stems", "title_stems").annotate(rank=_rank(text, words, typing)).order_by("rank", "-pk")


def _parts(text: str, viewer: Viewer, most: int, typing: bool) -> Iterator[QuerySet[Document]]:
    """The best hits as parts that can each end early: by reference, and of each kind the newest by title and by text.

    Among the newest by text stand at most as many with all words in their title as there are by title, so the best
    of a kind are always among its parts. Every part has passed `visible_to` before it is cut.
    """
    words = words_of(text)
    named = Q(reference__in={_reference(text), _reference(text).upper()} - {""})
    yield _first(Q(_visible(viewer, ""), named) & Q(matching(words, typing=typing)), 0, most)
    for searchable in searchables():
        kind = ContentType.objects.get_for_model(searchable.model).pk
        # A range, so that the index of the kind is walked and not that of all documents when the kind has no hit.
        of_kind = Q(_seen(searchable, viewer), content_type__gte=kind, content_type__lte=kind)
        yield _first(of_kind & Q(matching(words, typing=typing, title_only=True)), 1, most)
        yield _first(of_kind & Q(matching(words, typing=typing)), 2, most)


def _first(condition: Q, rank: int, most: int) -> QuerySet[Document]:
    rows = Document.objects.filter(condition).annotate(rank=Value(rank, output_field=IntegerField()))
    return rows.only("kind", "title", "reference", "shown", "url").order_by("content_type_id", "-pk")[:most]


def _reference(text: str) -> str:
    return text[:LONGEST_QUESTION].replace("\x00", "").encode("utf-8", "ignore").decode("utf-8").strip()


def _visible(viewer: Viewer, kind: str) -> Q:
    """The condition that the thing itself lets the reader through."""
    condition = Q(pk__in=[])
    for searchable in searchables():
        if kind in ("", searchable.kind):
            of_kind = Q(content_type=ContentType.objects.get_for_model(searchable.model))
            condition |= of_kind & Q(_seen(searchable, viewer))
    return condition


def _seen(searchable: Searchable, viewer: Viewer) -> Exists:
    return Exists(visible(searchable.model, viewer).filter(pk=OuterRef("object_id")))


def _rank(text: str, words: tuple[Word, ...], typing: bool) -> Case:
    return Case(
        When(Q(reference__iexact=_reference(text)) & ~Q(reference=""), then=Value(0)),
        When(matching(words, typing=typing, title_only=True), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
