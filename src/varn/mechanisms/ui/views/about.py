"""What Värn is and is not, and how accessible it is. Open to everyone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn import __version__
from varn.mechanisms.access.doors import public
from varn.mechanisms.access.request import OpenRequest


@public
@require_safe
def about(request: OpenRequest) -> HttpResponse:
    """Version, licence, and what Värn is not."""
    return render(request, "ui/about.html", {"version": __version__, "title": _("About Värn")})


@public
@require_safe
def accessibility(request: OpenRequest) -> HttpResponse:
    """The accessibility statement that the law on digital public services asks for."""
    return render(request, "ui/accessibility.html", {"title": _("Accessibility statement")})
