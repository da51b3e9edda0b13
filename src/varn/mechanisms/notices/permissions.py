from enum import StrEnum


class Permission(StrEnum):
    """What may be done with the outbox. A notice needs no permission: it belongs to its reader."""

    READ_MAIL = "notices:mail:read"
    RETRY_MAIL = "notices:mail:retry"
