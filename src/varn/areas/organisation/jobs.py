"""What happens by itself when a day comes. One that cannot be done does not stop the others."""

from datetime import datetime

from varn.areas.organisation import actions, queries
from varn.areas.organisation.models import Appointment, StandIn, Unit
from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.jobs.rows import each_by_itself, step_by_step


@scheduled("5 0 * * *", name="organisation:follow_the_calendar")
def follow_the_calendar(*, by: Viewer, at: datetime) -> int:
    """Appointments whose first day has come are active, those whose last day has passed are ended, as are those who
    stood in for somebody; and today's names, places, shares and deputies are those that hold today.
    """

    def begin(appointment: Appointment) -> None:
        actions.activate_appointment(appointment=appointment, by=by, at=at)

    def end(appointment: Appointment) -> None:
        actions.end_appointment(appointment=appointment, by=by, at=at)

    def end_standing_in(stand_in: StandIn) -> None:
        actions.end_stand_in(stand_in=stand_in, by=by, at=at)

    def bring_unit_up(unit: Unit) -> None:
        actions.bring_unit_up_to_date(unit=unit, by=by, at=at)

    def bring_up(appointment: Appointment) -> None:
        actions.bring_appointment_up_to_date(appointment=appointment, by=by, at=at)

    return step_by_step(
        (queries.to_activate(viewer=by), begin),
        (queries.to_end(viewer=by), end),
        (queries.stand_ins_to_end(viewer=by), end_standing_in),
        (queries.units_to_bring_up(viewer=by), bring_unit_up),
        (queries.appointments_to_bring_up(viewer=by), bring_up),
    )


@scheduled("30 6 * * *", name="organisation:warn_of_endings")
def warn_of_endings(*, by: Viewer, at: datetime) -> int:
    """Those who answer for an appointment that ends within the window know it, once; its hand-over list is there."""

    def warn(appointment: Appointment) -> None:
        actions.warn_of_ending(appointment=appointment, by=by, at=at)

    return each_by_itself(queries.to_warn_of(viewer=by), warn)
