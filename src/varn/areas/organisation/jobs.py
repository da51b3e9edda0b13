"""What happens by itself when a day comes."""

from datetime import datetime

from varn.areas.organisation import actions, queries
from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer


@scheduled("5 0 * * *", name="organisation:follow_the_calendar")
def follow_the_calendar(*, by: Viewer, at: datetime) -> int:
    """Appointments whose first day has come are active, those whose last day has passed are ended, and today's names,
    places, shares and deputies are those that hold today.
    """
    begun, over = queries.to_activate(viewer=by), queries.to_end(viewer=by)
    for appointment in begun:
        actions.activate_appointment(appointment=appointment, by=by, at=at)
    for appointment in over:
        actions.end_appointment(appointment=appointment, by=by, at=at)
    units, appointments = queries.units_to_bring_up(viewer=by), queries.appointments_to_bring_up(viewer=by)
    for unit in units:
        actions.bring_unit_up_to_date(unit=unit, by=by, at=at)
    for appointment in appointments:
        actions.bring_appointment_up_to_date(appointment=appointment, by=by, at=at)
    return len(begun) + len(over) + len(units) + len(appointments)


@scheduled("30 6 * * *", name="organisation:warn_of_endings")
def warn_of_endings(*, by: Viewer, at: datetime) -> int:
    """Those who answer for an appointment that ends within the window know it, once; its hand-over list is there."""
    ending = queries.to_warn_of(viewer=by)
    for appointment in ending:
        actions.warn_of_ending(appointment=appointment, by=by, at=at)
    return len(ending)
