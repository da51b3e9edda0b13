"""The language that a browser keeps."""

from django.conf import settings
from django.http import HttpResponseBase

from varn.mechanisms.ui.views.shell import A_YEAR


def remember_language(response: HttpResponseBase, language: str) -> None:
    """The browser asks for this language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SECURE
    )
