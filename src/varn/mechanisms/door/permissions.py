from enum import StrEnum


class Permission(StrEnum):
    """What may be done with the feedback on accessibility. The permissions of accounts are in `access`."""

    READ_FEEDBACK = "door:feedback:read"
    ANSWER_FEEDBACK = "door:feedback:answer"
