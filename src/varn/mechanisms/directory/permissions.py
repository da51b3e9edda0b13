from enum import StrEnum


class Permission(StrEnum):
    """What may be done with the connection to the municipality's directory."""

    READ_DIRECTORY = "directory:connection:read"
    CREATE_TOKEN = "directory:token:create"
    REVOKE_TOKEN = "directory:token:revoke"
    NAME_GROUP = "directory:group:name"
    READ_GROUPS = "directory:group:read"
