"""Prova på fem minuter: who one can be in a demo, and what to try as each."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varn.mechanisms.access.doors import public
from varn.mechanisms.access.request import OpenRequest
from varn.overview.queries.trying import main_decision, people_to_try, tells_story


@public
@require_safe
def trying(request: OpenRequest) -> HttpResponse:
    """In a demo: the story in short, and one button for each person. Anywhere else there is no such page."""
    if not settings.DEMO:
        raise Http404
    base = "ui/page.html" if request.viewer else "ui/public.html"
    context = {"people": people_to_try(), "decision": main_decision(), "tells_story": tells_story(), "base": base}
    return render(request, "overview/try.html", context)
