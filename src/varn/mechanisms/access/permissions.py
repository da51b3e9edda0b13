from enum import StrEnum


class Permission(StrEnum):
    """What may be done with accounts."""

    READ_ACCOUNTS = "access:account:read"
    CREATE_ACCOUNT = "access:account:create"
    CLOSE_ACCOUNT = "access:account:close"
    RESET_PASSWORD = "access:account:reset_password"
    OPEN_ACCOUNT = "access:account:open"
    READ_ROLES = "access:role:read"
