"""What Värn is and is not, and how accessible it is. Open to everyone."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn import __version__
from varn.mechanisms.access.doors import public
from varn.mechanisms.access.request import OpenRequest

# The accessibility statement's two days: when the pages were last tested as a whole, and when its words last changed.
JUDGED = date(2026, 11, 23)
UPDATED = date(2026, 11, 23)


@public
@require_safe
def about(request: OpenRequest) -> HttpResponse:
    """Version, licence, and what Värn is not."""
    return render(request, "ui/about.html", {"version": __version__, "title": _("About Värn")})


@public
@require_safe
def accessibility(request: OpenRequest) -> HttpResponse:
    """The accessibility statement that the law on digital public services asks for."""
    context = {"title": _("Accessibility statement"), "judged": JUDGED, "updated": UPDATED}
    return render(request, "ui/accessibility.html", context)
