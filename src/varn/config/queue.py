"""Where the queue lies: a file beside the embedded database, or tables in the PostgreSQL server of the installation."""

from pathlib import Path
from typing import Any

from varn.config.sqlite.engine import init_command

CONNECTION = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
# Options that Django reads itself; all others are the server's.
OF_DJANGO = {"pool", "isolation_level", "assume_role", "server_side_binding"}


def queue(database: dict[str, Any], *, home: Path, secret: str, immediate: bool) -> dict[str, Any]:
    """Huey's settings. Messages are signed with the secret; `immediate` runs a task where it is enqueued."""
    shared = {"name": "varn", "secret": secret, "immediate": immediate}
    if "postgresql" in database["ENGINE"]:
        connection = {ours: database[theirs] for theirs, ours in CONNECTION.items() if database.get(theirs)}
        options = database.get("OPTIONS", {}).items()
        connection |= {name: value for name, value in options if name not in OF_DJANGO}
        return {"huey_class": "varn.mechanisms.jobs.queue.PostgresQueue", **connection, **shared}
    journal = "wal" if "journal_mode=WAL" in init_command() else "truncate"
    file = str(home / "queue.sqlite3")
    return {"huey_class": "varn.mechanisms.jobs.queue.SqliteQueue", "filename": file, "journal_mode": journal, **shared}
