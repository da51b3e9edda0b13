"""What is let in from files: units, people and appointments, each known again by its own key."""

from varn.areas.organisation.importers.appointments import AppointmentImporter
from varn.areas.organisation.importers.people import PersonImporter
from varn.areas.organisation.importers.units import UnitImporter

__all__ = ["AppointmentImporter", "PersonImporter", "UnitImporter"]
