"""Finding: every hit has passed its own table's `visible_to(viewer)` in the SQL itself, before anything is cut off."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.search.engines import Statement, holding, in_turn, rows_of
from varn.mechanisms.search.models import Document
from varn.mechanisms.search.searchables import Searchable, searchables
from varn.mechanisms.search.sights import Sight, sights
from varn.mechanisms.search.stems import LONGEST_QUESTION, words_of


@dataclass(frozen=True, kw_only=True)
class Group:
    """The first hits of one kind, and whether there are more."""

    kind: str
    hits: tuple[Document, ...]
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was written in the search field. `typing` also lets an unfinished number match ("UPP-2026-00")."""

    text: str
    typing: bool = False

    def best(self, sight: Sight, *, skip: int = 0, most: int) -> Statement:
        """The best hits of one kind: the thing whose reference was written, then those by title, then those by text."""
        written = self.text[:LONGEST_QUESTION].replace("\x00", "").encode("utf-8", "ignore").decode("utf-8").strip()
        named, seen = Q(reference__in={written, written.upper()}), sight.documents()
        others, words = seen.exclude(named), words_of(self.text)
        by_title, by_text = (
            holding(others, words, kind=sight.kind, in_title=in_title, typing=self.typing, are_few=sight.are_few)
            for in_title in (True, False)
        )
        by_reference = seen.filter(named, content_type=sight.kind).order_by()
        return in_turn([by_reference, by_title, by_text], skip=skip, most=most)

    def hits(self, asked: tuple[Searchable, ...], viewer: Viewer, *, skip: int = 0, most: int) -> list[Document]:
        """The best of each kind asked for, in one statement beside the one that asks how much the reader sees."""
        if not words_of(self.text):
            return []
        best = [self.best(sight, skip=skip, most=most) for sight in sights(asked, viewer)]
        return list(rows_of(best)) if best else []


@dataclass(frozen=True, kw_only=True)
class Hits:
    """All the hits of one kind that the reader may see, best first.

    Best is the thing whose reference was written, then those whose title holds all the words, then the newest. A slice
    is read when it is asked for, and costs what lies before its end.
    """

    question: Question
    searchable: Searchable
    viewer: Viewer

    def __getitem__(self, place: slice) -> list[Document]:
        skip = place.start or 0
        return self.question.hits((self.searchable,), self.viewer, skip=skip, most=place.stop - skip)


def find(text: str, *, viewer: Viewer, limit: int = 5, typing: bool = False) -> list[Group]:
    """The best hits of each kind the reader may see, at most `limit` of each; nothing for a text without words.

    `typing` also lets an unfinished number match ("UPP-2026-00").
    """
    rows = Question(text=text, typing=typing).hits(searchables(), viewer, most=limit + 1)
    groups = [(kind, tuple(hits)) for kind, hits in groupby(rows, key=attrgetter("kind"))]
    return [Group(kind=kind, hits=hits[:limit], has_more=len(hits) > limit) for kind, hits in groups]


def hits(text: str, *, viewer: Viewer, kind: str, typing: bool = False) -> Hits:
    """All the hits of one kind."""
    searchable = next(one for one in searchables() if one.kind == kind)
    return Hits(question=Question(text=text, typing=typing), searchable=searchable, viewer=viewer)
