"""Taking a list out as a file: the rows that the address asks for, on record in the trail before they leave."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.utils.functional import Promise

from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.exports.actions import record_export
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.exports.files import csv_response, xlsx_response

FORMATS = {"csv": csv_response, "xlsx": xlsx_response}
# By this mark a response is known as a list's file.
TAKEN_OUT = "is_list_taken_out"
# What says how the list is shown, and is not a filter.
OF_THE_PAGE = {"sort", "page", "columns", "format"}


def is_asked(request: OpenRequest) -> bool:
    """Whether the address asks for a file and not for the page."""
    return request.GET.get("format") in FORMATS


def taken_out(
    request: Request,
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    count: int,
    name: str,
    title: str | Promise,
    sensitive: int = 0,
) -> HttpResponseBase:
    """The rows as the file that is asked for. Whether the reader may take them out, the page has asked before.

    `name` is the list's own key ("organisation:appointments"); the file is called by the list's title.
    `sensitive` is how many of the rows belong to a record above internal.
    """
    file_format, filters, by = request.GET["format"], filters_used(request), request.viewer
    given = {"name": name, "filters": filters, "rows": count, "file_format": file_format, "sensitive": sensitive}
    record_export(**given, by=by, at=by.at)
    response = FORMATS[file_format](columns, rows, name=str(title))
    vars(response)[TAKEN_OUT] = True
    return response


def is_taken_out(response: HttpResponseBase) -> bool:
    """Whether the response is a list's file and nothing else."""
    return bool(vars(response).get(TAKEN_OUT))


def filters_used(request: Request) -> dict[str, list[str]]:
    """The filters of the address, without those that are empty."""
    given = ((key, [value for value in values if value]) for key, values in request.GET.lists())
    return {key: values for key, values in given if key not in OF_THE_PAGE and values}
