"""The list page: filters, sorting, paging, columns, saved views and export, all of it in the URL."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.functional import Promise
from django_filters import FilterSet

from varn.mechanisms.access.request import Request
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.exports.sensitive import sensitive_among
from varn.mechanisms.links import Link
from varn.mechanisms.ui import fragments, paging
from varn.mechanisms.ui.models import SavedView
from varn.mechanisms.ui.tables import PageData, Table, stable
from varn.mechanisms.ui.taking_out import filters_used, is_asked, taken_out

ROWS_AT_A_TIME = 500


def list_page(
    request: Request,
    *,
    queryset: QuerySet[Any],
    table: type[Table],
    title: str | Promise,
    name: str,
    filterset: type[FilterSet] | None = None,
    columns: Sequence[Column] = (),
    export_permission: str | None = None,
    actions: Sequence[Link] = (),
    first_step: Link | None = None,
    empty: str | Promise = "",
    lead: str | Promise = "",
    template: str = "ui/list.html",
    fragment: str = "ui/_list.html",
    context: dict[str, Any] | None = None,
    per_page: int = 25,
) -> HttpResponseBase:
    """The rows the reader asked for. `queryset` already holds only what the reader may see.

    `name` is the page's own key ("organisation:appointments"). With `export_permission` held, the filtered rows can be
    taken out as CSV and XLSX, which is recorded in the trail.
    """
    filters = filterset(request.GET or None, queryset=queryset, request=request) if filterset else None
    chosen = _chosen_columns(request, table)
    shown = _sorted_table(request, table, filters.qs if filters else queryset, chosen)
    rows, may_export = shown.data.data, bool(columns and export_permission and request.viewer.may(export_permission))
    if may_export and is_asked(request):
        taken = rows.iterator(chunk_size=ROWS_AT_A_TIME)
        sensitive = sensitive_among(rows, viewer=request.viewer)
        count = rows.order_by().count()
        return taken_out(request, columns, taken, count=count, name=name, title=title, sensitive=sensitive)
    paging.page_of(shown, request.GET.get("page", "1"), per_page)
    said = {"title": title, "lead": lead, "name": name, "empty": empty, "filters": filters, "may_export": may_export}
    said |= {"actions": actions, "first_step": first_step or next(iter(actions), None)}
    said |= {"is_filtered": bool(filters and filters_used(request))}
    return fragments.render(
        request, template, fragment, said | _rows_shown(request, shown, rows, chosen, name, per_page) | (context or {})
    )


def saved_views(page: str, *, viewer: Viewer) -> QuerySet[SavedView]:
    """The views of the page that the reader has saved."""
    return SavedView.objects.visible_to(viewer).filter(page=page)


def _sorted_table(request: Request, table: type[Table], rows: QuerySet[Any], chosen: Sequence[str]) -> Table:
    """The rows in the order that the address asks for, with the chosen columns."""
    not_chosen = tuple(key for key in table.column_names() if key not in chosen)
    shown = table(
        PageData(rows) if table.keys_first else rows, order_by=request.GET.get("sort") or None, exclude=not_chosen
    )
    shown.request = request
    shown.data.data = stable(shown.data.data)
    return shown


def _rows_shown(
    request: Request, table: Table, rows: QuerySet[Any], chosen: Sequence[str], name: str, per_page: int
) -> dict[str, Any]:
    """The page of rows, how many there are, the columns to choose among, and the reader's saved views of the list."""
    count = paging.counted(rows)
    return {
        "table": table,
        "count": count,
        "shown_count": paging.shown_count(count),
        "pages": paging.pages(count, per_page),
        "choices": [(key, table.base_columns[key].header, key in chosen) for key in table.column_names()],
        "has_chosen": "columns" in request.GET,
        "saved_views": saved_views(name, viewer=request.viewer),
    }


def _chosen_columns(request: Request, table: type[Table]) -> list[str]:
    every = table.column_names()
    asked = [key for value in request.GET.getlist("columns") for key in value.split(",")]
    chosen = [key for key in every if key in asked]
    return chosen or [key for key in every if key in (getattr(table.Meta, "shown", None) or every)]
