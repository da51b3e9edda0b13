"""The tables of the organisation: units with their dated places in the tree, people and functions, appointments."""

from varn.areas.organisation.models.appointments import Appointment, AppointmentUnit
from varn.areas.organisation.models.handover import HandoverItem
from varn.areas.organisation.models.mappings import GroupAppointment, GroupMapping
from varn.areas.organisation.models.people import Function, Office, Person, Requirement
from varn.areas.organisation.models.standing_in import Absence, AbsenceKind, StandIn
from varn.areas.organisation.models.units import Unit, UnitLine, UnitPeriod
from varn.areas.organisation.rules.kinds import UnitKind

__all__ = [
    "Absence",
    "AbsenceKind",
    "Appointment",
    "AppointmentUnit",
    "Function",
    "GroupAppointment",
    "GroupMapping",
    "HandoverItem",
    "Office",
    "Person",
    "Requirement",
    "StandIn",
    "Unit",
    "UnitKind",
    "UnitLine",
    "UnitPeriod",
]
