"""The queue of the worker, in which nothing is ever unpickled."""

from typing import Any

from huey import PostgresHuey, SqliteHuey

from varn.mechanisms.jobs.serializer import JsonSerializer


class SqliteQueue(SqliteHuey):
    """The queue as a file beside the embedded database."""

    def __init__(self, name: str, *, secret: str, **options: Any) -> None:
        super().__init__(name, serializer=JsonSerializer(secret), **options)


class PostgresQueue(PostgresHuey):
    """The queue as tables in the installation's own PostgreSQL."""

    def __init__(self, name: str, *, secret: str, **options: Any) -> None:
        super().__init__(name, serializer=JsonSerializer(secret), **options)
