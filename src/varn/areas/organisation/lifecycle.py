from enum import StrEnum

from varn.areas.organisation.permissions import Permission
from varn.kernel.lifecycle import Context, Lifecycle, MadeBy, Move, Refusal


class AppointmentState(StrEnum):
    """Where an appointment is between the proposal and its end."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    ENDING = "ending"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


# The states in which an appointment stands for its period: what counts in coverage, on any date.
VALID_STATES = (
    AppointmentState.ACCEPTED,
    AppointmentState.ACTIVE,
    AppointmentState.ENDING,
    AppointmentState.ENDED,
)

# The states in which dates, units, share and deputy may still be changed.
CHANGEABLE_STATES = (
    AppointmentState.PROPOSED,
    AppointmentState.ACCEPTED,
    AppointmentState.ACTIVE,
    AppointmentState.ENDING,
)


def _is_not_for_oneself(appointment: object, context: Context) -> Refusal | None:
    if appointment.person_id is not None and appointment.person_id == context.by.person_id:
        return Refusal("organisation:refusal.own_appointment")
    return None


def _has_not_begun(appointment: object, context: Context) -> Refusal | None:
    if appointment.state == AppointmentState.ACCEPTED and context.by.day >= appointment.from_date:
        return Refusal("organisation:refusal.has_begun")
    return None


def _has_begun(appointment: object, context: Context) -> Refusal | None:
    if context.by.day < appointment.from_date:
        return Refusal("organisation:refusal.not_begun", day=appointment.from_date)
    return None


def _began_today(appointment: object, context: Context) -> Refusal | None:
    if context.by.day != appointment.from_date:
        return Refusal("organisation:refusal.has_begun")
    return None


def _is_over(appointment: object, context: Context) -> Refusal | None:
    if appointment.until_date is None or context.by.day < appointment.until_date:
        return Refusal("organisation:refusal.not_over", day=appointment.until_date or "")
    return None


APPOINTMENT = Lifecycle(
    name="organisation:appointment",
    states=AppointmentState,
    initial=AppointmentState.PROPOSED,
    final=frozenset({AppointmentState.ENDED, AppointmentState.DECLINED, AppointmentState.WITHDRAWN}),
    moves=(
        Move(
            name="accept",
            permission=Permission.ACCEPT,
            sources=(AppointmentState.PROPOSED,),
            target=AppointmentState.ACCEPTED,
            conditions=(_is_not_for_oneself,),
        ),
        Move(
            name="decline",
            permission=Permission.DECLINE,
            sources=(AppointmentState.PROPOSED,),
            target=AppointmentState.DECLINED,
            reason_required=True,
        ),
        Move(
            name="withdraw",
            permission=Permission.WITHDRAW,
            sources=(AppointmentState.PROPOSED, AppointmentState.ACCEPTED),
            target=AppointmentState.WITHDRAWN,
            conditions=(_has_not_begun,),
            reason_required=True,
        ),
        Move(
            name="activate",
            permission=Permission.ACTIVATE,
            sources=(AppointmentState.ACCEPTED,),
            target=AppointmentState.ACTIVE,
            conditions=(_has_begun,),
            made_by=MadeBy.JOB,
        ),
        Move(
            name="retract",
            permission=Permission.RETRACT,
            sources=(AppointmentState.ACTIVE, AppointmentState.ENDING),
            target=AppointmentState.WITHDRAWN,
            conditions=(_began_today,),
            reason_required=True,
            made_by=MadeBy.JOB,
        ),
        Move(
            name="announce_ending",
            permission=Permission.ANNOUNCE_ENDING,
            sources=(AppointmentState.ACTIVE, AppointmentState.ENDING),
            target=AppointmentState.ENDING,
        ),
        Move(
            name="end",
            permission=Permission.END,
            sources=(AppointmentState.ACTIVE, AppointmentState.ENDING),
            target=AppointmentState.ENDED,
            conditions=(_is_over,),
        ),
    ),
)


class StandInState(StrEnum):
    """Where a deputy is between being appointed and being done."""

    APPOINTED = "appointed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


# The states in which somebody stands in for the period that is written.
STANDING_IN = (StandInState.APPOINTED, StandInState.ENDED)


def _stands_in_later(stand_in: object, context: Context) -> Refusal | None:
    return Refusal("organisation:refusal.stand_in_has_begun") if context.by.day >= stand_in.from_date else None


def _stands_in_already(stand_in: object, context: Context) -> Refusal | None:
    if context.by.day < stand_in.from_date:
        return Refusal("organisation:refusal.stand_in_not_begun", day=stand_in.from_date)
    return None


STAND_IN = Lifecycle(
    name="organisation:stand_in",
    states=StandInState,
    initial=StandInState.APPOINTED,
    final=frozenset({StandInState.ENDED, StandInState.WITHDRAWN}),
    moves=(
        Move(
            name="end",
            permission=Permission.END_STAND_IN,
            sources=(StandInState.APPOINTED,),
            target=StandInState.ENDED,
            conditions=(_stands_in_already,),
        ),
        Move(
            name="withdraw",
            permission=Permission.WITHDRAW_STAND_IN,
            sources=(StandInState.APPOINTED,),
            target=StandInState.WITHDRAWN,
            conditions=(_stands_in_later,),
        ),
    ),
)
