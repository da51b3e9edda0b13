from enum import StrEnum


class Permission(StrEnum):
    """What may be done with accounts, and with who sees a record."""

    READ_ACCOUNTS = "access:account:read"
    CREATE_ACCOUNT = "access:account:create"
    CLOSE_ACCOUNT = "access:account:close"
    RESET_PASSWORD = "access:account:reset_password"
    OPEN_ACCOUNT = "access:account:open"
    RESET_FACTORS = "access:account:reset_factors"
    READ_ROLES = "access:role:read"

    SET_LEVEL = "access:marking:set"
    LOWER_LEVEL = "access:marking:lower"

    READ_COMPARTMENTS = "access:compartment:read"
    CREATE_COMPARTMENT = "access:compartment:create"
    CHANGE_COMPARTMENT = "access:compartment:change"
    PLACE = "access:compartment:place"
    GRANT_MEMBERSHIP = "access:membership:grant"
    END_MEMBERSHIP = "access:membership:end"

    READ_SUBJECTS = "access:subject:read"
    RECORD_SUBJECT = "access:subject:record"
    END_SUBJECT = "access:subject:end"

    SHARE = "access:share:give"
    TAKE_BACK_SHARE = "access:share:take_back"

    EXPLAIN = "access:explanation:read"
