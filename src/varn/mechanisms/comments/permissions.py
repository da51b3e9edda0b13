from enum import StrEnum


class Permission(StrEnum):
    """What may be done with comments. They are read by whoever sees the thing."""

    WRITE = "comments:comment:write"
