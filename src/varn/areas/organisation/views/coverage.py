"""Coverage: the matrix of units and functions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponseBase
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
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link
from varn.mechanisms.ui import fragments
from varn.mechanisms.ui.days import day_asked
from varn.mechanisms.ui.taking_out import is_asked, taken_out
from varn.mechanisms.ui.tones import tone_of
from varn.mechanisms.ui.words import counted, word

PER_PAGE = 25
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
def coverage(request: Request) -> HttpResponseBase:
    """The municipality, its departments and companies against functions on a day, 25 at a time."""
    day, viewer = day_asked(request), request.viewer
    committee, under = number_of(request, "committee"), number_of(request, "under")
    may_export = viewer.may(Permission.EXPORT_APPOINTMENTS)
    if may_export and is_asked(request):
        cells = list(queries.cells_of(day, viewer, committee=committee, under=under))
        return taken_out(
            request, exports.COVERAGE, cells, count=len(cells), name="organisation:coverage", title=_("Coverage")
        )
    page = number_of(request, "page") or 1
    if page > FARTHEST_PAGE:
        raise Http404
    matrix = queries.matrix_of(day, viewer, page=page, per_page=PER_PAGE, committee=committee, under=under)
    unit = get_object_or_404(queries.units(viewer=viewer), pk=under) if under else None
    context = {
        "title": _("Coverage"),
        "day": day,
        "committee": committee,
        "committees": queries.committees_on(day, viewer=viewer),
        "under": unit,
        "tiers": _tiers(matrix),
        "columns": [*((one, False) for one in matrix.own), *((one, True) for one in matrix.below)],
        "rows": [(row, _shown(row, matrix, day)) for row in matrix.rows],
        "municipality": matrix.municipality,
        "municipality_cells": _of_the_municipality(matrix.municipality, day),
        "page": page,
        "has_next": matrix.has_next,
        "may_export": may_export,
        "actions": [Link(label=_("List of gaps"), url=_on(day, "gap-list"), icon="list-check", quiet=True)],
        "trail": [Link(label=_("Coverage"), url=_on(day, "coverage"))] if unit else [],
        "help_page": "organisation",
    }
    return fragments.render(request, "organisation/coverage.html", "organisation/_coverage.html", context)


def _on(day: date, name: str) -> str:
    return f"{reverse(f'organisation:{name}')}?day={day}"


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
    """The municipality's own functions."""
    cells = row.cells.values() if row else ()
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
    missing = f"{reverse('organisation:gap-list')}?day={day}&within={row.unit.pk}&function={function.key}"
    everyone = f"{reverse('organisation:coverage')}?day={day}&under={row.unit.pk}"
    return ShownCell(
        word=_("%(staffed)s of %(total)s") % {"staffed": places.staffed, "total": places.total},
        tone=mark.tone.value,
        icon=mark.icon,
        note=", ".join(counted(f"organisation:coverage.{status}", count) for status, count in places.gaps.items()),
        url=missing if places.gaps else everyone,
    )
