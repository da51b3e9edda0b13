"""Letting the database know that its tables have grown, so that it chooses its ways for what they hold now."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

# Also tables that this connection has not asked anything of, and for real.
ALL_TABLES = "0x10002"


def count_anew(tables: Iterable[str]) -> None:
    """The database has counted the tables of these models ("organisation.Unit") anew, within the deed that filled them.

    Otherwise the first pages after a large import are planned as if the tables were empty, until it counts by itself.
    """
    names = [connection.ops.quote_name(apps.get_model(name)._meta.db_table) for name in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {', '.join(names)}")
        else:
            cursor.execute(f"PRAGMA optimize = {ALL_TABLES}")
