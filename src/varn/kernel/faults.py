"""What stood in the way of a program, so that whoever started it can do something about it."""

import errno
from pathlib import Path

from varn.kernel.lifecycle import Refusal

# What the databases say of each fault. The first that is found decides.
DATABASE_SAYS = (
    (("database is locked", "database table is locked"), "kernel:refusal.database_busy"),
    (
        ("unable to open database file", "readonly database", "read-only transaction", "disk i/o error"),
        "kernel:refusal.database_closed",
    ),
    (("disk is full", "no space left"), "kernel:refusal.disk_full"),
    (("not a database", "malformed"), "kernel:refusal.database_broken"),
    (("connection failed", "could not connect", "failed to resolve", "timeout"), "kernel:refusal.database_away"),
    (("no such table", "does not exist", "no such column"), "kernel:refusal.database_unprepared"),
)
# What the operating system says when the place, and not the program, is at fault.
OF_THE_PLACE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


def fault_of(error: BaseException) -> Refusal | None:
    """Why the database, its disk or its folder stopped it; `None` for a fault of the program itself.

    What a fault was raised from counts as well: a library may have given it another name on the way.
    """
    fault = database_fault(error)
    if fault is None and isinstance(error, OSError) and error.errno in OF_THE_PLACE:
        fault = file_fault(error, Path(error.filename or "."))
    beneath = error.__cause__ or error.__context__
    return fault or (fault_of(beneath) if beneath is not None else None)


def file_fault(error: OSError, path: Path) -> Refusal:
    """Why the file or the folder cannot be used."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Refusal("kernel:refusal.file_closed", path=path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal("kernel:refusal.disk_full")
    if error.errno == errno.EISDIR:
        return Refusal("kernel:refusal.file_is_folder", path=path)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return Refusal("kernel:refusal.folder_is_file", path=path)
    if error.errno == errno.ENOENT:
        return Refusal("kernel:refusal.file_missing", path=path)
    return Refusal("kernel:refusal.file_unusable", path=path, why=error.strerror)


def database_fault(error: BaseException) -> Refusal | None:
    """Why the database cannot be used; `None` for what is no fault of the database or of its place."""
    if type(error).__name__ not in ("OperationalError", "ProgrammingError", "InternalError", "DatabaseError"):
        return None
    said = str(error).lower()
    return next((Refusal(key) for words, key in DATABASE_SAYS if any(each in said for each in words)), None)
