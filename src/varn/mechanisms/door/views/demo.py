"""In a demo: being somebody else with one click. Anywhere else these pages do not exist."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varn.mechanisms.access.doors import public
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.door import actions, queries
from varn.mechanisms.ui import fragments

SHOWN_IN_MENU = 12


@public
@require_safe
def demo_people(request: HttpRequest) -> HttpResponse:
    """The people one can be, with what each of them is."""
    if not settings.DEMO:
        raise Http404
    at = timezone.now()
    people = [viewer_of(account, at=at) for account in queries.people_to_be()]
    known = [person for person in people if person.function or person.general]
    context = {"people": known, "title": _("Be someone else"), "first": known[:SHOWN_IN_MENU]}
    return fragments.render(request, "door/demo_people.html", "door/_demo_people.html", context)


@public
@require_POST
def demo_be(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader is now this person."""
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(queries.people_to_be(), pk=pk)
    at = timezone.now()
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    actions.be(account=account, by=viewer_of(account, at=at), at=at)
    return redirect("/")
