"""Which SQLite this process uses, and in which journal mode it may be trusted.

SQLite 3.7.0 to 3.51.2 can corrupt a write-ahead log when it is reset (fixed in 3.51.3, 3.50.7 and 3.44.6), so a
build inside that range is replaced by the bundled one; where there is none, the log is not used.
"""

import sqlite3
import sys
from importlib import import_module
from importlib.util import find_spec

FIRST_SOUND = (3, 51, 3)
BACKPORTS = ((3, 50, 7), (3, 44, 6))
DURABLE = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"


def is_sound(version: tuple[int, int, int]) -> bool:
    """Whether this build of SQLite may be trusted with a write-ahead log."""
    return version >= FIRST_SOUND or any(version[:2] == fix[:2] and version >= fix for fix in BACKPORTS)


def choose_engine() -> None:
    """Afterwards `sqlite3` is a sound build if one is installed: the bundled one replaces an affected system build."""
    if is_sound(sqlite3.sqlite_version_info):
        return
    if find_spec("pysqlite3"):
        sys.modules["sqlite3"] = import_module("pysqlite3")
        sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")


def init_command() -> str:
    """The statements each new connection runs: WAL on a sound build, otherwise a truncated journal; always FULL."""
    version = sys.modules["sqlite3"].sqlite_version_info
    return f"PRAGMA journal_mode={'WAL' if is_sound(version) else 'TRUNCATE'}; {DURABLE}"
