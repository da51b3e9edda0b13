"""What hits show: the title and what the thing says of itself today, with the words that were looked for marked."""

import re
from collections import defaultdict
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
    """The hits with what each thing says of itself, in one statement (and those of its parts) for each kind."""
    words, things = words_of(question), _things(documents)
    return [_hit(document, *things[document.kind, document.object_id], words) for document in documents]


def _things(documents: Sequence[Document]) -> dict[tuple[str, int], tuple[Searchable, Any]]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for document in documents:
        wanted[document.kind].append(document.object_id)
    found: dict[tuple[str, int], tuple[Searchable, Any]] = {}
    for searchable in searchables():
        keys = wanted.get(searchable.kind)
        if keys:
            rows = searchable.model._base_manager.select_related(*searchable.related)
            things = rows.prefetch_related(*searchable.parts).in_bulk(keys)
            found |= {(searchable.kind, key): (searchable, things.get(key)) for key in keys}
    return found


def _hit(document: Document, searchable: Searchable, thing: Any, words: Sequence[Word]) -> ShownHit:
    facts = searchable.tells(thing) if thing is not None else ()
    return ShownHit(
        document=document,
        thing=thing if hasattr(thing, "state") else None,
        title=_marked(document.title, words),
        facts=tuple(_marked(_words(fact), words) for fact in facts if fact),
        excerpt=_excerpt(document.shown.partition(document.title)[2] or document.shown, words)
        if searchable.is_text
        else SafeString(),
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
