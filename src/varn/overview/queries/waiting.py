"""What waits for a reader, from all areas. Each source costs a fixed number of statements, whatever the volume."""

from collections.abc import Iterator
from itertools import chain

from varn.areas.organisation.models import AppointmentUnit
from varn.mechanisms.access.viewer import Viewer
from varn.overview.queries import waiting_approvals, waiting_decisions, waiting_organisation, waiting_running
from varn.overview.queries.held import office_ids_held
from varn.overview.queries.windows import Windows
from varn.overview.rules import Row, folded, most_urgent_first

SHOWN = 40


def waiting_for(viewer: Viewer, *, placements: list[AppointmentUnit], windows: Windows) -> list[Row]:
    """What waits for the reader, the most urgent first, at most as many as can be read; `placements` are their own."""
    return most_urgent_first(folded(_all_rows(viewer, placements, windows)))[:SHOWN]


def _all_rows(viewer: Viewer, placements: list[AppointmentUnit], windows: Windows) -> Iterator[Row]:
    unit_ids, office_ids = [row.unit_id for row in placements], office_ids_held(placements)
    return chain(
        waiting_decisions.assignments(viewer, unit_ids=unit_ids, office_ids=office_ids, windows=windows),
        waiting_decisions.acknowledgements(viewer, unit_ids=unit_ids, office_ids=office_ids, windows=windows),
        waiting_decisions.secretary(viewer, windows=windows),
        waiting_approvals.approvals(viewer),
        waiting_organisation.proposals(viewer),
        waiting_organisation.endings(viewer, placements=placements, windows=windows),
        waiting_running.installation_needs(viewer),
    )
