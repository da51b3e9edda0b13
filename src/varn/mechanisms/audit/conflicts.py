"""Telling two deeds that met from what is wrong in itself: the database refuses both with errors of the same kind."""

from django.db import DatabaseError

# PostgreSQL: unique and foreign key, serialization, deadlock, lock not available.
MET_ON_POSTGRESQL = {"23505", "23503", "40001", "40P01", "55P03"}
# SQLite says it in words; not every build gives the code.
MET_ON_SQLITE = ("UNIQUE constraint failed", "FOREIGN KEY constraint failed")


def is_conflict(error: DatabaseError) -> bool:
    """Whether the deed failed only because somebody else did something at the same time."""
    sqlstate = getattr(error.__cause__, "sqlstate", None)
    return sqlstate in MET_ON_POSTGRESQL or (sqlstate is None and str(error).startswith(MET_ON_SQLITE))
