"""What the database itself refuses to alter: rows of the trail, and columns that must stay as they were written.

The one place that speaks to each database in its own words about triggers.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


def protect(table: str, *, columns: tuple[str, ...] = (), deletes: bool = True) -> RunPython:
    """A migration step: afterwards these columns (all, if none are named) cannot be updated, nor rows deleted."""

    def apply(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _statements(editor.connection.vendor, table, columns, deletes):
            editor.execute(statement, params=None)

    def undo(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for event in ("update", "delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}_refused{on}")

    return RunPython(apply, undo)


def refuse_rows(table: str, *, rule: str, where: str) -> RunPython:
    """A migration step: afterwards no row of the table is written for which this holds. `NEW` is the row.

    For what a check constraint cannot say because it asks another table. A change of the table that rewrites it on
    SQLite takes the rule away with the old table: whoever makes one makes the rule anew.
    """

    def apply(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _refusals(editor.connection.vendor, table, rule, where):
            editor.execute(statement, params=None)

    def undo(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for event in ("insert", "update"):
            editor.execute(f"DROP TRIGGER IF EXISTS {rule}_{event}{on}")

    return RunPython(apply, undo)


def _refusals(vendor: str, table: str, rule: str, where: str) -> list[str]:
    events = (("insert", "INSERT"), ("update", "UPDATE"))
    if vendor == "postgresql":
        function = (
            f"CREATE OR REPLACE FUNCTION {rule}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {where} THEN RAISE EXCEPTION '{rule}' USING ERRCODE = 'check_violation'; END IF; "
            "RETURN NEW; END $$"
        )
        return [function] + [
            f"CREATE TRIGGER {rule}_{name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {rule}()"
            for name, event in events
        ]
    return [
        f"CREATE TRIGGER {rule}_{name} BEFORE {event} ON {table} WHEN {where} BEGIN SELECT RAISE(ABORT, '{rule}'); END"
        for name, event in events
    ]


def _statements(vendor: str, table: str, columns: tuple[str, ...], deletes: bool) -> list[str]:
    of = f" OF {', '.join(columns)}" if columns else ""
    events = [("update", f"UPDATE{of}"), *([("delete", "DELETE")] if deletes else [])]
    if vendor == "postgresql":
        function = (
            "CREATE OR REPLACE FUNCTION varn_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$"
        )
        return [function] + [
            f"CREATE TRIGGER {table}_{name}_refused BEFORE {event} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION varn_refuse()"
            for name, event in events
        ]
    return [
        f"CREATE TRIGGER {table}_{name}_refused BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        for name, event in events
    ]
