from enum import StrEnum


class Permission(StrEnum):
    """What may be done with imports. What may be imported is each importer's own permission besides."""

    READ_RUNS = "imports:run:read"
    CHECK = "imports:run:check"
    APPLY = "imports:run:apply"
    DISCARD = "imports:run:discard"
