from enum import StrEnum


class Permission(StrEnum):
    """The verb that stands in the trail. Whether a list may be taken out is the list's own permission."""

    TAKE_OUT = "exports:export:take_out"
