"""Light, dark, or as the reader's own computer has it."""

from enum import StrEnum

from django.conf import settings

from varn.mechanisms.access.request import OpenRequest

COOKIE = f"{settings.COOKIE_PREFIX}varn_theme"


class Theme(StrEnum):
    """The choices of the switch."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


def theme_of(request: OpenRequest) -> Theme:
    """What the reader has chosen in this browser."""
    chosen = request.COOKIES.get(COOKIE, "")
    return Theme(chosen) if chosen in list(Theme) else Theme.AUTO
