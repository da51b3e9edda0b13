"""The numbers of a reader's organisation, each of which opens its list. Only what the reader may see is counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from varn.areas.decisions.models import Assignment, Dispatch
from varn.areas.decisions.permissions import Permission as Decisions
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment
from varn.areas.organisation.permissions import Permission as Organisation
from varn.areas.organisation.queries import cells_of
from varn.areas.organisation.rules.coverage import CoverageStatus
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.ui.tones import Tone
from varn.overview.queries.windows import Windows

MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number with what it counts; it opens the list of exactly that. `shown` is cut at "1 000+"."""

    count: int
    label: str
    url: str
    tone: Tone = Tone.NEUTRAL
    has_more: bool = False

    @property
    def shown(self) -> str:
        """The number as the page writes it."""
        if self.has_more:
            return f"{self.count}+"
        return "1\u00a0000+" if self.count > MOST else str(self.count)


def numbers(viewer: Viewer, *, windows: Windows) -> list[Number]:
    """Vacant places, assignments, acknowledgements and appointments, as far as the reader may see them."""
    return [
        *_of_places(viewer, windows),
        *_of_assignments(viewer, windows),
        *_of_acknowledgements(viewer),
        *_of_appointments(viewer, windows),
    ]


def follows_acknowledgements(viewer: Viewer) -> bool:
    """Whether others' acknowledgements are the reader's matter: of who reminds, and who answers for the whole."""
    return viewer.may(Decisions.REMIND) or viewer.may_everywhere(Decisions.READ_DECISIONS)


def _of_places(viewer: Viewer, windows: Windows) -> Iterator[Number]:
    """The vacant places among the first cells of the coverage; more than those are not counted for a tile."""
    if not viewer.may(Organisation.READ_APPOINTMENTS):
        return
    cells = list(islice(cells_of(windows.day, viewer), MOST + 1))
    count = sum(cell.status is CoverageStatus.VACANT for cell in cells[:MOST])
    yield Number(
        count=count,
        label=ngettext("vacant place", "vacant places", count),
        url=f"{reverse('organisation:gap-list')}?status={CoverageStatus.VACANT}",
        tone=Tone.WARNING if count else Tone.SUCCESS,
        has_more=len(cells) > MOST,
    )


def _of_assignments(viewer: Viewer, windows: Windows) -> Iterator[Number]:
    if not viewer.may(Decisions.READ_ASSIGNMENTS):
        return
    url, seen = reverse("decisions:assignment-list"), Assignment.objects.visible_to(viewer)
    late = _count(seen.overdue(windows.day))
    soon = _count(seen.open().filter(due_date__gte=windows.day, due_date__lte=windows.due_soon))
    count = _count(seen.open())
    yield Number(count=count, label=ngettext("open assignment", "open assignments", count), url=f"{url}?open=true")
    yield Number(
        count=late,
        label=ngettext("overdue assignment", "overdue assignments", late),
        url=f"{url}?open=true&due={windows.day - timedelta(days=1)}",
        tone=Tone.DANGER if late else Tone.SUCCESS,
    )
    yield Number(
        count=soon,
        label=ngettext("assignment due soon", "assignments due soon", soon),
        url=f"{url}?open=true&due_from={windows.day}&due={windows.due_soon}",
        tone=Tone.WARNING if soon else Tone.NEUTRAL,
    )


def _of_acknowledgements(viewer: Viewer) -> Iterator[Number]:
    if not viewer.may(Decisions.READ_DECISIONS) or not follows_acknowledgements(viewer):
        return
    waiting = _count(Dispatch.objects.visible_to(viewer).waiting())
    url = f"{reverse('decisions:dispatch-list')}?waiting=true"
    tone = Tone.WARNING if waiting else Tone.SUCCESS
    label = ngettext("receipt waiting", "receipts waiting", waiting)
    yield Number(count=waiting, label=label, url=url, tone=tone)


def _of_appointments(viewer: Viewer, windows: Windows) -> Iterator[Number]:
    if not viewer.may(Organisation.READ_APPOINTMENTS):
        return
    url, seen = reverse("organisation:appointment-list"), Appointment.objects.visible_to(viewer)
    proposed = _count(seen.filter(state=AppointmentState.PROPOSED))
    ending = _count(seen.filter(state=AppointmentState.ENDING, until_date__gt=windows.day))
    label = ngettext("proposed appointment", "proposed appointments", proposed)
    yield Number(count=proposed, label=label, url=f"{url}?state={AppointmentState.PROPOSED}")
    tone = Tone.WARNING if ending else Tone.NEUTRAL
    label = ngettext("appointment ending", "appointments ending", ending)
    yield Number(count=ending, label=label, url=f"{url}?state={AppointmentState.ENDING}", tone=tone)


def _count(rows: QuerySet) -> int:
    return rows.order_by()[: MOST + 1].count()
