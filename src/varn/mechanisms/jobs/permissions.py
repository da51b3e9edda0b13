from enum import StrEnum


class Permission(StrEnum):
    """What may be done with jobs."""

    READ_RUNS = "jobs:run:read"
    START_RUN = "jobs:run:start"
