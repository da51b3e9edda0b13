"""Coverage: the matrix of units and functions, and the list of gaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varn.areas.organisation import exports, queries
from varn.areas.organisation.models import Function
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.coverage import CoverageStatus
from varn.areas.organisation.views.days import number_of
from varn.kernel.calendar import last_day
from varn.kernel.levels import Tier
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.exports.actions import record_export
from varn.mechanisms.exports.files import csv_response, xlsx_response
from varn.mechanisms.links import Link
from varn.mechanisms.ui import fragments
from varn.mechanisms.ui.days import day_asked
from varn.mechanisms.ui.tones import tone_of
from varn.mechanisms.ui.words import counted, word

PER_PAGE = 25
FORMATS = {"csv": csv_response, "xlsx": xlsx_response}
FARTHEST_PAGE = 4_000


@dataclass(frozen=True, kw_only=True)
class ShownCell:
    """One cell of the matrix as it is written: a word with its colour and icon, a note, and where it leads."""

    word: str
    tone: str = "neutral"
    icon: str = ""
    note: str = ""
    url: str = ""


@needs(Permission.READ_APPOINTMENTS)
def coverage(request: Request) -> HttpResponse:
    """The municipality, its departments and companies against functions on a day, 25 at a time."""
    day, viewer = day_asked(request), request.viewer
    committee, under = number_of(request, "committee"), number_of(request, "under")
    if request.GET.get("format") in FORMATS and viewer.may(Permission.EXPORT_APPOINTMENTS):
        cells = list(queries.cells_of(day, viewer, committee=committee, under=under))
        return _exported(request, cells, "organisation:coverage")
    page = number_of(request, "page") or 1
    if page > FARTHEST_PAGE:
        raise Http404
    matrix = queries.matrix_of(day, viewer, page=page, per_page=PER_PAGE, committee=committee, under=under)
    unit = get_object_or_404(queries.units(viewer=viewer), pk=under) if under else None
    columns = [*matrix.own, *matrix.below]
    context = {
        "title": _("Coverage"),
        "day": day,
        "committee": committee,
        "committees": queries.committees_on(day, viewer=viewer),
        "under": unit,
        "tiers": _tiers(matrix),
        "columns": [(one, number >= len(matrix.own)) for number, one in enumerate(columns)],
        "rows": [(row, _shown(row, matrix, day)) for row in matrix.rows],
        "municipality": matrix.municipality,
        "municipality_cells": _of_the_municipality(matrix.municipality, day),
        "page": page,
        "has_next": matrix.has_next,
        "may_export": viewer.may(Permission.EXPORT_APPOINTMENTS),
        "gaps": Link(label=_("List of gaps"), url=f"{reverse('organisation:gap-list')}?day={day}", icon="list-check"),
        "help_page": "organisation",
    }
    return fragments.render(request, "organisation/coverage.html", "organisation/_coverage.html", context)


@needs(Permission.READ_APPOINTMENTS)
def gap_list(request: Request) -> HttpResponse:
    """What is vacant, too small, too large or ends soon, unit by unit."""
    day, viewer, within = day_asked(request), request.viewer, number_of(request, "within")
    wanted = set(request.GET.getlist("status")) & {status.value for status in CoverageStatus if status.is_gap}
    function, tier = request.GET.get("function", ""), request.GET.get("tier", "")
    found = queries.gaps(day, viewer, after=_after(request), within=within)
    matching = (
        cell
        for cell in found
        if (not wanted or cell.status in wanted)
        and function in ("", cell.function.key)
        and tier in ("", cell.function.tier)
    )
    if request.GET.get("format") in FORMATS and viewer.may(Permission.EXPORT_APPOINTMENTS):
        return _exported(request, list(matching), "organisation:gaps")
    rows = _whole_units(matching)
    last = rows[-1].unit if len(rows) >= PER_PAGE else None
    context = {
        "title": _("Gaps in coverage"),
        "day": day,
        "rows": rows,
        "next": f"{last.sort_name}~{last.pk}" if last else "",
        "is_first": "after" not in request.GET,
        "within": get_object_or_404(queries.units(viewer=viewer), pk=within) if within else None,
        "statuses": [(status.value, status.value in wanted) for status in CoverageStatus if status.is_gap],
        "functions": queries.functions(viewer=viewer),
        "function": function,
        "tiers": [(each.value, each.value == tier) for each in Tier],
        "may_propose": viewer.may(Permission.PROPOSE),
        "may_export": viewer.may(Permission.EXPORT_APPOINTMENTS),
        "trail": [Link(label=_("Coverage"), url=reverse("organisation:coverage"))],
        "help_page": "organisation",
    }
    return fragments.render(request, "organisation/gaps.html", "organisation/_gaps.html", context)


def _whole_units(cells: Iterable[queries.Cell]) -> list[queries.Cell]:
    """A page of gaps that ends with a whole unit, so that the next page can go on after it."""
    rows: list[queries.Cell] = []
    for cell in cells:
        if len(rows) >= PER_PAGE and cell.unit.pk != rows[-1].unit.pk:
            break
        rows.append(cell)
    return rows


def _after(request: Request) -> tuple[str, int] | None:
    written = request.GET.get("after", "")
    name, mark, pk = written.rpartition("~")
    if not written:
        return None
    if not mark or not pk.isascii() or not pk.isdigit() or len(pk) > 15:
        raise Http404
    return name, int(pk)


def _exported(request: Request, cells: list[queries.Cell], name: str) -> HttpResponse:
    file_format = request.GET["format"]
    filters = {key: request.GET.getlist(key) for key in request.GET if key != "format"}
    record_export(
        name=name, filters=filters, rows=len(cells), file_format=file_format, by=request.viewer, at=request.viewer.at
    )
    return FORMATS[file_format](exports.COVERAGE, cells, name=name.rpartition(":")[2])


def _tiers(matrix: queries.Matrix) -> list[tuple[str, int]]:
    """The headings above the columns: each tier, and how many columns it spans."""
    headings: list[tuple[str, int]] = []
    columns = [(one, "") for one in matrix.own] + [(one, _("units below")) for one in matrix.below]
    for function, place in columns:
        name = capfirst(word(f"tier.{function.tier}")) if function.tier else "–"
        heading = f"{name}, {place}" if place else name
        if headings and headings[-1][0] == heading:
            headings[-1] = (heading, headings[-1][1] + 1)
        else:
            headings.append((heading, 1))
    return headings


def _shown(row: queries.MatrixRow, matrix: queries.Matrix, day: date) -> list[tuple[ShownCell | None, str]]:
    """The cells of a row, each with the name of its column."""
    own = [(_own(row.cells.get(one.pk), day), one.name) for one in matrix.own]
    return own + [(_below(row, one, day), _("%(function)s, units") % {"function": one.name}) for one in matrix.below]


def _of_the_municipality(row: queries.MatrixRow | None, day: date) -> list[tuple[Function, ShownCell | None]]:
    cells = row.cells.values() if row else ()
    """The municipality's own functions."""
    return [(cell.function, _own(cell, day)) for cell in cells if cell.status != CoverageStatus.NOT_REQUIRED]


