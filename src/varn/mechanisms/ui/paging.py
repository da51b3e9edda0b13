"""Paging that costs the same however long the list is."""

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import QuerySet
from django.http import Http404
from django_tables2.paginators import LazyPaginator

MOST_COUNTED = 1000
LAST_PAGE = 100_000


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, counted to one more than is ever said."""
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()


def shown_count(count: int) -> str:
    """The number as the page says it: "1 000+" when there are more than are counted."""
    return f"{MOST_COUNTED // 1000}\u00a0000+" if count > MOST_COUNTED else str(count)


def page_of(table: Any, number: str, per_page: int) -> None:
    """The table shows this page of its rows. A page that does not exist is 404."""
    if not number.isascii() or not number.isdigit() or not 0 < int(number[:7]) <= LAST_PAGE:
        raise Http404
    try:
        table.paginate(paginator_class=LazyPaginator, page=int(number), per_page=per_page)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
