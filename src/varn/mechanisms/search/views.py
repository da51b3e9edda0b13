from typing import Any

from django.core.paginator import EmptyPage, Page
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2.paginators import LazyPaginator

from varn.mechanisms.access.doors import signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.search.finding import find, hits
from varn.mechanisms.search.models import Document
from varn.mechanisms.search.searchables import searchables
from varn.mechanisms.search.showing import shown, shown_today
from varn.mechanisms.search.stems import LONGEST_QUESTION
from varn.mechanisms.ui import fragments

PER_GROUP = 5
SUGGESTED = 3
PER_PAGE = 25
LAST_PAGE = 400
SHORTEST_SUGGESTED = 2


@signed_in
@require_safe
def results(request: Request) -> HttpResponse:
    """What the reader may see of what was searched: the first of each kind, or all of one kind page by page."""
    text = request.GET.get("q", "")[:LONGEST_QUESTION]
    kind = request.GET.get("kind", "")
    context: dict[str, Any] = {"text": text, "kind": kind}
    if kind in {searchable.kind for searchable in searchables()}:
        page = _page(request, text, kind)
        context |= {"page": page, "hits": shown_today(list(page), text, kind=kind)}
        return fragments.render(request, "search/kind.html", "search/_kind.html", context)
    groups = find(text, viewer=request.viewer, limit=PER_GROUP)
    found = [(group, shown(group.hits, text)) for group in groups]
    return render(request, "search/results.html", context | {"groups": found})


@signed_in
@require_safe
def suggestions(request: Request) -> HttpResponse:
    """A few hits of each kind while the reader is typing: a fragment for the top bar."""
    text = request.GET.get("q", "")[:LONGEST_QUESTION].strip()
    groups = []
    if len(text) >= SHORTEST_SUGGESTED:
        groups = find(text, viewer=request.viewer, limit=SUGGESTED, typing=True)
    return render(request, "search/_suggestions.html", {"text": text, "groups": groups})


def _page(request: Request, text: str, kind: str) -> Page[Document]:
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 0 < int(number[:7]) <= LAST_PAGE:
        raise Http404
    try:
        page: Page[Document] = LazyPaginator(hits(text, viewer=request.viewer, kind=kind), PER_PAGE).page(int(number))
    except EmptyPage as error:
        raise Http404 from error
    return page
