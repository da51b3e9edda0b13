"""What can be imported: the name on the command line and in the URL, and the dotted path of the area's importer."""

IMPORTERS: dict[str, str] = {}
