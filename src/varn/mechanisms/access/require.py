"""Refusals: what may be seen but not done."""

from django.core.exceptions import PermissionDenied
from django.db import models

from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer


def require(permission: str, *, by: Viewer, on: models.Model | None = None) -> None:
    """Nothing happens if the reader holds the permission (on this row); otherwise `PermissionDenied` is raised."""
    allowed = by.may(permission) if on is None else may(by, permission, on)
    if not allowed:
        raise PermissionDenied(permission)


def require_everywhere(permission: str, *, by: Viewer) -> None:
    """Nothing happens if the reader holds the permission over the whole municipality; otherwise `PermissionDenied`."""
    if not by.may_everywhere(permission):
        raise PermissionDenied(permission)
