"""Where the files lie: a folder of the installation, under random names that say nothing."""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings


def write(content: bytes) -> str:
    """The content lies on disk, safely, under a new random name, which is returned."""
    name = secrets.token_hex(24)
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)
    return name


def remove(name: str) -> None:
    """There is no file of this name."""
    path_of(name).unlink(missing_ok=True)


def path_of(name: str) -> Path:
    """Where the file of this name lies. Raises `ValueError` for what is not a name that `write` gave."""
    if not (len(name) == 48 and all(sign in "0123456789abcdef" for sign in name)):
        raise ValueError(f"{name!r} is not the name of a stored file")
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def stored_before(at: datetime) -> Iterator[str]:
    """The names of all files that were written before this moment."""
    for path in Path(settings.MEDIA_ROOT).glob("??/*"):
        if len(path.name) == 48 and path.stat().st_mtime < at.timestamp():
            yield path.name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
