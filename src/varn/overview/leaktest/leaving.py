"""What is left in the folder of the installation when everything has been asked: nobody's words lie in a file there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection

from varn.overview.leaktest.listening import heard

Marks = dict[Path, tuple[int, int]]


def marks(places: Sequence[Path]) -> Marks:
    """Every file in these folders, with its size and when it was written."""
    files = {path for place in places for path in place.rglob("*") if path.is_file()}
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(files)}


def left_in(places: Sequence[Path], before: Marks) -> Iterator[tuple[str, str]]:
    """The file and the canary in its name or content, for each that has come or changed since.

    The database is where the words belong, and so is the content of an attachment, whose name tells nothing.
    """
    for path, mark in marks(places).items():
        if before.get(path) != mark and not _is_of_the_database(path):
            content = b"" if path.is_relative_to(settings.MEDIA_ROOT) else path.read_bytes()
            yield from ((path.name, token) for token in sorted(heard(str(path).encode()) | heard(content)))


def _is_of_the_database(path: Path) -> bool:
    return connection.vendor == "sqlite" and str(path).startswith(str(connection.settings_dict["NAME"]))
