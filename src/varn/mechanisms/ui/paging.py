"""Paging that costs the same however long the list is."""

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger
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


def pages(count: int, per_page: int) -> int | None:
    """How many pages so many rows make; nothing when they are more than are counted."""
    return -(-count // per_page) if count <= MOST_COUNTED else None


def page_of(table: Any, number: str, per_page: int) -> None:
    """The table shows this page of its rows. A page that does not exist is 404."""
    try:
        table.paginate(paginator_class=LazyPaginator, page=_number(number), per_page=per_page)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error


def rows_on(rows: QuerySet[Any], number: str, per_page: int) -> Page[Any]:
    """This page of the rows, which are not counted. A page that does not exist is 404."""
    try:
        page: Page[Any] = LazyPaginator(rows, per_page).page(_number(number))
    except EmptyPage as error:
        raise Http404 from error
    return page


def _number(written: str) -> int:
    if not written.isascii() or not written.isdigit() or not 0 < int(written[:7]) <= LAST_PAGE:
        raise Http404
    return int(written)
