"""In a demo: being somebody else with one click. Anywhere else these pages do not exist."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varn.mechanisms.access.assurance import Assurance, set_for
from varn.mechanisms.access.doors import public
from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.access.viewer import Viewer, viewer_of
from varn.mechanisms.door import actions, queries
from varn.mechanisms.ui import fragments
from varn.mechanisms.ui.views.shell import safe_next
from varn.mechanisms.ui.words import functions, word

SHOWN_IN_MENU = 12


@public
@require_safe
def demo_people(request: OpenRequest) -> HttpResponse:
    """The people one can be, with what each of them is."""
    if not settings.DEMO:
        raise Http404
    groups = _by_function(timezone.now())
    first = [(function, people[0]) for function, people in groups.items()][:SHOWN_IN_MENU]
    context = {"groups": groups, "first": first, "title": _("Be someone else")}
    return fragments.render(request, "door/demo_people.html", "door/_demo_people.html", context)


@public
@require_POST
def demo_be(request: OpenRequest, pk: int) -> HttpResponse:
    """The reader is now this person, on the page they were asked to see as them, or on the first."""
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(queries.people_to_be(), pk=pk)
    at = timezone.now()
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    set_for(request.session, Assurance.PHISHING_RESISTANT, at=at, way="demo")
    actions.be(account=account, by=viewer_of(account, at=at), at=at)
    return redirect(safe_next(request))


def _by_function(at: datetime) -> dict[str, list[Viewer]]:
    """Everyone who is something, under what they are; the rarest functions first, so that no two look the same."""
    groups: dict[str, list[Viewer]] = {}
    for account in queries.people_to_be():
        person = viewer_of(account, at=at)
        function = functions(person.function) or (word("access:role.administrator") if person.general else "")
        if function:
            groups.setdefault(capfirst(function), []).append(person)
    return dict(sorted(groups.items(), key=lambda group: (len(group[1]), group[0])))
