"""What every page of the shell is given."""

from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.installation.chosen import Installation, installation
from varn.mechanisms.installation.permissions import Permission
from varn.mechanisms.links import Link
from varn.mechanisms.ui.navigation import navigation
from varn.mechanisms.ui.themes import theme_of


def shell(request: OpenRequest) -> dict[str, Any]:
    """The installation, the look, and, for a reader who has signed in, the navigation and the number of notices.

    All of it is read only when a template asks for it, so that a fragment costs nothing.
    """
    viewer = getattr(request, "viewer", None)
    standing: Any = SimpleLazyObject(installation)
    return {
        "installation": standing,
        "theme": theme_of(request),
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "viewer": viewer,
        "navigation": SimpleLazyObject(lambda: navigation(viewer, request.path) if viewer else []),
        "way_back": SimpleLazyObject(lambda: _way_back(viewer, standing)),
        "session_seconds": SimpleLazyObject(lambda: import_string(settings.SESSION_SECONDS)(request)),
        "unread": SimpleLazyObject(lambda: import_string(settings.UNREAD_NOTICES)(viewer=viewer) if viewer else 0),
    }


def _way_back(viewer: Viewer | None, standing: Installation) -> Link | None:
    """Whoever sets up the installation can go back to the first run from every page, until it is ended."""
    if viewer is None or standing.is_ready or not viewer.may(Permission.CHANGE_SETTINGS):
        return None
    found: Link | None = import_string(settings.FIRST_RUN)()
    return found
