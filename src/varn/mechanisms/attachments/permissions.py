from enum import StrEnum


class Permission(StrEnum):
    """What may be done with files. They are read by whoever sees the thing they belong to."""

    ATTACH = "attachments:attachment:attach"
