"""Every importer there is, as the composition names them."""

from django.conf import settings
from django.utils.module_loading import import_string

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.importer import Importer


class UnknownImporter(LookupError):
    """Nothing of this name can be imported."""


def importers() -> dict[str, Importer]:
    """Every importer by its name in the URL and on the command line, in the order they should be brought in."""
    return {name: _made(path) for name, path in import_string(settings.IMPORTERS_FROM).items()}


def importer_of(name: str) -> Importer:
    """The importer of this name. Raises `UnknownImporter`."""
    try:
        return _made(import_string(settings.IMPORTERS_FROM)[name])
    except KeyError:
        raise UnknownImporter(name) from None


def importers_for(viewer: Viewer) -> dict[str, Importer]:
    """The importers the reader may use."""
    return {name: importer for name, importer in importers().items() if viewer.may(importer.permission)}


def _made(path: str) -> Importer:
    """The path leads to an importer, or to a class that makes one."""
    found = import_string(path)
    importer: Importer = found() if isinstance(found, type) else found
    return importer
