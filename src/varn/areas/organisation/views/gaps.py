"""The list of gaps in coverage, unit by unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_tables2
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varn.areas.organisation import exports, queries
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.coverage import CoverageStatus
from varn.areas.organisation.views.days import number_of
from varn.areas.organisation.views.tables import KIND
from varn.kernel.levels import Tier
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link
from varn.mechanisms.ui import fragments
from varn.mechanisms.ui.days import day_asked
from varn.mechanisms.ui.lists import saved_views
from varn.mechanisms.ui.paging import page_of, pages
from varn.mechanisms.ui.tables import BadgeColumn, Table
from varn.mechanisms.ui.taking_out import is_asked, taken_out
from varn.mechanisms.ui.words import sentence, word

PER_PAGE = 25
GAPS = tuple(status.value for status in CoverageStatus if status.is_gap)


class GapTable(Table):
    """What is missing of what is required."""

    day: date

    unit = django_tables2.Column(verbose_name=gettext_lazy("Unit"), order_by=("unit__sort_name", "weight"))
    function = django_tables2.Column(verbose_name=gettext_lazy("Function"), order_by=("function__position", "weight"))
    why = django_tables2.Column(verbose_name=gettext_lazy("Why"), accessor="coverage", orderable=False)
    step = django_tables2.TemplateColumn(
        template_name="organisation/_gap_step.html",
        verbose_name=gettext_lazy("Next step"),
        orderable=False,
        attrs={"td": {"class": "no-print nowrap"}, "th": {"class": "no-print"}},
    )
    status = BadgeColumn(prefix="organisation:coverage.", verbose_name=gettext_lazy("Status"), order_by=("weight",))

    class Meta(Table.Meta):
        sequence = ("unit", "function", "why", "step", "status")

    def render_unit(self, record: queries.Cell) -> SafeString:
        """The unit on the day, with its kind."""
        address = f"{reverse('organisation:unit-detail', args=[record.unit.pk])}?day={self.day}"
        kind = word(f"{KIND}{record.unit.kind}")
        return format_html('<a href="{}">{}</a> <span class="quiet">{}</span>', address, record.unit.name, kind)

    def render_function(self, record: queries.Cell) -> str:
        """Its name in the reader's language."""
        return record.function.name

    def render_why(self, record: queries.Cell) -> str:
        """The reasons, in sentences."""
        return " ".join(sentence(reason) for reason in record.coverage.reasons)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which gaps the address asks for. What is not chosen means everything."""

    statuses: frozenset[str]
    function: str
    tier: str

    def holds(self, cell: queries.Cell) -> bool:
        """Whether the gap is one of them."""
        return (
            (not self.statuses or cell.status in self.statuses)
            and self.function in ("", cell.function.key)
            and self.tier in ("", cell.function.tier)
        )

    @property
    def choices(self) -> dict[str, Any]:
        """What the filters of the page offer, and what is chosen in them."""
        return {
            "statuses": [(status, status in self.statuses) for status in GAPS],
            "function": self.function,
            "tiers": [(tier.value, tier.value == self.tier) for tier in Tier],
        }


@needs(Permission.READ_APPOINTMENTS)
def gap_list(request: Request) -> HttpResponseBase:
    """What is vacant, too small, too large or ends soon, unit by unit."""
    day, viewer, within = day_asked(request), request.viewer, number_of(request, "within")
    wanted, may_export = _wanted(request), viewer.may(Permission.EXPORT_APPOINTMENTS)
    after = _after(request)
    if may_export and is_asked(request):
        taken = list(filter(wanted.holds, queries.gaps(day, viewer, within=within)))
        return taken_out(
            request, exports.COVERAGE, taken, count=len(taken), name="organisation:gaps", title=_("Gaps in coverage")
        )
    found = queries.gap_pages(day, viewer, after=after, within=within)
    cells = filter(wanted.holds, found.cells)
    shown = _paged(request, list(cells)) if found.is_weighed else _streamed(cells)
    shown["table"].day, shown["table"].request = day, request
    if not viewer.may(Permission.PROPOSE):
        shown["table"].columns.hide("step")
    context = {
        "title": _("Gaps in coverage"),
        "day": day,
        "name": "organisation:gaps",
        "saved_views": saved_views("organisation:gaps", viewer=viewer),
        "is_first": after is None,
        "within": get_object_or_404(queries.units(viewer=viewer), pk=within) if within else None,
        "functions": found.functions,
        "may_export": may_export,
        "trail": [Link(label=_("Coverage"), url=reverse("organisation:coverage"))],
        "help_page": "organisation",
    }
    return fragments.render(
        request, "organisation/gaps.html", "organisation/_gaps.html", context | wanted.choices | shown
    )


def _paged(request: Request, cells: list[queries.Cell]) -> dict[str, Any]:
    """A page of gaps that have been weighed, in the order that the address asks for: the most serious first."""
    table = GapTable(cells, order_by=request.GET.get("sort") or "status")
    page_of(table, request.GET.get("page", "1"), PER_PAGE)
    return {"table": table, "count": len(cells), "next": "", "pages": pages(len(cells), PER_PAGE)}


def _streamed(cells: Iterable[queries.Cell]) -> dict[str, Any]:
    """A page of gaps unit by unit, read as far as they are shown."""
    rows = _whole_units(cells)
    return {"table": GapTable(rows, orderable=False), "count": None, "next": _goes_on_after(rows)}


def _wanted(request: Request) -> Wanted:
    return Wanted(
        statuses=frozenset(request.GET.getlist("status")) & frozenset(GAPS),
        function=request.GET.get("function", ""),
        tier=request.GET.get("tier", ""),
    )


def _after(request: Request) -> tuple[str, int] | None:
    written = request.GET.get("after", "")
    name, mark, pk = written.rpartition("~")
    if not written:
        return None
    if not mark or not pk.isascii() or not pk.isdigit() or len(pk) > 15:
        raise Http404
    return name, int(pk)


def _whole_units(cells: Iterable[queries.Cell]) -> list[queries.Cell]:
    """A page of gaps that ends with a whole unit, so that the next page can go on after it."""
    rows: list[queries.Cell] = []
    for cell in cells:
        if len(rows) >= PER_PAGE and cell.unit.pk != rows[-1].unit.pk:
            break
        rows.append(cell)
    return rows


def _goes_on_after(rows: list[queries.Cell]) -> str:
    """The unit after which the next page goes on, as the address names it; nothing after a page that is not full."""
    if len(rows) < PER_PAGE:
        return ""
    last = rows[-1].unit
    return f"{last.sort_name}~{last.pk}"