def _own(cell: queries.Cell | None, day: date) -> ShownCell | None:
    if cell is None or cell.status == CoverageStatus.NOT_REQUIRED:
        return None
    mark = tone_of(cell.key)
    return ShownCell(
        word=capfirst(word(cell.key)),
        tone=mark.tone.value,
        icon=mark.icon,
        note=", ".join(part for part in _who(cell) if part),
        url=f"{reverse('organisation:unit-detail', args=[cell.unit.pk])}?day={day}",
    )


def _who(cell: queries.Cell) -> Iterator[str]:
    """Who is there, through which unit above, and until when if they are too few after that."""
    count = cell.found.count
    yield cell.holder or (ngettext("%(count)s person", "%(count)s people", count) % {"count": count} if count else "")
    yield _("through %(unit)s") % {"unit": cell.through} if cell.through else ""
    for reason in cell.coverage.reasons if cell.status == CoverageStatus.ENDING else ():
        yield _("through %(day)s") % {"day": last_day(reason.values["day"])}


def _below(row: queries.MatrixRow, function: Function, day: date) -> ShownCell | None:
    places = row.below.get(function.pk)
    if places is None:
        return None
    mark = tone_of(f"organisation:coverage.{places.status}")
    address = f"{reverse('organisation:gap-list')}?day={day}&within={row.unit.pk}&function={function.key}"
    return ShownCell(
        word=_("%(staffed)s of %(total)s") % {"staffed": places.staffed, "total": places.total},
        tone=mark.tone.value,
        icon=mark.icon,
        note=", ".join(counted(f"organisation:coverage.{status}", count) for status, count in places.gaps.items()),
        url=address if places.gaps else "",
    )
