"""What Värn is and is not, and how accessible it is. Open to everyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn import __version__
from varn.mechanisms.access.doors import public


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Version, licence, and what Värn is not."""
    return render(request, "ui/about.html", {"version": __version__, "title": _("About Värn")})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the law on digital public services asks for."""
    return render(request, "ui/accessibility.html", {"title": _("Accessibility statement")})
