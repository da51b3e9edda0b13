"""What every page of the shell is given."""

from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.ui.installation import installation
from varn.mechanisms.ui.navigation import navigation
from varn.mechanisms.ui.themes import theme_of


def shell(request: OpenRequest) -> dict[str, Any]:
    """The installation, the look, and, for a reader who has signed in, the navigation and the number of notices.

    All of it is read only when a template asks for it, so that a fragment costs nothing.
    """
    viewer = getattr(request, "viewer", None)
    return {
        "installation": SimpleLazyObject(installation),
        "theme": theme_of(request),
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "viewer": viewer,
        "navigation": SimpleLazyObject(lambda: navigation(viewer, request.path) if viewer else []),
        "unread": SimpleLazyObject(lambda: import_string(settings.UNREAD_NOTICES)(viewer=viewer) if viewer else 0),
    }
