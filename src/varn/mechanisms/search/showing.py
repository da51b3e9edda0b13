"""What hits show: the title and what the thing says of itself today, with the words that were looked for marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.search.models import Document
from varn.mechanisms.search.searchables import Searchable, searchables
from varn.mechanisms.search.stems import Word, words_of
from varn.mechanisms.ui.words import word, written

WORDS = re.compile(r"(\w+)")
BEFORE, LENGTH = 60, 180


@dataclass(frozen=True, kw_only=True)
class ShownHit:
    """One hit as the page shows it. `thing` is there when it has a state to show."""

    document: Document
    thing: Any
    title: SafeString
    facts: tuple[SafeString, ...]
    excerpt: SafeString


def shown(documents: Sequence[Document], question: str) -> list[ShownHit]:
    """Hits of several kinds, each with what the index keeps of it."""
    words, known = words_of(question), _by_kind()
    return [_hit(document, known[document.kind], None, words) for document in documents]


def shown_today(documents: Sequence[Document], question: str, *, kind: str) -> list[ShownHit]:
    """Hits of one kind with what each thing says of itself today, in one statement and those of its parts."""
    words, searchable = words_of(question), _by_kind()[kind]
    rows = searchable.model._base_manager.select_related(*searchable.related).prefetch_related(*searchable.parts)
    things = rows.in_bulk([document.object_id for document in documents])
    return [_hit(document, searchable, things.get(document.object_id), words) for document in documents]


def _by_kind() -> dict[str, Searchable]:
    return {searchable.kind: searchable for searchable in searchables()}


def _hit(document: Document, searchable: Searchable, thing: Any, words: Sequence[Word]) -> ShownHit:
    kept = () if searchable.is_text else (document.shown,)
    facts = kept if thing is None else searchable.tells(thing)
    text = document.shown.partition(document.title)[2] or document.shown
    return ShownHit(
        document=document,
        thing=thing if hasattr(thing, "state") else None,
        title=_marked(document.title, words),
        facts=tuple(_marked(_words(fact), words) for fact in facts if fact),
        excerpt=_excerpt(text, words) if searchable.is_text else SafeString(),
    )


def _words(fact: object) -> str:
    """A fact as a page writes it; a key of the glossary as its word."""
    return capfirst(word(str(fact))) if str(fact) in GLOSSARY else written(fact)


def _excerpt(text: str, words: Sequence[Word]) -> SafeString:
    """The text about the first place where one of the words stands; nothing when none of them does."""
    flat = " ".join(text.split())
    first = next((found for found in WORDS.finditer(flat) if _is_one_of(found[0], words)), None)
    if first is None:
        return SafeString()
    start = max(0, flat.rfind(" ", 0, max(0, first.start() - BEFORE)) + 1)
    piece = flat[start : start + LENGTH].rpartition(" ")[0] if len(flat) > start + LENGTH else flat[start:]
    before, after = "… " if start else "", " …" if start + len(piece) < len(flat) else ""
    return format_html("{}{}{}", before, _marked(piece, words), after)


def _marked(text: str, words: Sequence[Word]) -> SafeString:
    """The text, safe to show, with the words in marks."""
    return mark_safe("".join(_pieces(text, words)))


def _pieces(text: str, words: Sequence[Word]) -> Iterable[str]:
    for piece in WORDS.split(text):
        yield format_html("<mark>{}</mark>", piece) if _is_one_of(piece, words) else conditional_escape(piece)


def _is_one_of(piece: str, words: Sequence[Word]) -> bool:
    own = words_of(piece)
    return any(word.stem == each.stem or each.text.startswith(word.text) for each in own for word in words)
