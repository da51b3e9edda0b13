"""Writes of the organisation: one function per verb, atomic and trailed."""

from varn.areas.organisation.actions.appointments import (
    accept_appointment,
    activate_appointment,
    decline_appointment,
    propose_appointment,
    withdraw_appointment,
)
from varn.areas.organisation.actions.bulk import (
    NewAppointment,
    NewPerson,
    NewUnit,
    appoint_all,
    create_people,
    create_units,
)
from varn.areas.organisation.actions.changing import (
    bring_appointment_up_to_date,
    change_appointment,
    correct_ground,
)
from varn.areas.organisation.actions.ending import announce_ending, end_appointment, warn_of_ending
from varn.areas.organisation.actions.extracting import make_extract, make_extract_of_account
from varn.areas.organisation.actions.functions import change_function, create_function
from varn.areas.organisation.actions.handover import add_handover_item, complete_handover_item, list_handover
from varn.areas.organisation.actions.mappings import (
    appoint_by_group,
    create_group_mapping,
    end_group_mapping,
    follow_turn,
    release_by_group,
)
from varn.areas.organisation.actions.offices import change_office, create_office
from varn.areas.organisation.actions.people import change_person, create_person, leave_person, link_account
from varn.areas.organisation.actions.requirements import end_requirement, seed_requirements, set_requirement
from varn.areas.organisation.actions.standing_in import (
    appoint_stand_in,
    end_absence,
    end_stand_in,
    register_absence,
    withdraw_stand_in,
)
from varn.areas.organisation.actions.units import (
    bring_unit_up_to_date,
    change_unit,
    close_unit,
    create_unit,
    move_unit,
    rename_unit,
)

__all__ = [
    "NewAppointment",
    "NewPerson",
    "NewUnit",
    "accept_appointment",
    "activate_appointment",
    "add_handover_item",
    "announce_ending",
    "appoint_all",
    "appoint_by_group",
    "appoint_stand_in",
    "bring_appointment_up_to_date",
    "bring_unit_up_to_date",
    "change_appointment",
    "change_function",
    "change_office",
    "change_person",
    "change_unit",
    "close_unit",
    "complete_handover_item",
    "correct_ground",
    "create_function",
    "create_group_mapping",
    "create_office",
    "create_people",
    "create_person",
    "create_unit",
    "create_units",
    "decline_appointment",
    "end_absence",
    "end_appointment",
    "end_group_mapping",
    "end_requirement",
    "end_stand_in",
    "follow_turn",
    "leave_person",
    "link_account",
    "list_handover",
    "make_extract",
    "make_extract_of_account",
    "move_unit",
    "propose_appointment",
    "register_absence",
    "release_by_group",
    "rename_unit",
    "seed_requirements",
    "set_requirement",
    "warn_of_ending",
    "withdraw_appointment",
    "withdraw_stand_in",
]
