"""The embedded database: SQLite made durable and fair (docs/decisions/0002-sqlite.md)."""
