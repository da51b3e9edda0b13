"""What can be imported: the name on the command line and in the URL, and the dotted path of the area's importer."""

IMPORTERS: dict[str, str] = {
    "units": "varn.areas.organisation.importers.UnitImporter",
    "people": "varn.areas.organisation.importers.PersonImporter",
    "appointments": "varn.areas.organisation.importers.AppointmentImporter",
}
