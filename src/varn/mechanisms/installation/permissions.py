from enum import StrEnum


class Permission(StrEnum):
    """What may be done with the settings of the installation."""

    READ_SETTINGS = "installation:setting:read"
    CHANGE_SETTINGS = "installation:setting:change"
