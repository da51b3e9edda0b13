"""Whom the directory is, when it does something: the token by its name, and nobody else."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.directory.models import Token


def viewer_of_token(token: Token, *, at: datetime) -> Viewer:
    """The reader that the directory is: it sees what it has said itself, and the trail shows the token's name."""
    return system_viewer(at=at, job=f"SCIM: {token.name}")


def require_directory(verb: str, *, by: Viewer) -> None:
    """Nothing happens if it is the directory that asks; otherwise `PermissionDenied` is raised."""
    if not by.is_system:
        raise PermissionDenied(verb)
